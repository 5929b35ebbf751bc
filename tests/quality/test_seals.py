"""窗口查封: no seal without the judge's ruling; the printed end is the truth; what needs disposal starts the three days."""

from datetime import date, timedelta

import pytest

from assets.models import Asset, ControlMeasure
from cases import clock, signing, work
from cases.models import Approval, Case, WorkItem
from cases.refusals import Forbidden, Refused, Stale, Unseen
from documents.models import Document
from quality import seals
from quality.seals import Receipt
from tests import make
from tests.archives.helpers import browser
from tests.cases.signing_helpers import fast_case, fresh, fresh_roster, pdf, sign_all
from tests.documents.helpers import work_off
from tests.quality.triage_helpers import clerk, passed_on

pytestmark = pytest.mark.django_db
FAST, JUDGE = ("fast-03", "clerk"), ("fast-03", "judge")


@pytest.fixture(autouse=True)
def _here(settings, tmp_path):
    settings.FILES_DIR, settings.EXCHANGE_DIR = tmp_path / "files", tmp_path / "exchange"
    fresh_roster()


def house(case: Case, kind: str = "real_estate", key: str = "豫（2020）0001号") -> Asset:
    return Asset.objects.create(
        case=case, party=case.parties.get(role="debtor"), kind=kind, key=key, title="开州路 1 号房产", source="offline",
        as_of=clock.now(), entered_at=clock.now(),
    )  # fmt: skip


def ordered(case: Case | None = None, kind: str = "real_estate") -> ControlMeasure:
    """Before the judge, in quality's own case unless another is given."""
    case = case or passed_on(1)[0]
    by = clerk() if case.team.code == "quality" else make.actor(*FAST)
    return seals.order(house(case, kind), by)


def ruled(measure: ControlMeasure) -> ControlMeasure:
    """Signed, and both papers out."""
    sign_all(Approval.objects.get(pk=measure.approval_id))
    work_off()
    work_off()
    measure.refresh_from_db()
    return measure


def at_counter(**given) -> Receipt:
    fields = {
        "result": "sealed",
        "on": clock.today(),
        "ends_on": clock.today() + timedelta(days=1000),
        "upload": pdf("回执.pdf"),
    }
    return Receipt(**{**fields, **given})


def test_a_term_ends_the_day_before_and_never_rolls():
    assert seals.last_day(date(2026, 11, 22), 3) == date(2029, 11, 21)
    assert seals.last_day(date(2024, 2, 29), 3) == date(2027, 2, 27)


def test_before_triage_the_duty_judge_signs_and_the_notice_follows_by_itself():
    row = ordered()
    place = Approval.objects.get(pk=row.approval_id).places.get()
    assert place.signer_id is not None
    assert row.state == "draft"
    with pytest.raises(Stale):
        seals.record(row, at_counter(), clerk())
    row = ruled(row)
    assert (row.state, row.ordered_on, row.kind) == ("ordered", clock.today(), "seal")
    assert (row.ruling.state, row.notice.state, row.notice.kind) == ("issued", "issued", "assist_sealing")
    assert row.notice.asked["ruling"] == row.ruling.number


def test_the_receipt_puts_it_in_force_with_its_printed_end_and_its_watch():
    case = fast_case("fast-03", measured=False)
    row = ruled(ordered(case))
    by, end = make.actor(*FAST), clock.today() + timedelta(days=1000)
    row = seals.record(row, at_counter(reference="ZM-7"), by)
    assert (row.state, row.ends_on, row.rank, row.reference) == ("effective", end, 1, "ZM-7")
    watch = fresh(case).items.get(rule="measure.real_estate", open=True)
    assert (watch.subject, watch.due_on) == (row.subject, end)
    assert fresh(case).items.filter(rule="transfer.three_days", open=True).exists()
    with pytest.raises(Stale):
        seals.record(row, at_counter(), by)


def test_a_car_sealed_on_paper_alone_starts_no_three_days():
    case = fast_case("fast-03", measured=False)
    row = ruled(ordered(case, "vehicle"))
    row = seals.record(row, at_counter(paper_only=True, ends_on=clock.today() + timedelta(days=700)), make.actor(*FAST))
    assert (row.kind, row.state, row.paper_only) == ("seize", "effective", True)
    assert fresh(case).items.filter(rule="measure.movable", open=True).exists()
    assert not fresh(case).items.filter(rule="transfer.three_days", open=True).exists()


def test_a_waiting_rank_has_no_period_and_starts_nothing():
    case = fast_case("fast-03", measured=False)
    row = seals.record(ruled(ordered(case)), at_counter(result="waiting", rank=2, ends_on=None), make.actor(*FAST))
    assert (row.state, row.rank, row.ends_on) == ("waiting", 2, None)
    assert not fresh(case).items.filter(rule__in=("transfer.three_days", "measure.real_estate"), open=True).exists()


def test_a_refusal_of_the_counter_is_an_item():
    case = fast_case("fast-03", measured=False)
    row = seals.record(ruled(ordered(case)), at_counter(result="refused", reason="权利人不符"), make.actor(*FAST))
    assert row.state == "refused"
    assert WorkItem.objects.get(case=case, rule="measure.not_assisted", open=True).title.endswith("（权利人不符）")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"upload": None}, "回执"), ({"ends_on": None}, "届满日"), ({"result": "waiting", "rank": 1}, "顺位"),
        ({"result": "refused", "reason": " "}, "写明原因"), ({"on": date(2020, 1, 1)}, "裁定之后"),
        ({"ends_on": date(2099, 1, 1)}, "不晚于"),
    ],
)  # fmt: skip
def test_what_is_missing_or_cannot_be_is_refused_and_changes_nothing(given, why):
    row = ruled(ordered(fast_case("fast-03", measured=False)))
    with pytest.raises(Refused, match=why):
        seals.record(row, at_counter(**given), make.actor(*FAST))
    row.refresh_from_db()
    assert row.state == "ordered"


def test_not_signed_means_not_sealed():
    row = ordered()
    approval = Approval.objects.get(pk=row.approval_id)
    place = approval.places.get()
    from teams.actor import Actor

    signing.reject(approval, Actor.of(place.signer), reason="incomplete", opinion="补充权属证明")
    row.refresh_from_db()
    assert row.state == "dropped"
    assert Document.objects.get(pk=row.ruling_id).state == "dropped"
    assert seals.free(row.case) == [row.asset]


def test_nothing_is_sealed_twice_and_each_ruling_of_a_case_has_a_sheet_of_its_own():
    row = ordered(fast_case("fast-03", measured=False))
    with pytest.raises(Refused, match="已有控制措施"):
        seals.order(row.asset, make.actor(*FAST))
    other = house(row.case, key="豫（2021）0002号")
    beside = seals.order(other, make.actor(*FAST))
    for each in (row, beside):
        each.ruling.refresh_from_db()
        assert each.ruling.approval == each.approval
        assert sum(label == "文书" for label, _ in each.approval.facts) == 1


def test_who_may():
    case = fast_case("fast-03", measured=False)
    asset = house(case)
    with pytest.raises(Unseen):
        seals.order(asset, make.actor("fast-05", "judge"))
    with pytest.raises(Forbidden):
        seals.order(asset, make.actor("leadership", "vice_president"))
    account = Asset.objects.create(
        case=case,
        party=asset.party,
        kind="deposit",
        key="1",
        title="账户",
        source="network",
        as_of=clock.now(),
        entered_at=clock.now(),
    )
    with pytest.raises(Refused, match="只查封不动产和车辆"):
        seals.order(account, make.actor(*FAST))


def test_by_the_browser_from_the_desk_to_the_receipt():
    case = passed_on(1)[0]
    asset, client = house(case), browser(clerk())
    page = client.get("/assets/offline/?tab=seal").content.decode()
    assert f"/cases/{case.pk}/seal/?asset={asset.pk}" in page
    assert client.post(f"/cases/{case.pk}/seal/", {"asset": asset.pk}).status_code == 302
    assert client.post(f"/cases/{case.pk}/seal/", {"asset": asset.pk}).status_code == 422
    row = ruled(ControlMeasure.objects.get())
    url = f"/cases/{case.pk}/seal/{row.pk}/"
    assert url in client.get("/assets/offline/?tab=seal").content.decode()
    assert client.post(url, {"result": "sealed", "on": "今天"}).status_code == 422
    given = {
        "result": "sealed",
        "on": "今天",
        "ends_on": f"{clock.today() + timedelta(days=900)}",
        "paper": pdf("回执.pdf"),
    }
    assert client.post(url, given).status_code == 302
    assert ControlMeasure.objects.get().state == "effective"
    assert browser(make.actor("fast-05", "clerk")).get(url).status_code == 404


def test_an_urgent_find_of_the_offline_answer_is_controlled_by_it():
    case = fast_case("fast-03", measured=False)
    work.record_event(case, "asset_found", clock.now(), make.actor(*JUDGE))
    seals.record(ruled(ordered(case)), at_counter(), make.actor(*FAST))
    assert not fresh(case).items.filter(rule="asset.control", open=True).exists()
