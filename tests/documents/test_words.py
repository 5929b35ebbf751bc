"""The words of every paper: whole for every sort of party, and nothing missing that is not seen."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.template import TemplateSyntaxError

from cases import steps
from cases.models import Agent, CourtSetting, Party
from documents import contexts, hooks, names, samples, signs, words
from documents.blocks import Block
from documents.kinds import KIND
from documents.labels import LABELS
from documents.layout import BadWords, blocks_of
from tests import make

LONG = "中国濮阳龙都黄河生态农业科技开发与对外经济技术合作发展集团股份有限公司华龙分公司"
RARE = "䶮㛃𬭎𠮷"
COMPANY = {"type": "legal_person", "certificate": "credit_code", "certificate_number": "91410902456200748L"}
PERSON = {"certificate": "identity", "certificate_number": "410922197610249985"}
SORTS = {
    "a natural person": [steps.PartyData("debtor", "张三", address="濮阳市华龙区建设路1号", phone="13900080329", **PERSON)],
    "a company": [steps.PartyData("debtor", "濮阳市富康置业有限公司", representative="王强", address="濮阳市人民路2号", phone="0393-4412345", **COMPANY)],
    "several": [steps.PartyData("debtor", name, address="濮阳市", phone="13900080329", **PERSON) for name in ("张三", "李四", "王五", "赵六")],
    "forty characters": [steps.PartyData("debtor", LONG, address="濮阳市", phone="13900080329", **COMPANY)],
    "rare characters": [steps.PartyData("debtor", RARE, address="濮阳市", phone="13900080329", **PERSON)],
}  # fmt: skip


@pytest.fixture
def confirmed(db, settings):
    """The court has said its address, telephones and account."""
    settings.DEMO = False
    for key in ("address", "phone", "report_phone", "account_name", "account_number", "account_bank"):
        CourtSetting.objects.create(key=f"court_{key}", value=f"本院{key}")


def case_with(*debtors: steps.PartyData, **given):
    creditor = steps.PartyData("creditor", "吴春梅", certificate="identity", certificate_number="410105196206239967")
    return make.case(parties=[creditor, *debtors], **given)


def context_of(kind: str, case, role: str = "debtor") -> dict:
    party = case.parties.filter(role=role).order_by("position").first()
    return contexts.of(kind, case, party.subject)


def text_of(blocks: list[Block]) -> str:
    return "\n".join(block.text or "\n".join("　".join(row) for row in block.rows) for block in blocks)


def test_every_kind_has_words_and_all_words_have_a_kind():
    assert {path.stem for path in words.folder().glob("*.txt")} == set(KIND)


@pytest.mark.parametrize("kind", KIND)
def test_the_words_name_nothing_that_does_not_exist(kind):
    assert names.unknown(kind) == []


@pytest.mark.parametrize("kind", KIND)
def test_what_is_asked_hides_no_value_of_the_case_and_is_printed(kind):
    asked = words.asked(kind)
    assert not {each.name for each in asked} & set(names.ROOTS)
    assert all(each.label for each in asked)
    body = (words.folder() / f"{kind}.txt").read_text(encoding="utf-8").partition("---\n")[2]
    assert [each.name for each in asked if not re.search(rf"{{[{{%][^}}]*\b{each.name}\b", body)] == []


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.usefixtures("confirmed")
def test_every_kind_renders_whole(sort):
    case = case_with(*SORTS[sort])
    context = context_of("", case)
    name = context["party"].name
    for kind in KIND:
        found = words.render(kind, context | samples.answers(kind, context))
        assert found.missing == [], kind
        text = text_of(found.blocks)
        assert signs.OPEN not in text, kind
        if KIND[kind].about == "debtor" and KIND[kind].layout in ("writ", "letter"):
            assert name in text, kind


@pytest.mark.usefixtures("confirmed")
def test_only_what_is_marked_must_be_answered():
    case = case_with(*SORTS["a natural person"])
    for kind in KIND:
        context = context_of(kind, case)
        given = samples.answers(kind, context)
        optional = {each.name: "" for each in words.asked(kind) if not each.required}
        assert words.render(kind, context | given | optional).missing == [], kind


@pytest.mark.usefixtures("confirmed")
def test_each_answer_that_must_be_given_is_missed():
    case = case_with(*SORTS["a natural person"])
    for kind in KIND:
        context = context_of(kind, case)
        given = samples.answers(kind, context)
        for each in words.asked(kind):
            if each.required:
                missed = words.render(kind, context | given | {each.name: ""}).missing
                assert each.label in missed, (kind, each.name)


def test_what_the_court_has_not_confirmed_stops_its_papers(db, settings):
    settings.DEMO = False
    case = case_with(*SORTS["a natural person"])
    found = words.render("execution_notice", context_of("execution_notice", case))
    assert set(found.missing) == {"案款账户户名", "案款账号", "案款开户行", "联系电话", "法院地址"}
    assert "⟦法院地址⟧" in text_of(found.blocks)


def test_the_demonstration_says_that_it_is_not_confirmed(db, settings):
    settings.DEMO = True
    found = words.render("execution_notice", context_of("execution_notice", case_with(*SORTS["a company"])))
    assert found.missing == []
    assert "（待院里确认）" in text_of(found.blocks)


class TestMissing:
    def fill(self, body: str, **values):
        text, missing = words.fill(words.compile_words(body), values, {**LABELS, "money_due": "应付金额"})
        return text, missing

    @pytest.mark.parametrize("body", ["{{ money_due }}", "{{ money_due|money }}", "{% if a %}{{ money_due }}{% endif %}",
                                      "{% for x in xs %}{{ money_due }}{% endfor %}", "{% with y=money_due %}{{ money_due }}{% endwith %}",
                                      "{% firstof money_due other %}", "{% for x in money_due %}{{ x }}{% endfor %}"])  # fmt: skip
    @pytest.mark.parametrize("given", [{}, {"money_due": ""}, {"money_due": None}, {"money_due": "  "}])
    def test_it_is_shown_and_listed_once_wherever_it_would_print(self, body, given):
        text, missing = self.fill(body, a=1, xs=[1, 2], **given)
        assert "⟦应付金额⟧" in text
        assert missing == ["应付金额"]

    def test_a_nought_is_not_missing(self):
        assert self.fill("{{ money_due|money }}", money_due=Decimal(0)) == ("0.00元", [])

    def test_what_is_only_asked_for_by_if_may_be_missing(self):
        assert self.fill("甲{% if money_due %}{{ money_due }}{% endif %}") == ("甲", [])

    def test_a_default_answers_for_it(self):
        assert self.fill('{{ money_due|default:"无" }}') == ("无", [])

    @pytest.mark.parametrize(("body", "typed"), [("{{ money_due|money }}", "很多"), ("{{ money_due|day }}", "某天")])
    def test_what_cannot_be_read_as_amount_or_date_is_missing(self, body, typed):
        assert self.fill(body, money_due=typed) == ("⟦应付金额⟧", ["应付金额"])

    def test_a_field_of_somebody_in_a_loop_is_called_by_its_name(self):
        people = [{"name": "张三", "address": ""}]
        assert self.fill("{% for p in people %}{{ p.name }}{{ p.address }}{% endfor %}", people=people) == (
            "张三⟦住址⟧",
            ["住址"],
        )

    def test_a_mark_left_in_an_answer_counts(self):
        assert self.fill("{{ money_due }}", money_due="住⟦住址⟧")[1] == ["住址"]


class TestLanguage:
    @pytest.mark.parametrize("body", ["{% include 'x' %}", "{% load static %}", "{% now 'Y' %}", "{% debug %}", "{% url 'x' %}",
                                      "{{ a|safe }}", "{% extends 'x' %}", "{% if a %}"])  # fmt: skip
    def test_nothing_reaches_beyond_the_values(self, body):
        with pytest.raises(TemplateSyntaxError):
            words.compile_words(body)

    def test_a_typing_error_in_a_name_is_found_even_behind_an_if(self, monkeypatch):
        text = "? a A = {{ case.nunber }}\n---\n{% if party.adress %}{{ a }}{% endif %}{% for p in debtors %}{{ p.nam }}{% endfor %}"
        monkeypatch.setattr(words, "read", lambda kind: words.parse(text))
        assert names.unknown("x") == ["case.nunber", "party.adress", "p.nam"]

    @pytest.mark.parametrize("text", ["没有分隔行", "? 甲\n---\n乙", "? a A\n? a B\n---\n乙"])
    def test_words_that_cannot_be_read_are_refused(self, text):
        with pytest.raises(BadWords):
            words.parse(text)

    def test_a_changed_file_is_read_again(self, tmp_path, monkeypatch):
        import os

        monkeypatch.setattr(words, "folder", lambda: tmp_path)
        path = tmp_path / "x.txt"
        path.write_text("---\n甲", encoding="utf-8")
        assert words.render("x", {}).blocks == [Block("p", "甲")]
        path.write_text("---\n乙", encoding="utf-8")
        os.utime(path, ns=(1, 1))
        assert words.render("x", {}).blocks == [Block("p", "乙")]


class TestBlocks:
    def test_each_sign_at_the_start_of_a_line_has_its_block(self):
        text = "甲\n|乙\n=丙\n>丁\n#戊\n问：己\n答：庚\n\n---\n辛"
        assert [block.style for block in blocks_of(text)] == [
            "p", "flush", "center", "right", "heading", "qa", "qa", "break", "p",
        ]  # fmt: skip

    def test_a_table_has_its_widths_and_its_head(self):
        assert blocks_of("[table 2 3.5]\na | b\n1 |\n[/table]") == [
            Block("table", rows=(("a", "b"), ("1", "")), widths=(2.0, 3.5), head=True)
        ]
        assert not blocks_of("[table 1 nohead]\na\n[/table]")[0].head

    def test_a_table_of_nothing_but_its_head_is_not_drawn(self):
        assert blocks_of("[table 2 3]\na | b\n[/table]") == []

    @pytest.mark.parametrize("text", ["[table 1 1]\na\n[/table]", "[table 1]\na", "[/table]"])
    def test_a_table_that_does_not_close_or_fit_is_refused(self, text):
        with pytest.raises(BadWords):
            blocks_of(text)

    def test_what_people_type_is_never_read_as_signs_of_ours(self, tmp_path, monkeypatch):
        monkeypatch.setattr(words, "folder", lambda: tmp_path)
        (tmp_path / "x.txt").write_text(
            "?+ a A\n---\n{{ a }}\n[table 1 1 nohead]\n甲 | {{ a }}\n[/table]", encoding="utf-8"
        )
        found = words.render("x", {"a": "#一 | 二\n---\n=三\n[/table]\n问：四"}).blocks
        assert [(block.style, block.text) for block in found[:-1]] == [
            ("p", "#一 | 二"), ("p", "---"), ("p", "=三"), ("p", "[/table]"), ("qa", "问：四"),
        ]  # fmt: skip
        assert found[-1].rows == (("甲", "#一 | 二\n---\n=三\n[/table]\n问：四"),)

    def test_pasted_rows_are_cut_at_tabs_and_bars(self):
        from documents.language import rows

        assert rows("a\tb\n\nc｜d｜e\n f | ", 2) == [["a", "b"], ["c", "d"], ["f", "—"]]
        assert rows([("a", None)], 2) == [["a", "—"]]


@pytest.mark.django_db
class TestContext:
    def test_a_person_is_told_by_name_sex_birth_home_and_number(self):
        case = case_with(*SORTS["a natural person"])
        party = context_of("", case)["party"]
        assert party.line == "张三，女，1976年10月24日出生，住濮阳市华龙区建设路1号，公民身份号码410922197610249985"
        assert party.you == "你"

    def test_a_company_is_told_with_its_code_seat_representative_and_agent(self):
        case = case_with(*SORTS["a company"])
        debtor = case.parties.get(role="debtor")
        Agent.objects.create(party=debtor, name="李明", scope="general", firm="河南大华律师事务所")
        Agent.objects.create(party=debtor, name="旧人", scope="general", ended_on=date(2026, 1, 1))
        party = context_of("", case)["party"]
        assert party.lines == (
            "被执行人：濮阳市富康置业有限公司，统一社会信用代码91410902456200748L，住所地濮阳市人民路2号。",
            "法定代表人：王强。",
            "委托诉讼代理人：李明，河南大华律师事务所律师。",
        )
        assert party.you == "你单位"

    def test_a_person_without_a_number_is_not_identified(self):
        case = case_with(steps.PartyData("debtor", "张三"))
        found = words.render("matured_claim", context_of("matured_claim", case))
        assert "⟦张三的证件号码⟧" in context_of("", case)["party"].line
        assert "张三的证件号码" in words.render("detention", context_of("detention", case)).missing
        assert "张三的证件号码" not in found.missing

    def test_whoever_was_replaced_is_no_longer_named(self):
        case = case_with(*SORTS["several"])
        Party.objects.filter(case=case, name="李四").update(standing="replaced")
        assert context_of("", case)["debtor_names"] == "张三、王五、赵六"

    def test_more_than_three_are_counted(self):
        assert context_of("", case_with(*SORTS["several"]))["debtor_names"] == "张三、李四、王五等4人"

    @pytest.mark.usefixtures("confirmed")
    def test_before_triage_the_command_centre_answers_and_afterwards_the_handler(self):
        case = case_with(*SORTS["a natural person"])
        assert context_of("", case)["contact"] == ("执行指挥中心", "本院phone")
        handler = make.actor("fast-03", "judge")
        type(case).objects.filter(pk=case.pk).update(stage="fast", team=handler.team_id, handler=handler.user_id)
        fresh = type(case).objects.get(pk=case.pk)
        contact = context_of("", fresh)["contact"]
        assert contact.name == handler.name
        assert contact.phone

    def test_the_basis_is_named_as_the_filing_list_gives_it(self):
        case = case_with(
            *SORTS["a natural person"],
            bases=[steps.BasisData("（2026）豫0902民初1号", "濮阳市华龙区人民法院"), steps.BasisData("（2026）濮仲裁字第2号裁决书", "濮阳仲裁委员会")],
        )  # fmt: skip
        assert context_of("", case)["basis_line"] == (
            "濮阳市华龙区人民法院作出的（2026）豫0902民初1号生效法律文书、濮阳仲裁委员会作出的（2026）濮仲裁字第2号裁决书"
        )

    def test_the_number_of_queries_does_not_grow_with_the_parties(self, django_assert_num_queries):
        few, many = case_with(*SORTS["a natural person"]), case_with(*SORTS["several"])
        contexts.of("", few)  # the roster is built once a day
        for case in (few, many):
            with django_assert_num_queries(5):
                contexts.of("", case)

    def test_a_room_proposes_and_the_drafter_has_the_last_word(self, monkeypatch):
        from collections import defaultdict

        monkeypatch.setattr(hooks, "_contexts", defaultdict(list))

        @hooks.context("fine")
        def amount(case, subject):
            return {"amount": Decimal("5000")}

        case = case_with(*SORTS["a natural person"])
        context = context_of("fine", case)
        assert words.proposals("fine", context)["amount"] == "5000"
        assert "罚款5,000.00元" in text_of(words.render("fine", context).blocks)
        assert "罚款6,000.00元" in text_of(words.render("fine", context | {"amount": "6000"}).blocks)
        assert hooks.kinds_with_context() == {"fine"}


def test_what_rooms_hook_into_are_kinds_of_table_five():
    assert hooks.kinds_with_context() <= set(KIND)
