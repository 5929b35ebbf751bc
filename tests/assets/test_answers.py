"""Answers of the query system: matched by certificate and case number, twice the same changes nothing, a broken file neither."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings

from assets import queries
from assets.models import AnswerImport, Asset, Query
from cases import clock, exceptions
from cases.models import Case, JournalEntry, Tick
from cases.refusals import Refused
from documents.exchange import receiving, sending
from documents.models import Aside, Outgoing
from ops.peer.answering import Peer
from teams.models import Notice
from tests import make
from tests.assets.helpers import answer, browser, counter, identity, put, row, sent, work_off

pytestmark = pytest.mark.django_db


def test_answers_become_assets_with_source_and_date(clerk):
    case = counter("甲", amount="10000")
    batch = sent(clerk, case)
    answer(batch, [row(case), row(case, kind="vehicle", key="豫J12345", title="小型轿车 豫J12345", amount=None)])
    found = {asset.kind: asset for asset in Asset.objects.filter(case=case)}
    assert found["deposit"].amount == Decimal("5000.00")
    assert (found["vehicle"].source, found["vehicle"].query) == ("network", batch.queries.get())
    assert batch.queries.get().state == "answered"
    case.refresh_from_db()
    rules = set(case.items.filter(open=True).values_list("rule", flat=True))
    assert {"reception.network_freeze", "asset.control"} <= rules
    assert JournalEntry.objects.filter(case=case, what="event", key="network_answered").count() == 1


def test_a_row_needs_certificate_and_case_number_both(clerk):
    first, second = counter("甲"), counter("乙")
    batch = sent(clerk, first, second)
    stranger = {"certificate_number": identity(), "name": "丁"}
    answer(batch, [row(first), row(first, case=second.number), row(first, **stranger)])
    imported = AnswerImport.objects.get()
    assert (imported.matched, imported.unmatched) == (1, 2)
    assert [problem.row for problem in imported.problems.order_by("row")] == [2, 3]
    assert not Asset.objects.filter(case=second).exists()


def test_a_number_in_other_brackets_and_a_small_x_are_the_same(clerk):
    case = counter("甲")
    party = case.parties.get(role="debtor")
    batch = sent(clerk, case)
    loose = case.number.replace("（", "(").replace("）", ") ")
    answer(batch, [row(case, case=loose, certificate_number=f" {party.certificate_number.lower()} ")])
    assert Asset.objects.filter(case=case).count() == 1


def test_contradictions_are_shown_and_change_nothing(clerk):
    case = counter("甲", "乙")
    one, two = case.parties.filter(role="debtor").order_by("position")
    batch = sent(clerk, case)
    rows = [
        row(case, one),
        row(case, one, amount="9.00"),
        row(case, two, name="另一人"),
        row(case, two, key="x", title="账户 x"),
    ]
    nothing = [{"case": case.number, "certificate_number": two.certificate_number}]
    answer(batch, rows, nothing=nothing)
    problems = {problem.row: problem.reason for problem in AnswerImport.objects.get().problems.all()}
    assert set(problems) == {1, 2, 3, 4}
    assert "第 1 行" in problems[2]
    assert "姓名不符" in problems[3]
    assert "查无" in problems[4]
    assert not Asset.objects.exists()


def test_the_same_answer_once_more_changes_nothing(clerk):
    case = counter("甲")
    first = sent(clerk, case)
    told = row(case)
    answer(first, [told])
    before = list(Asset.objects.values())
    queries.order(case.parties.get(role="debtor"), clerk)
    again = sent(clerk, case)
    answer(again, [told], name="R2")
    assert list(Asset.objects.values()) == before
    assert AnswerImport.objects.latest("pk").unchanged == 1
    outgoing = Outgoing.objects.get(key=f"query:{again.pk}")
    put(outgoing, "query.receipt", {"status": "answered", "at": clock.now().isoformat(), "rows": []}, "R3")
    receiving.read_all()
    work_off()
    assert list(Asset.objects.values()) == before, "a correction that names nobody changes nobody"
    assert again.queries.get().state == "answered"


def test_an_older_answer_does_not_overwrite_a_newer_one(clerk):
    case = counter("甲")
    batch = sent(clerk, case)
    answer(batch, [row(case)])
    queries.order(case.parties.get(role="debtor"), clerk)
    old = (clock.now() - timedelta(days=1)).isoformat()
    answer(sent(clerk, case), [row(case, amount="1.00", as_of=old)], name="R2")
    assert Asset.objects.get().amount == Decimal("5000.00")
    assert "不比它新" in AnswerImport.objects.latest("pk").problems.get().reason


def test_a_newer_answer_replaces_and_keeps_the_old_in_its_history(clerk):
    case = counter("甲")
    answer(sent(clerk, case), [row(case)])
    queries.order(case.parties.get(role="debtor"), clerk)
    answer(sent(clerk, case), [row(case, amount="1.00", as_of=clock.now().isoformat())], name="R2")
    asset = Asset.objects.get()
    assert asset.amount == Decimal("1.00")
    assert [event.amount for event in asset.events.order_by("pgh_id")] == [Decimal("5000.00"), Decimal("1.00")]


def test_nothing_found_not_asked_and_left_out(clerk):
    case = counter("甲", "乙", "丙")
    one, two, _three = case.parties.filter(role="debtor").order_by("position")
    batch = sent(clerk, case)
    who = {"case": case.number}
    failed = [{**who, "certificate_number": two.certificate_number, "reason": "证件号码不存在"}]
    answer(batch, [], nothing=[{**who, "certificate_number": one.certificate_number}], failed=failed)
    states = [(query.state, query.note) for query in batch.queries.order_by("pk")]
    assert states == [("nothing", ""), ("failed", "证件号码不存在"), ("failed", "反馈中没有此人")]


def tick(case) -> tuple[str, str]:
    row = Tick.objects.get(item__case=case, rule=queries.TICK)
    return row.state, row.reason


def test_who_could_not_be_asked_about_comes_back_by_one_key_and_until_then_the_part_is_not_green(clerk):
    case, whole = counter("甲", "乙"), counter("丙")
    batch = sent(clerk, case, whole)
    one, two = case.parties.filter(role="debtor").order_by("position")
    assert tick(case) == tick(whole) == ("done", "")
    failed = [{"case": case.number, "certificate_number": two.certificate_number, "reason": "证件号码不存在"}]
    answer(batch, [row(case, one), row(whole)], failed=failed)
    assert tick(case) == ("excused", "未能查询乙：证件号码不存在，重新查询后改为已办")
    assert tick(whole) == ("done", "")
    assert Notice.objects.get(person_id=clerk.user_id, text__startswith="网络查询反馈").text.endswith(
        "未能查询 1 人，已列入下一批"
    )
    said = {each.case.pk: each.case.journal.filter(key="network_answered").exists() for each in batch.queries.all()}
    assert said == {case.pk: False, whole.pk: True}
    (waits,) = queries.wanted(clerk)
    assert waits.party == two
    client = browser(clerk)
    assert "上次未能查询：证件号码不存在" in client.get("/assets/").content.decode()
    assert "重新查询 1 人" in client.get(f"/assets/queries/{batch.pk}/").content.decode()
    stranger = browser(make.actor("fast-03", "clerk"))
    assert stranger.post(f"/assets/queries/{batch.pk}/again/").status_code == 403
    assert client.post(f"/assets/queries/{batch.pk}/again/").status_code == 302
    work_off()
    assert tick(case) == ("done", "")
    assert client.post(f"/assets/queries/{batch.pk}/again/").status_code == 422
    again = Query.objects.get(party=two, state="sent")
    answer(again.batch, [row(case, two)], name="R2")
    assert case.journal.filter(key="network_answered").count() == 1
    assert queries.wanted(clerk) == []


def test_a_correction_of_the_same_package_is_taken_over_and_touches_nobody_else(clerk):
    case = counter("甲", "乙", "丙")
    one, two, three = case.parties.filter(role="debtor").order_by("position")
    batch = sent(clerk, case)
    who = {"case": case.number, "certificate_number": three.certificate_number}
    answer(batch, [row(case, one), row(case, two, name="错名")], nothing=[who])
    assert "可就同一批再反馈一次" in browser(clerk).get(f"/assets/queries/{batch.pk}/").content.decode()
    before = Asset.objects.get()
    answer(batch, [row(case, two)], name="R2")
    assert Asset.objects.count() == 2
    assert [(q.state, q.note) for q in batch.queries.order_by("pk")] == [
        ("answered", ""),
        ("answered", ""),
        ("nothing", ""),
    ]
    assert Asset.objects.get(pk=before.pk).amount == before.amount
    assert AnswerImport.objects.order_by("pk").last().contradictory == 0
    answer(batch, [], name="R3", nothing=[{**who, "certificate_number": one.certificate_number}])
    assert batch.queries.get(party=one).state == "answered", "what was found is not unsaid"


@pytest.mark.parametrize(
    "spoilt",
    [
        {"amount": "五千"}, {"amount": 5000}, {"kind": "gold"}, {"as_of": "昨天"}, {"key": ""}, {"certificate_number": None},
        {"facts": {"a": 1}}, {"title": "长" * 201},
    ],
)  # fmt: skip
def test_a_broken_file_leaves_nothing(clerk, spoilt):
    case = counter("甲")
    batch = sent(clerk, case)
    answer(batch, [row(case), row(case, **{"key": "2", **spoilt})])
    assert not Asset.objects.exists()
    assert not AnswerImport.objects.exists()
    assert Aside.objects.count() == 1
    assert batch.queries.get().state == "sent", "the right answer may still come"
    answer(batch, [row(case)], name="R2")
    assert Asset.objects.count() == 1


def test_a_fault_in_the_middle_of_the_import_leaves_nothing(clerk, monkeypatch):
    from assets import answering

    case = counter("甲")
    batch = sent(clerk, case)
    monkeypatch.setattr(answering, "consequences", lambda *_: 1 / 0)
    with pytest.raises(AssertionError):
        answer(batch, [row(case)])
    assert not Asset.objects.exists()
    assert AnswerImport.objects.get().state == "waiting"
    monkeypatch.undo()
    work_off()
    assert Asset.objects.count() == 1


def test_the_query_system_refuses_the_whole_batch(clerk):
    case = counter("甲")
    batch = sent(clerk, case)
    outgoing = Outgoing.objects.get()
    put(outgoing, "query.receipt", {"status": "failed", "at": clock.now().isoformat(), "reason": "系统维护"})
    receiving.read_all()
    work_off()
    assert (batch.queries.get().state, batch.queries.get().note) == ("failed", "系统维护")
    (row,) = queries.wanted(clerk)
    assert (row.party.case_id, row.ordered.note) == (case.pk, "系统维护")


@pytest.mark.parametrize("rows_each", [12, pytest.param(100, marks=pytest.mark.long)])
def test_many_rows_are_stored_by_few_statements(clerk, rows_each):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cases = [counter(f"人{n}") for n in range(50)]
    batch = sent(clerk, *cases)
    rows = [row(case, key=f"{n}", title=f"账户 {n}", amount=f"{n}.00") for case in cases for n in range(rows_each)]
    with CaptureQueriesContext(connection) as asked:
        answer(batch, rows)
    assert Asset.objects.count() == 50 * rows_each
    assert AnswerImport.objects.get().matched == 50 * rows_each
    assert len(asked) < 150


def test_nothing_that_disposes_leaves_without_paper(clerk):
    for kind in ("freeze", "seal", "delivery"):
        with pytest.raises(Refused, match="须附签批完毕的文书"):
            sending.ask(kind, "x:1", {}, clerk)


def test_the_round_trip_with_the_reference_peer(clerk):
    cases = [counter(f"人{n}") for n in range(12)]
    sent(clerk, *cases)
    assert Peer(settings.EXCHANGE_DIR).answer_all() == 1
    assert receiving.read_all() == 1
    work_off()
    states = set(Query.objects.values_list("state", flat=True))
    assert states == {"answered", "nothing"}
    assert Asset.objects.filter(kind="deposit").exists()
    assert AnswerImport.objects.get().contradictory == 0


def test_the_rows_of_a_hidden_case_that_fitted_nobody_are_masked_for_who_is_not_named_on_it(clerk):
    open_, hidden = counter("甲"), counter("乙")
    batch = sent(clerk, open_, hidden)
    stranger, own = identity(), hidden.parties.get(role="debtor")
    rows = [
        row(hidden, certificate_number=stranger, name="某丁"),
        row(hidden, name="某戊"),
        row(open_, case="（2026）豫0902执999999号", certificate_number=own.certificate_number, name="某己"),
        row(open_, name="某庚"),
    ]
    answer(batch, rows)
    Case.objects.filter(pk=hidden.pk).update(confidential=True, handler=None, clerk=None)
    hidden.items.update(person=make.director().user)
    page = browser(clerk).get(f"/assets/queries/{batch.pk}/").content.decode()
    for word in (hidden.number, "某丁", "某戊", "某己", "本案为乙"):
        assert word not in page
    assert "某庚" in page
    exceptions.grant(hidden, clerk.user_id, "view_case", None, "办理本案", make.director())
    page = browser(clerk).get(f"/assets/queries/{batch.pk}/").content.decode()
    assert all(word in page for word in (hidden.number, "某丁", "某戊", "某己"))
