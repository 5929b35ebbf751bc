"""撤销关联 of two cases between which measures were carried over, and what the counter says where there is no key."""

from datetime import date

import pytest

from assets.models import CarryOver, ControlMeasure
from cases import amendments, clock, work
from cases.models import Case, CaseLink
from cases.refusals import Refused
from reception import carrying
from teams.actor import SYSTEM
from tests import make
from tests.assets.helpers import account
from tests.reception.helpers import Counter, case, clerk

pytestmark = pytest.mark.django_db
END = date(2027, 11, 19)


@pytest.fixture(autouse=True)
def _now(at):
    with at("2026-11-23 09:10"):
        yield


def frozen() -> Case:
    """A preservation case with one freeze in force."""
    other = make.cases(1, kind="preservation")[0]
    freeze = ControlMeasure.objects.create(
        asset=account(other, "6222", "5000"), case=other, kind="freeze", amount=5000, controlled=5000, state="effective",
        ends_on=END, effective_on=clock.today(), starts_on=clock.today(), made_at=clock.now(),
    )  # fmt: skip
    work.record_event(other, "deposit_frozen", clock.now(), SYSTEM, subject=freeze.subject, length=END.isoformat())
    return other


def carried() -> tuple[Case, Case, CaseLink]:
    other, made = frozen(), case()
    carrying.carry(made, other, clerk())
    return made, other, CaseLink.objects.get(case=made, other=other)


def refused(link: CaseLink) -> str:
    with pytest.raises(Refused) as told:
        amendments.unlink(link, clerk(), reason="登记错误")
    assert CaseLink.objects.filter(pk=link.pk).exists()
    return str(told.value)


def test_the_relation_stays_while_measures_stand_on_it_and_goes_when_they_are_taken_back():
    made, other, link = carried()
    said = refused(link)
    assert f"{other.number}的保全措施 1 项已转接到本案" in said
    assert f"请{clerk().user.name}或接待团队负责人先在接待登记中撤回转接" in said
    page = Counter().post(f"/cases/{made.pk}/link/{link.pk}/remove/", 422, reason="登记错误").content.decode()
    assert "先在接待登记中撤回转接" in page
    carrying.take_back(made, other, clerk(), "选错案件")
    assert not CaseLink.objects.filter(pk=link.pk).exists()
    assert ControlMeasure.objects.get().case == other


def test_once_something_has_followed_the_relation_stays_for_good_and_the_refusal_says_what():
    made, _, link = carried()
    work.record_event(made, "renewal_begun", clock.now(), SYSTEM, subject=ControlMeasure.objects.get().subject)
    said = refused(link)
    assert "已登记「续行已启动」，不能再撤回转接" in said
    assert "依法续行、解除或变更措施" in said


def test_a_relation_without_measures_is_taken_back_as_before():
    other, made = make.cases(1, kind="preservation")[0], case()
    carrying.carry(made, other, clerk())
    amendments.unlink(CaseLink.objects.get(case=made), clerk(), reason="登记错误")
    joint = amendments.link(made, "same_basis", frozen().number, clerk())
    amendments.unlink(joint, clerk(), reason="登记错误")
    assert not CaseLink.objects.filter(case=made).exists()


def test_what_was_carried_over_before_its_state_was_kept_has_no_key_and_says_why():
    """As the version before left it: the lines of the journal and the measures, no row that says how they stood."""
    made, other, link = carried()
    row = CarryOver.objects.get()
    row.measures.all().delete()
    row.delete()
    page = Counter().get(f"/reception/{made.pk}/").content.decode()
    assert "转接时系统还没有记下措施原状，不能撤回" in page
    assert f"/carry/{other.pk}/" not in page
    assert "转接时系统还没有记下措施原状，不能再撤回转接" in refused(link)
    Counter().post(f"/reception/{made.pk}/carry/{other.pk}/back/", 422, reason="选错案件")


def test_a_colleague_reads_who_takes_it_back_and_a_bare_relation_is_not_called_carried_over():
    made, other, _ = carried()
    assert (
        f"撤回由{clerk().user.name}或接待团队负责人办理"
        in Counter(clerk(1)).get(f"/reception/{made.pk}/").content.decode()
    )
    bare = case()
    amendments.link(bare, "preservation", other.number, clerk())
    page = Counter().get(f"/reception/{bare.pk}/").content.decode()
    assert "只登记了关联，没有转接措施" in page
    assert "已转接" not in page
