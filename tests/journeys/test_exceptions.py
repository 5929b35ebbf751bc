"""People and cases apart: who is recused finds nothing anywhere; the heads name who may know of a confidential case."""

from datetime import timedelta

import pytest

from cases import clock
from cases.models import Approval, Case, CaseGrant, WorkItem
from teams.models import Notice
from tests import make
from tests.cases.signing_helpers import fast_case, fresh_roster, place, transfer

from .officers import PASSWORD, Officer, fresh, item

pytestmark = pytest.mark.django_db
PAGES = (
    "/workbench/", "/workbench/?tab=team", "/workbench/?tab=asked", "/workbench/?tab=done", "/workbench/?tab=copied",
    "/workbench/?tab=waiting", "/workbench/?tab=returned", "/queue/", "/cases/", "/deadlines/", "/deadlines/?scope=team",
    "/inbox/", "/sign/", "/sign/signed/", "/slips/", "/workbench/print/", "/live/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    fresh_roster()


def mentions(officer: Officer, case: Case) -> list[str]:
    """The pages, searches and files in which the officer meets the case."""
    tail, name = case.number[-8:-1], case.parties.get(role="debtor").name
    pages = [*PAGES, f"/search/?q={tail}", f"/search/?q={name}", f"/cases/?q={tail}", f"/workbench/?q={tail}"]
    found = [path for path in pages if any(word in said(officer, path, name) for word in (tail, name))]
    return found + [
        path for path in ("/cases/export/", "/workbench/export/", "/queue/export/") if tail in cells(officer, path)
    ]


def said(officer: Officer, path: str, name: str) -> str:
    """The page without what the officer typed himself."""
    answer = officer.client.get(path)
    text = answer.content.decode()
    if "q=" not in path:
        return text
    rows = text.partition("<main")[2]
    return rows.replace(f'value="{path.partition("q=")[2]}"', "").replace(f"「{path.partition('q=')[2]}」", "")


def cells(officer: Officer, path: str) -> str:
    from io import BytesIO

    from openpyxl import load_workbook

    answer = officer.client.get(path, {"purpose": "核对"})
    if answer.status_code != 200:
        return ""
    book = load_workbook(BytesIO(answer.content))
    return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_recused_officer_meets_the_case_nowhere_and_his_work_is_with_a_colleague():
    case, other = fast_case(), make.case()
    judge, director = Officer("fast-03", "judge"), Officer("leadership", "bureau_director")
    clue = {"anchor": "clue_received", "happened_on": "今天"}
    judge.post(f"/cases/{case.pk}/event/", **clue)
    WorkItem.objects.filter(case=case, open=True, team=case.team).update(person=judge.actor.user)
    director.post(f"/items/{item(case, 'enforcement.clue').pk}/nudge/", text="请今日办结")
    assert all(case.number[-8:-1] in judge.get(path) for path in ("/workbench/", "/queue/", "/cases/"))
    assert "请今日办结" in judge.get("/inbox/")
    director.post(
        f"/cases/{case.pk}/grants/", person=judge.actor.user_id, permission="recused_from_case", reason="近亲属"
    )
    assert mentions(judge, case) == []
    assert "请今日办结" not in judge.get("/inbox/")
    assert judge.client.get("/live/").json()["nudges"] == 0
    for path in (f"/cases/{case.pk}/", f"/items/{item(case, 'enforcement.clue').pk}/", f"/cases/{case.pk}/card/"):
        judge.get(path, 404)
    judge.post(f"/items/{item(case, 'enforcement.clue').pk}/take/", 404)
    assert not WorkItem.objects.filter(case=case, open=True, person=judge.actor.user).exists()
    assert fresh(case).handler_id not in (None, judge.actor.user_id)
    assert not Notice.objects.filter(person=judge.actor.user, url__contains=f"/cases/{case.pk}/").exists()
    assert other.number[-8:-1] in Officer("reception", "clerk").get("/cases/")


def test_a_sheet_that_waited_for_the_recused_director_goes_to_the_next_post_up():
    case = fast_case()
    approval = transfer(case)
    director, president = Officer("leadership", "bureau_director"), Officer("leadership", "court_president")
    assert place(approval).signer == director.actor.user
    president.post(
        f"/cases/{case.pk}/grants/", person=director.actor.user_id, permission="recused_from_case", reason="利害关系"
    )
    assert place(approval).signer == Officer("leadership", "vice_president").actor.user
    assert director.client.get("/live/").json()["sign"] == 0
    director.post(f"/approvals/{approval.pk}/sign/", 404, opinion="同意", password=PASSWORD)
    assert case.number[-8:-1] not in director.get("/sign/")


def test_the_director_names_people_on_a_confidential_case_by_its_number_without_seeing_it():
    case = fast_case(confidential=True)
    director, helper = Officer("leadership", "bureau_director"), Officer("fast-05", "clerk")
    director.get(f"/cases/{case.pk}/", 404)
    director.get(f"/cases/{case.pk}/grants/", 404)
    assert "/access/people/" in director.get("/workbench/")
    for stranger in (helper, Officer("quality", "clerk"), Officer("administration", "security_admin")):
        stranger.get("/access/people/", 403)
    given = {"number": case.number, "person": helper.actor.user_id, "permission": "view_case", "until": "+5"}
    director.post("/access/people/", 422, **{**given, "number": make.case().number}, reason="协助")
    director.post("/access/people/", 422, **given, reason="")
    director.post("/access/people/", **given, reason="协助查控")
    helper.get(f"/cases/{case.pk}/")
    Officer("fast-05", "judge").get(f"/cases/{case.pk}/", 404)
    director.get(f"/cases/{case.pk}/", 404)
    page = director.get("/access/people/")
    assert case.number in page
    assert case.parties.get(role="debtor").name not in page
    grant = CaseGrant.objects.get(content_object=case)
    Officer("leadership", "vice_president").post(f"/access/people/{grant.pk}/", 404)
    director.post(f"/access/people/{grant.pk}/")
    helper.get(f"/cases/{case.pk}/", 404)
    assert list(case.journal.filter(what="right").order_by("id").values_list("key", flat=True)) == ["grant", "revoke"]


def test_linked_cases_say_no_more_than_the_reader_may_know():
    case, secret = fast_case(), fast_case("fast-05", confidential=True)
    case.links.create(kind="same_basis", other=secret)
    page = Officer("fast-03", "clerk").get(f"/cases/{case.pk}/")
    assert "*案件" in page
    assert secret.number not in page


def test_a_panel_sees_the_case_until_it_closes_and_its_own_sheet_afterwards(at):
    from tests.cases.test_signing import TestPanel

    judges = TestPanel().judges()
    with at("2026-11-20 10:00"):
        case, approval = TestPanel().closing(panel=[judge.user_id for judge in judges])
        member = Officer("", user=judges[1].user)
        member.get(f"/cases/{case.pk}/")
        for judge in judges:
            Officer("", user=judge.user).post(f"/approvals/{approval.pk}/sign/", opinion="同意", password=PASSWORD)
        president = Officer("leadership", "court_president")
        president.post(f"/approvals/{approval.pk}/sign/", opinion="同意", password=PASSWORD)
        assert fresh(case).closed_on
        member.get(f"/cases/{case.pk}/", 404)
        assert approval.title in member.get(f"/approvals/{approval.pk}/")
        Officer("fast-08", "clerk").get(f"/approvals/{approval.pk}/", 404)


def test_a_grant_does_not_begin_in_the_past():
    case = fast_case()
    director = Officer("leadership", "bureau_director")
    answer = director.post(
        f"/cases/{case.pk}/grants/", 422, person=make.actor("fast-05", "clerk").user_id, permission="view_case",
        until=str(clock.today() - timedelta(days=1)), reason="协助",
    )  # fmt: skip
    assert "不能早于今日" in answer.content.decode()
    assert not Approval.objects.exists()
