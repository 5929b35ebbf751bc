"""A team's own chores, without a case (flow §1): opened, worked, seen by whom; the wrong people refused."""

import pytest

from cases import clock
from cases.models import Material, WorkItem
from tests import make
from tests.cases.signing_helpers import fresh_roster

from .officers import Officer, pdf, team

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    fresh_roster()


def new(officer: Officer, status: int = 302, **data):
    given = {"kind": "team.chore", "title": "月末卷宗盘点", "person": officer.actor.user_id, **data}
    return officer.post("/items/new/", status, **given)


def latest() -> WorkItem:
    return WorkItem.objects.latest("id")


def test_a_dated_chore_is_opened_worked_and_finished_with_a_paper():
    clerk, colleague = Officer("quality", "clerk"), make.actor("quality", "clerk", nth=1)
    chore = {"title": "核查超期未结", "number": "市中院2026-118"}
    assert "不能早于今日" in new(clerk, 422, **chore, due_on="2020-01-06").content.decode()
    new(clerk, **chore, due_on="+5", person=colleague.user_id)
    item = latest()
    assert (item.case, item.person, item.title) == (None, colleague.user, "市中院2026-118 核查超期未结")
    assert (item.due_on - clock.today()).days == 5
    reader = Officer("", user=colleague.user)
    assert item.title in reader.get("/workbench/")
    assert "交办" in reader.get("/inbox/")
    reader.post(f"/items/{item.pk}/wait/", until="+2", reason="等承办团队答复")
    clerk.post(f"/items/{item.pk}/take/")
    clerk.post(f"/items/{item.pk}/finish/", note="已回复", happened_on="今天", paper=pdf("回复.pdf"))
    paper = Material.objects.get(item=item)
    assert clerk.client.get(f"/materials/{paper.pk}/").status_code == 200
    Officer("fast-03", "clerk").get(f"/materials/{paper.pk}/", 404)
    assert not WorkItem.objects.get(pk=item.pk).open


def test_each_team_opens_its_own_kinds_for_its_own_people():
    commissar = Officer("petitions", "bureau_commissar")
    new(commissar, kind="team.party_work", title="支部学习", due_on="+3")
    assert latest().title == "支部学习"
    fast = Officer("fast-03", "clerk")
    new(fast, 422, kind="team.party_work")
    new(fast, 422, person=commissar.actor.user_id)
    new(fast)
    new(fast)  # two alike are two
    assert WorkItem.objects.filter(rule="team.chore", team__code="fast-03", open=True).count() == 2


def test_a_chore_is_its_teams_alone_and_who_oversees_may_look_and_urge():
    fast, director = Officer("fast-03", "clerk"), Officer("leadership", "bureau_director")
    new(fast)
    item = latest()
    page = f"/items/{item.pk}/"
    assert item.title in Officer("fast-03", "judge").get("/queue/")
    assert item.title in director.get(f"/queue/{item.team_id}/")
    director.get(page)
    director.post(f"{page}nudge/", text="请抓紧")
    director.post(f"{page}finish/", 403, note="x", happened_on="今天")
    for stranger in (
        Officer("fast-05", "clerk"),
        Officer("administration", "audit_admin"),
        Officer("archives", "contractor"),
    ):
        stranger.get(page, 404)
        stranger.post(f"{page}take/", 404)
    Officer("archives", "contractor").get("/items/new/", 403)
    fast.post(f"{page}hand/", team=team("quality"), reason="归口质效")
    fast.get(page, 404)
    Officer("quality", "clerk").get(page)


def test_an_answer_to_a_supervision_is_accepted_by_who_ordered_it():
    from tests.cases.signing_helpers import fast_case

    case, director = fast_case(measured=False), Officer("leadership", "bureau_director")
    director.post(f"/cases/{case.pk}/supervise/", text="请报告进展")
    reply = WorkItem.objects.get(case=case, rule="supervision.reply")
    Officer("fast-03", "judge").post(f"/items/{reply.pk}/finish/", note="已查封房产", happened_on="今天")
    check = WorkItem.objects.get(case=case, rule="supervision.verify")
    assert check.person == director.actor.user
    Officer("fast-03", "judge").post(f"/items/{check.pk}/verify/", 403, verdict="accept")
    director.post(f"/items/{check.pk}/finish/", 422, note="认可", happened_on="今天")
    director.post(f"/items/{check.pk}/verify/", 422, verdict="again", text="")
    director.post(f"/items/{check.pk}/verify/", verdict="again", text="写明查封期限", reply_on="+2")
    again = WorkItem.objects.get(case=case, rule="supervision.reply", open=True)
    assert (again.title, again.person_id) == ("督办：再办：写明查封期限", reply.person_id)
    assert "不认可" in WorkItem.objects.get(pk=check.pk).note
    Officer("fast-03", "judge").post(f"/items/{again.pk}/finish/", note="期限至 2029-11-27", happened_on="今天")
    last = WorkItem.objects.get(case=case, rule="supervision.verify", open=True)
    director.post(f"/items/{last.pk}/verify/", verdict="accept", text="")
    assert not WorkItem.objects.filter(case=case, rule__startswith="supervision.", open=True).exists()
