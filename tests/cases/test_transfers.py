"""移交与接收: what is asked, received in one go, or put before the director while the case stays."""

import pytest

from cases import signing, work
from cases.models import Approval, Case, WorkItem
from teams.models import Team
from tests import make
from tests.cases.signing_helpers import fast_case, team_id, transfer

pytestmark = pytest.mark.django_db
PANEL = {"HX-Request": "true", "HX-Target": "panel-body", "X-Row": "1"}


@pytest.fixture
def moved():
    """A case that 快执三 handed to 普执二 with the director's signature."""
    approval = transfer(fast_case())
    signing.sign(approval, make.director(), opinion="同意移交")
    return Case.objects.get(pk=approval.case_id)


def accept_item(case) -> WorkItem:
    return WorkItem.objects.get(case=case, rule="transfer.accept")


def page(client, actor, path, status=200) -> str:
    client.force_login(actor.user)
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_the_sender_sees_where_his_transfer_stands_from_asking_to_acceptance(client):
    fast, director = make.actor("fast-03", "clerk"), make.director()
    approval = transfer(fast_case())
    assert "待局长签字" in page(client, fast, "/transfers/?tab=asked")
    sheet = page(client, fast, f"/transfers/{approval.pk}/")
    for words in ("控制措施", "报签", "局长签字移交", "普执接收", "三日期限的计算过程", "撤回"):
        assert words in sheet
    signing.sign(approval, director)
    assert "已签字，待接收" in page(client, fast, "/transfers/?tab=asked")
    regular = make.actor("regular-02", "clerk")
    work.finish([accept_item(approval.case)], regular)
    assert "已接收" in page(client, fast, "/transfers/?tab=asked")
    assert approval.case.number in page(client, director, "/transfers/?tab=all")


def test_the_receiver_accepts_with_one_request_and_only_on_its_own_page(client, moved):
    judge, item = make.actor("regular-02"), accept_item(moved)
    listed = page(client, judge, "/transfers/")
    assert f"/transfers/accept/{item.pk}/" in listed
    assert client.post(f"/items/{item.pk}/finish/", {"note": "收到"}).status_code == 422
    answer = client.post(f"/transfers/accept/{item.pk}/", headers=PANEL)
    assert (answer.status_code, "done" in answer.headers["HX-Trigger"]) == (204, True)
    item.refresh_from_db()
    assert (item.open, item.finished_by_id) == (False, judge.user_id)
    assert client.post(f"/transfers/accept/{item.pk}/", headers=PANEL).status_code == 409


def test_an_objection_goes_to_the_director_while_the_case_and_its_clock_stay(client, moved):
    judge, item = make.actor("regular-02"), accept_item(moved)
    due = item.due_at
    client.force_login(judge.user)
    origin = moved.approvals.get(act="transfer_to_regular").team_id
    empty = client.post(f"/transfers/object/{item.pk}/", {"team": origin, "ground": "", "reason": ""})
    assert empty.status_code == 422
    given = {"team": origin, "ground": "no_disposal", "reason": "房产已由另案处置"}
    assert client.post(f"/transfers/object/{item.pk}/", given).status_code == 302
    moved.refresh_from_db()
    item.refresh_from_db()
    assert (moved.team.code, item.open, item.due_at) == ("regular-02", True, due)
    objection = Approval.objects.get(case=moved, act="retriage")
    assert ["理由", "房产已由另案处置"] in objection.facts
    assert client.post(f"/transfers/accept/{item.pk}/").status_code == 422
    assert "待局长决定" in page(client, judge, "/transfers/?tab=receive")
    signing.sign(objection, make.director())
    moved.refresh_from_db()
    item.refresh_from_db()
    assert (moved.team_id, item.open) == (origin, False)


def test_a_case_from_a_terminal_team_may_go_to_a_fast_team_or_to_another_regular_one(client, moved):
    judge, item = make.actor("regular-02"), accept_item(moved)
    moved.approvals.update(team=Team.objects.get(code="terminal-01"))
    client.force_login(judge.user)
    path, fast, other = f"/transfers/object/{item.pk}/", team_id("fast-05"), team_id("regular-03")
    form = client.get(path).content.decode()
    assert "变更分流至 快执五团队" in form
    assert "改派 普执三团队" in form
    assert "改派 普执二团队" not in form
    wrong = client.post(path, {"team": fast, "ground": "balance", "reason": "均衡"})
    assert (wrong.status_code, "属变更分流" in wrong.content.decode()) == (422, True)
    assert client.post(path, {"team": fast, "ground": "no_disposal", "reason": "无须处置"}).status_code == 302
    objection = Approval.objects.get(case=moved, state="waiting")
    assert (objection.act, objection.proposal["team"]) == ("retriage", fast)
    signing.reject(objection, make.director(), reason="ground")
    assert client.post(path, {"team": other, "ground": "balance", "reason": "均衡"}).status_code == 302
    assert Approval.objects.get(case=moved, state="waiting").act == "reassignment"


def test_a_refused_objection_leaves_the_case_to_be_accepted(client, moved):
    judge, item = make.actor("regular-02"), accept_item(moved)
    given = {"team": moved.approvals.get().team_id, "ground": "no_disposal", "reason": "材料不全"}
    client.force_login(judge.user)
    client.post(f"/transfers/object/{item.pk}/", given)
    signing.reject(Approval.objects.get(case=moved, act="retriage"), make.director(), reason="ground")
    assert "退回原因" not in page(client, judge, f"/transfers/accept/{item.pk}/")
    assert client.post(f"/transfers/accept/{item.pk}/").status_code == 302


def test_the_package_names_what_is_open_and_keeps_private_notes_out(client, moved):
    judge = make.actor("regular-02")
    client.force_login(judge.user)
    client.post(f"/cases/{moved.pk}/note/", {"text": "房产钥匙在物业"})
    client.post(f"/cases/{moved.pk}/note/", {"text": "只给自己看", "private": "1"})
    sheet = page(client, judge, f"/cases/{moved.pk}/handover/")
    for words in (moved.number, "接收移交案件", "财产控制措施与届满日", "房产钥匙在物业", "接收人"):
        assert words in sheet
    assert "只给自己看" not in sheet
    assert [len(pair) for pair in handover_facts(client, moved)] == [2] * 5
    assert not [duty["title"] for duty in package_of(client, moved)["duties"] if moved.number in duty["title"]]


def package_of(client, case) -> dict:
    return client.get(f"/cases/{case.pk}/handover/").context


def handover_facts(client, case) -> list:
    facts = package_of(client, case)["facts"]
    labels = [label for pair in facts for label, _ in pair if label]
    assert len(labels) == len(set(labels)), "a fact is told once"
    return facts


def test_other_teams_neither_see_nor_answer_the_transfer(client, moved):
    other, item = make.actor("regular-01"), accept_item(moved)
    page(client, other, f"/transfers/accept/{item.pk}/", 404)
    page(client, other, f"/transfers/object/{item.pk}/", 404)
    assert moved.number not in page(client, other, "/transfers/?tab=all")
    page(client, make.actor("reception", "clerk"), "/transfers/", 403)


def test_the_list_asks_the_same_number_of_questions_however_many_moves(client, django_assert_max_num_queries):
    approval = transfer(fast_case())
    signing.sign(approval, make.director())
    client.force_login(make.director().user)
    client.get("/transfers/?tab=all")
    with django_assert_max_num_queries(15):
        client.get("/transfers/?tab=all")
    with django_assert_max_num_queries(15):
        client.get("/transfers/?tab=receive")
