"""The measures of a case on the sheets that others rely on: each once, with its own end, by whatever way it was recorded."""

from datetime import timedelta

import pytest

from assets.models import Asset, ControlMeasure
from cases import clock, signing, work
from cases.context import read
from cases.pages import evidence, measures
from cases.refusals import Refused
from teams.actor import SYSTEM
from tests import make
from tests.assets.helpers import browser
from tests.cases.signing_helpers import fast_case, fresh_roster, pdf, transfer

pytestmark = pytest.mark.django_db


def in_room(case, title: str, kind: str = "seal", state: str = "effective", **given) -> ControlMeasure:
    """A measure as its room keeps it, with the term that watches it where it is in force."""
    asset = Asset.objects.create(
        case=case, party=case.parties.get(role="debtor"), kind="deposit" if kind == "freeze" else "real_estate", key=title,
        title=title, source="offline", as_of=clock.now(), entered_at=clock.now(),
    )  # fmt: skip
    end = clock.today() + timedelta(days=300)
    dates = {"starts_on": clock.today(), "effective_on": clock.today(), "ends_on": end} if state == "effective" else {}
    row = ControlMeasure.objects.create(
        case=case, asset=asset, kind=kind, state=state, made_at=clock.now(), amount=100 if kind == "freeze" else None,
        **{**dates, **given},
    )  # fmt: skip
    if state == "effective":
        anchor = "deposit_frozen" if kind == "freeze" else "real_estate_sealed"
        facts = {"measure": row.pk, "asset": title}
        work.record_event(case, anchor, clock.now(), SYSTEM, subject=row.subject, length=end.isoformat(), facts=facts)
        if kind != "freeze":
            work.record_event(case, "measure_effective", clock.now(), SYSTEM, facts=facts)
    return row


@pytest.fixture
def case(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    fresh_roster()
    return fast_case("fast-03", measured=False)


def shown(case) -> dict[str, str]:
    rows = measures.in_force(read(), case)
    assert len({row["title"] for row in rows}) == len(rows)
    return {row["title"]: row["end"] for row in rows}


def test_a_house_kept_by_its_room_and_a_car_told_by_an_event_are_two_measures(case, client):
    work.record_event(case, "measure_effective", clock.now(), SYSTEM, subject="豫J12345 轿车")
    end = f"{in_room(case, '开州路房产').ends_on}"
    assert shown(case) == {"查封不动产：开州路房产": end, "控制措施：豫J12345 轿车": ""}
    approval = transfer(case)
    signing.sign(approval, make.director(), opinion="同意移交")
    sheet = browser(make.actor("fast-03", "clerk")).get(f"/transfers/{approval.pk}/").content.decode()
    assert "1 项措施未登记届满日" in sheet
    assert "各项措施均登记了届满日" not in sheet
    package = browser(make.actor("regular-02")).get(f"/cases/{case.pk}/handover/").content.decode()
    assert (package.count("开州路房产"), "豫J12345 轿车" in package) == (1, True)


def test_what_was_released_or_refused_is_no_measure_in_force(case):
    frozen, sealed = in_room(case, "工行 6222", "freeze"), in_room(case, "开州路房产")
    refused = in_room(case, "中原路房产", state="refused", reason="权利人不符")
    work.open(case, "measure.not_assisted", SYSTEM, subject=refused.subject, title="未予协助：中原路房产")
    work.record_event(case, "measure_released", clock.now(), SYSTEM, subject=frozen.subject)
    assert shown(case) == {"查封不动产：开州路房产": f"{sealed.ends_on}"}
    package = browser(make.actor("fast-03", "clerk")).get(f"/cases/{case.pk}/handover/").content.decode()
    assert "未予协助：中原路房产" in package.split("二、财产控制措施")[0]


def test_a_waiting_rank_lacks_no_end(case):
    in_room(case, "开州路房产", state="waiting", rank=2)
    (row,) = measures.in_force(read(), case)
    assert (row["waits"], row["end"], "轮候（第 2 顺位）" in row["text"]) == (True, "", True)
    in_room(case, "中原路房产")
    approval = transfer(case)
    signing.sign(approval, make.director(), opinion="同意移交")
    sheet = browser(make.actor("fast-03", "clerk")).get(f"/transfers/{approval.pk}/").content.decode()
    assert "未登记届满日" not in sheet


def test_events_of_one_day_without_a_name_are_one_measure(case):
    work.record_event(case, "real_estate_sealed", clock.now(), SYSTEM)
    work.record_event(case, "measure_effective", clock.now(), SYSTEM)
    assert list(shown(case)) == ["不动产查封"]
    work.record_event(case, "measure_effective", clock.now(), SYSTEM)
    assert list(shown(case).values()).count("") == 1


def test_a_release_that_names_nothing_ends_the_measure_whose_term_it_finished(case):
    row = in_room(case, "工行 6222", "freeze")
    work.record_event(case, "measure_released", clock.now(), SYSTEM)
    row.refresh_from_db()
    assert (row.state, shown(case)) == ("released", {})
    assert case.journal.filter(key="measure_released").get().facts["subject"] == row.subject


def test_a_release_that_names_nothing_leaves_the_others_in_force(case):
    work.record_event(case, "measure_effective", clock.now() - timedelta(days=1), SYSTEM, facts={"asset": "轿车"})
    work.record_event(case, "real_estate_sealed", clock.now(), SYSTEM)
    work.record_event(case, "measure_released", clock.now(), SYSTEM)
    assert list(shown(case)) == ["控制措施：轿车"]
    rows = {row["what"]: row["state"] for row in evidence.recorded(read(), case, "transfer_to_regular")["rows"]}
    assert rows == {"控制措施": "", "不动产查封": "已解除"}


def test_the_signer_reads_each_measure_once_and_no_word_of_the_program(case):
    in_room(case, "开州路房产")
    in_room(case, "工行 6222", "freeze")
    work.record_event(case, "network_frozen", clock.now(), SYSTEM)
    table = evidence.recorded(read(), case, "transfer_to_regular")
    assert {row["subject"] for row in table["rows"]} == {"开州路房产", "工行 6222"}
    assert len(table["rows"]) == 2
    assert all(row["until"] for row in table["rows"])


def test_of_two_measures_the_form_offers_the_choice_and_the_refusal_names_their_ends(case):
    one, other = in_room(case, "工行 6222", "freeze"), in_room(case, "建行 6217", "freeze")
    with pytest.raises(Refused) as refused:
        work.record_event(case, "measure_released", clock.now(), SYSTEM)
    assert "measure:" not in str(refused.value)
    assert "「哪一项措施」" in str(refused.value)
    clerk, path = browser(make.actor("fast-03", "clerk")), f"/cases/{case.pk}/event/"
    assert f"冻结存款：工行 6222（{one.ends_on} 届满）" in clerk.get(path).content.decode()
    data = {"anchor": "measure_released", "happened_on": "今天", "measure": other.subject}
    wrong = clerk.post(path, {**data, "anchor": "notice_served"})
    assert (wrong.status_code, "请不要选措施" in wrong.content.decode()) == (422, True)
    shown_ = clerk.post(f"{path}effect/", data).content.decode()
    assert "冻结存款到期" in shown_
    assert clerk.post(path, {**data, "paper": pdf()}).status_code == 302
    other.refresh_from_db()
    assert (other.state, list(shown(case))) == ("released", ["冻结存款：工行 6222"])
