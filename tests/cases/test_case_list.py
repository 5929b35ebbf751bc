"""The case list: filters as people type them, views kept under a name, notes seen by who may."""

from decimal import Decimal

import pytest

from cases.models import CaseNote, SavedView, WorkItem
from tests import make
from tests.cases.signing_helpers import fast_case, fresh_roster
from tests.journeys.officers import Officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh():
    fresh_roster()


def listed(officer: Officer, **given) -> set[str]:
    return {row["full_number"] for row in officer.client.get("/cases/", given).context["rows"]}


def test_filters_read_dates_and_amounts_the_short_way_and_name_what_they_cannot_read(at):
    with at("2026-11-24 09:00"):
        small = make.case(amount=Decimal("9000"))
        large = make.case(amount=Decimal("250000"))
    officer = Officer("reception", "clerk")
    assert listed(officer, least="10万") == {large.number}
    assert listed(officer, most="9,000") == {small.number}
    assert listed(officer, **{"from": "2026-11-24", "to": "20261124"}) == {small.number, large.number}
    assert listed(officer, **{"from": "2026-11-25"}) == set()
    page = officer.get("/cases/?least=很多&from=99-99")
    assert "有 2 项筛选没有采用" in page
    assert "「很多」不是金额" in page


def test_the_light_and_the_marks_filter():
    plain, marked = make.case(), make.case(livelihood=True)
    WorkItem.objects.filter(case=marked).update(due_at="2020-01-01T00:00Z")
    officer = Officer("reception", "clerk")
    assert listed(officer, light="overdue") == {marked.number}
    assert listed(officer, flag="livelihood") == {marked.number}
    assert listed(officer, flag="state_secret") == {plain.number, marked.number}  # no such filter


def test_a_view_is_kept_shared_with_the_team_and_deleted_by_its_owner_alone():
    mine, colleague = Officer("reception", "clerk"), Officer("reception", "regular_officer")
    stranger = Officer("fast-03", "clerk")
    mine.post("/cases/views/", 422, name="", query="stage=fast")
    mine.post("/cases/views/", name="快执", query="stage=fast", team="1")
    (view,) = SavedView.objects.all()
    assert "快执（团队）" in colleague.get("/cases/")
    assert "快执（团队）" not in stranger.get("/cases/")
    colleague.post(f"/cases/views/{view.pk}/delete/", 404)
    mine.post(f"/cases/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()


def test_a_view_of_the_same_name_is_replaced_only_when_asked_and_a_colleagues_never():
    mine, colleague = Officer("reception", "clerk"), Officer("reception", "regular_officer")
    mine.post("/cases/views/", name="快执", query="stage=fast", team="1")
    mine.post("/cases/views/", name="快执", query="stage=fast", team="1")  # the same once more is no conflict
    assert "条件不同" in mine.post("/cases/views/", 422, name="快执", query="stage=regular").content.decode()
    assert SavedView.objects.get().query == "stage=fast"
    assert "共用的「快执」" in colleague.post("/cases/views/", 422, name="快执", query="x=1", team="1").content.decode()
    colleague.post("/cases/views/", name="快执", query="x=1")
    mine.post("/cases/views/", name="快执", query="stage=regular", replace="1")
    assert set(SavedView.objects.values_list("query", "team")) == {("stage=regular", None), ("x=1", None)}


def test_a_private_note_is_seen_by_its_writer_alone():
    case = fast_case("fast-03")
    clerk, judge = Officer("fast-03", "clerk"), Officer("fast-03", "judge")
    clerk.post(f"/cases/{case.pk}/note/", text="当事人只接晚上电话")
    clerk.post(f"/cases/{case.pk}/note/", text="下周提醒我", private="1")
    clerk.post(f"/cases/{case.pk}/note/", 422, text=" ")
    Officer("fast-05", "clerk").post(f"/cases/{case.pk}/note/", 404, text="x")
    page = judge.get(f"/cases/{case.pk}/")
    assert "只接晚上电话" in page
    assert "下周提醒我" not in page
    assert "下周提醒我" in clerk.get(f"/cases/{case.pk}/")
    note = CaseNote.objects.get(shared=True)
    judge.post(f"/cases/{case.pk}/note/{note.pk}/delete/", 404)
    clerk.post(f"/cases/{case.pk}/note/{note.pk}/delete/")
    assert not CaseNote.objects.filter(shared=True).exists()


def test_the_list_and_the_workbench_ask_a_constant_number_of_questions(django_assert_max_num_queries):
    officer = Officer("reception", "clerk")
    for path in ("/cases/", "/workbench/", "/queue/"):
        officer.get(path)
        make.cases(3)
        with django_assert_max_num_queries(18):
            officer.get(path)
        make.cases(60)
        with django_assert_max_num_queries(18):
            officer.get(path)


def test_a_colleague_sees_the_duty_on_a_confidential_case_but_nothing_of_the_case():
    case = fast_case("fast-03", confidential=True)
    case.items.filter(open=True).update(
        team_id=case.team_id, person_id=case.handler_id, show_at=None, due_on="2026-11-30", due_at="2026-11-30T16:00Z"
    )
    name = case.parties.get(role="debtor").name
    colleague, holder = Officer("fast-03", "clerk"), Officer("", user=case.handler)
    assert case.handler_id != colleague.actor.user_id
    pages = ("/workbench/?tab=team", "/queue/", "/deadlines/?scope=team&month=2026-11&day=2026-11-30")
    for path in pages:
        page = colleague.get(path)
        assert "*案件" in page, path
        assert name not in page, path
        assert case.number not in page, path
        assert case.number in holder.get(path), path
    book = colleague.client.get("/queue/export/").content
    from io import BytesIO

    from openpyxl import load_workbook

    words = {str(value) for sheet in load_workbook(BytesIO(book)) for row in sheet.values for value in row}
    assert "*案件" in words
    assert case.number not in words


def test_absurd_months_are_this_month():
    officer = Officer("reception", "clerk")
    for month in ("9999-12", "0001-01", "1-1", "2026-13"):
        officer.get(f"/deadlines/?month={month}")
