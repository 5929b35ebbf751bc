"""The case page: the one next step, tabs on demand, the way back, news, the journal as a story, what stays hidden."""

import re
from io import BytesIO

import pytest
from django.utils.timezone import localtime
from openpyxl import load_workbook

from cases import clock, hooks, steps, work
from cases.models import Case, CaseLink, JournalEntry
from teams.actor import SYSTEM
from tests import make
from tests.cases.signing_helpers import fast_case, put, terminal_case, transfer
from tests.journeys.officers import Officer

pytestmark = pytest.mark.django_db


def context_of(officer: Officer, path: str, **headers):
    answer = officer.client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.context


def primary(officer: Officer, case) -> str:
    found = context_of(officer, f"/cases/{case.pk}/")["primary"]
    return found["label"] if found else ""


def test_what_comes_next_is_what_the_most_pressing_duty_asks_for():
    case = fast_case("fast-03")
    clerk = Officer("fast-03", "clerk")
    assert primary(clerk, case) == "报请移交普执"
    transfer(case)
    assert primary(clerk, case) != "报请移交普执"
    assert "已报请，正在签批" in clerk.get(f"/cases/{case.pk}/")
    director = Officer("leadership", "bureau_director")
    assert primary(director, case) == "审批签字：移交普执"
    assert "变更分流" not in primary(Officer("fast-03", "judge"), fast_case("fast-03", measured=False))


def test_reception_is_led_to_its_six_ticks_and_others_to_nothing():
    with clock.at(localtime(clock.now()).replace(hour=23, minute=45)):  # too late for the day: other clocks end first
        late = make.case()
        assert primary(Officer("reception", "clerk"), late) == "接待"
    case = make.case()
    assert primary(Officer("reception", "clerk"), case) == "接待"
    page = Officer("leadership", "bureau_director").get(f"/cases/{case.pk}/")
    assert "逐项登记" not in page
    assert "催办" in page


def test_what_changes_hands_stands_under_more_with_its_reason():
    case = fast_case("fast-03")
    found = context_of(Officer("fast-03", "judge"), f"/cases/{case.pk}/")
    side = {row["name"]: row for group in found["more"] for row in group["links"] if "name" in row}
    assert {"retriage", "reassign"} <= set(side)
    assert "三日移交" in side["retriage"]["reasons"][0]["text"]
    assert not {"retriage", "reassign"} & {row["name"] for row in found["offers"]}


def test_a_tab_alone_is_a_part_of_the_page_and_asks_less(django_assert_max_num_queries):
    case, clerk = fast_case("fast-03"), Officer("fast-03", "clerk")
    path = f"/cases/{case.pk}/"
    whole = clerk.get(f"{path}?tab=items")
    assert "<h1" in whole
    clerk.get(path)
    with django_assert_max_num_queries(12):
        part = clerk.client.get(f"{path}?tab=items", headers={"HX-Request": "true", "HX-Target": "case-tab"})
    assert "<h1" not in part.content.decode()
    assert 'id="case-tab"' in part.content.decode()
    assert 'aria-current="page"' in clerk.get(f"{path}?tab=nonsense")


def test_the_tab_of_items_has_as_many_open_rows_as_it_counts_and_the_finished_below():
    case, clerk = fast_case("fast-03"), Officer("fast-03", "clerk")
    transfer(case)
    clue = work.open(case, "enforcement.clue", SYSTEM, subject="线索 1", title=f"核实线索　{case.number}")
    work.finish([clue], SYSTEM, note="已核实")
    found = context_of(clerk, f"/cases/{case.pk}/?tab=items")
    counted = next(tab["count"] for tab in found["tabs"] if tab["key"] == "items")
    assert len(found["running"]) == counted == case.items.filter(open=True).count()
    assert len(found["done"]) == case.items.filter(open=False).count() > 0
    assert not [row["title"] for row in (*found["running"], *found["done"]) if case.number in row["title"]]


def test_a_long_menu_stands_in_columns_and_a_short_one_does_not():
    case = fast_case("fast-03")
    assert context_of(Officer("fast-03", "judge"), f"/cases/{case.pk}/")["crowded"]
    assert not context_of(Officer("reception", "clerk"), f"/cases/{case.pk}/")["crowded"]


def test_what_cannot_be_asked_yet_says_what_to_do_and_where():
    case = fast_case("fast-03", measured=False)
    page = Officer("fast-03", "judge").get(f"/cases/{case.pk}/ask/transfer_to_regular/")
    assert "现在不能报请移交普执" in page
    assert f'<a href="/cases/{case.pk}/?tab=events">登记事件</a>' in page
    assert "现在不能报请" not in Officer("fast-03", "judge").get(f"/cases/{case.pk}/ask/ruling/")


def test_nobody_is_recused_by_a_default():
    case = fast_case("fast-03")
    director = Officer("leadership", "bureau_director")
    page = director.get(f"/cases/{case.pk}/grants/")
    assert 'value="" selected' in page
    assert "快执三团队" in page
    director.post(f"/cases/{case.pk}/grants/", 422, person="", permission="recused_from_case", reason="亲属")


def test_the_most_pressing_duties_are_told_at_once_and_the_others_folded():
    case = make.case()
    clerk = Officer("reception", "clerk")
    for n in range(4):
        work.open(case, "enforcement.clue", SYSTEM, subject=f"线索 {n}")
    page = clerk.get(f"/cases/{case.pk}/")
    assert f"其余 {case.items.filter(open=True).count() - 4} 项" in page
    case.items.filter(open=True, rule="enforcement.clue").delete()
    assert "其余" not in clerk.get(f"/cases/{case.pk}/")


def test_a_void_case_has_no_steps_to_come():
    case = make.case()
    steps.take_step(case, "void", SYSTEM, reason="重复导入")
    found = context_of(Officer("leadership", "bureau_director"), f"/cases/{case.pk}/")
    assert [(step["label"], step["state"]) for step in found["way"]["steps"]] == [
        ("立案", "ok"), ("初次接待", "ok"), ("已撤销登记", "ok"),
    ]  # fmt: skip


def test_a_rooms_tab_that_is_not_permitted_is_not_listed_and_refused(monkeypatch):
    panel = hooks.Panel("money", "案款", "audit", 1, lambda case, actor: {}, "cases/_tab_items.html")
    monkeypatch.setattr(hooks, "panels", [panel])
    case, clerk = fast_case("fast-03"), Officer("fast-03", "clerk")
    assert "?tab=money" not in clerk.get(f"/cases/{case.pk}/")
    clerk.get(f"/cases/{case.pk}/?tab=money", 403)


def test_the_questions_of_the_page_do_not_grow_with_the_case(django_assert_max_num_queries):
    case, clerk = fast_case("fast-03"), Officer("fast-03", "clerk")
    clerk.get(f"/cases/{case.pk}/")
    with django_assert_max_num_queries(31):
        clerk.get(f"/cases/{case.pk}/")
    for n in range(5):
        work.open(case, "enforcement.clue", SYSTEM, subject=f"线索 {n}")
        CaseLink.objects.create(case=case, kind="same_basis", other=fast_case("fast-05"))
    with django_assert_max_num_queries(31):
        clerk.get(f"/cases/{case.pk}/")


def test_the_way_back_leads_to_the_list_as_it_was_with_its_row():
    case, clerk = fast_case("fast-03"), Officer("fast-03", "clerk")
    path = f"/cases/{case.pk}/"
    assert context_of(clerk, path)["back"]["url"] == f"/cases/#case{case.pk}"
    clerk.client.get(path, headers={"Referer": "http://testserver/cases/?stage=fast&after=9~9"})
    clerk.client.get(path, headers={"Referer": f"http://testserver{path}?tab=items"})
    clerk.client.get(path, headers={"Referer": "http://elsewhere/cases/?stage=regular"})
    back = context_of(clerk, path)["back"]
    assert back == {"url": f"/cases/?stage=fast&after=9~9#case{case.pk}", "label": "返回案件列表"}
    clerk.client.get(path, headers={"Referer": "http://testserver/workbench/?tab=team"})
    assert context_of(clerk, path)["back"]["label"] == "返回工作台"


def test_news_are_what_colleagues_did_and_not_oneself():
    case, clerk, judge = fast_case("fast-03"), Officer("fast-03", "clerk"), Officer("fast-03", "judge")
    since = Case.objects.get(pk=case.pk).entries
    path = f"/cases/{case.pk}/news/?since={since}"
    assert clerk.client.get(path).status_code == 204
    clerk.post(f"/cases/{case.pk}/link/", kind="adjudication", number="（2026）豫0103执异5号")
    assert clerk.client.get(path).status_code == 204
    said = judge.client.get(path).json()["text"]
    assert clerk.actor.name in said
    assert "关联案件" in said
    Officer("fast-05", "clerk").get(path, 404)


def test_the_journal_is_a_story_by_kind_by_page_and_as_a_file():
    case, clerk = fast_case("fast-03"), Officer("fast-03", "clerk")
    for n in range(55):
        work.open(case, "enforcement.clue", SYSTEM, subject=f"线索 {n}")
    path = f"/cases/{case.pk}/?tab=journal"
    first = context_of(clerk, path)
    assert len(first["entries"]) == 50
    rest = context_of(clerk, first["earlier"])
    ids = [row["id"] for row in (*first["entries"], *rest["entries"])]
    assert ids == list(JournalEntry.objects.filter(case=case).order_by("-id").values_list("pk", flat=True))
    events = context_of(clerk, f"{path}&what=event")["entries"]
    assert events
    assert all(row["text"].startswith("登记「") for row in events)
    assert any(row["key"] for row in events)
    book = load_workbook(BytesIO(clerk.client.get(f"/cases/{case.pk}/journal/export/?what=event").content))
    assert book.sheetnames == ["流转记录", "说明"]
    assert [cell.value for cell in book["流转记录"][1]] == ["发生", "录入", "种类", "记录", "说明", "办理"]
    assert JournalEntry.objects.filter(key="export", by_id=clerk.actor.user_id).exists()


def test_the_stepper_tells_the_way_the_turns_and_where_it_ends():
    case = fast_case("fast-03")
    labels = [step["label"] for step in context_of(Officer("fast-03", "judge"), f"/cases/{case.pk}/")["way"]["steps"]]
    assert labels[:1] + labels[-3:] == ["立案", "报结审查", "结案", "归档"]
    assert len(labels) <= 9
    ended = terminal_case()
    steps = context_of(Officer("quality", "clerk"), f"/cases/{ended.pk}/")["way"]["steps"]
    assert [s["label"] for s in steps if s["state"] == "now"] == ["终本管理"]
    stopped = put(make.case(), "suspended", "fast-03", suspended_from="fast")
    steps = context_of(Officer("quality", "clerk"), f"/cases/{stopped.pk}/")["way"]["steps"]
    assert [s["label"] for s in steps if s["state"] == "now"] == ["中止"]


def test_of_the_same_debtor_one_sees_where_it_is_and_follows_only_what_may_be_viewed():
    case, other = fast_case("fast-03"), fast_case("fast-05")
    hidden = fast_case("fast-05", confidential=True)
    page = Officer("fast-03", "clerk").get(f"/cases/{case.pk}/")
    assert other.number in page
    assert "快执五团队" in page
    assert f'href="/cases/{other.pk}/"' not in page
    assert hidden.number not in page
    assert f'href="/cases/{other.pk}/"' in Officer("quality", "clerk").get(f"/cases/{case.pk}/")


def test_a_case_unseen_and_a_case_that_is_not_read_the_same():
    case, clerk = fast_case("fast-03"), Officer("fast-05", "clerk")
    unseen, absent = clerk.get(f"/cases/{case.pk}/", 404), clerk.get("/cases/987654/", 404)
    texts = [
        re.sub(r"[0-9A-F]{8}", "", page.partition("<main")[2].partition("</main>")[0]) for page in (unseen, absent)
    ]
    assert texts[0] == texts[1]


def test_the_certificate_is_masked_until_asked_for_and_the_look_is_written_down():
    case, clerk = fast_case("fast-03"), Officer("fast-03", "clerk")
    party = case.parties.get(role="debtor")
    path = f"/cases/{case.pk}/?tab=parties"
    assert party.certificate_number not in clerk.get(path)
    page = clerk.post(f"/cases/{case.pk}/party/{party.pk}/reveal/", 200).content.decode()
    assert party.certificate_number in page
    assert "<h1" in page
    assert JournalEntry.objects.filter(key="reveal", by_id=clerk.actor.user_id).count() == 1
