"""The signer's desk over HTTP: the paper route by two people, and a batch of which one is left with its reason."""

import pytest

from cases.models import Approval
from tests import make

from .officers import PASSWORD, Officer, pdf, team, to_fast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.FILES_DIR = tmp_path


def test_the_president_signs_by_pen_and_two_people_bring_it_in():
    case = make.case()
    to_fast(case)
    judge, clerk, other = Officer("fast-03", "judge"), Officer("fast-03", "clerk"), Officer("fast-03", "clerk")
    other.client.force_login(make.actor("fast-03", "clerk", nth=1).user)
    debtor = case.parties.get(role="debtor")
    clerk.post(f"/cases/{case.pk}/ask/consumption_restriction/", party=debtor.pk, reason="拒不履行")
    approval = Approval.objects.get(case=case, act="consumption_restriction")
    clerk.post(
        f"/approvals/{approval.pk}/sheet/attach/", 422, paper=pdf("手签.pdf")
    )  # the judge's place is not signed by pen
    judge.post(f"/approvals/{approval.pk}/sign/", opinion="同意", password=PASSWORD)
    assert "svg" in judge.get(f"/approvals/{approval.pk}/sheet/")
    Officer("fast-05", "clerk").get(f"/approvals/{approval.pk}/sheet/", 404)
    judge.post(f"/approvals/{approval.pk}/sheet/attach/", paper=pdf("手签.pdf"))
    judge.post(f"/approvals/{approval.pk}/sheet/confirm/", 403)
    for given in ({}, {"password": "wrong"}):
        refused = other.post(f"/approvals/{approval.pk}/sheet/confirm/", 422, **given).content.decode()
        assert "密码" in refused
        assert "原件已核" in refused
    approval.refresh_from_db()
    assert approval.state == "waiting"  # without the password nothing takes effect
    other.post(f"/approvals/{approval.pk}/sheet/confirm/", password=PASSWORD)
    approval.refresh_from_db()
    assert approval.state == "signed"
    assert "纸质签批" in judge.get(f"/approvals/{approval.pk}/")


def test_a_batch_signs_what_is_green_and_says_why_the_rest_is_left():
    cases = make.cases(2)
    for case in cases:
        to_fast(case)
        clerk = Officer("fast-03", "clerk")
        clerk.post(f"/cases/{case.pk}/event/", anchor="measure_effective", happened_on="今天", paper=pdf())
    clerk.post(f"/cases/{cases[0].pk}/ask/transfer_to_regular/", team=team("regular-01"), reason="有房产")
    clerk.post(f"/cases/{cases[1].pk}/ask/suspension/", 403, kind="deferral", ground="担保", until="2026-12-31")
    judge = Officer("fast-03", "judge")
    judge.post(f"/cases/{cases[1].pk}/ask/reassignment/", team=team("fast-04"), ground="balance", reason="均衡")
    director = Officer("leadership", "bureau_director")
    wanted = list(Approval.objects.filter(state="waiting").values_list("pk", flat=True))
    director.post("/sign/batch/", 422, approval=wanted, opinion="同意", password="wrong")
    page = director.post("/sign/batch/", 200, approval=wanted, opinion="同意", password=PASSWORD).content.decode()
    assert "成功 1，未签 1" in page
    assert "须逐件签署" in page
    assert Approval.objects.get(case=cases[0]).state == "signed"
