"""送达: planned with the paper, each way by its own law, its day explained, its event told to the clocks."""

from datetime import date, timedelta

import pytest

from cases import clock, context, materials, work
from cases.deadlines import ANCHOR
from cases.models import Job, JournalEntry, Party, WorkItem
from cases.periods import local
from cases.refusals import Refused, Stale
from documents import delivering, delivery_runs, issuing, service_rules, serving
from documents.kinds import KIND, KINDS
from documents.models import Document, Outgoing, Service
from documents.pages import service_page
from documents.service_rules import Way
from documents.serving import Proof
from teams.models import Notice
from tests import make
from tests.cases.signing_helpers import fast_case, pdf
from tests.documents.exchanging import round_trip, work_off
from tests.documents.helpers import issued
from tests.documents.test_drawing import texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return make.actor("fast-03", "clerk")


@pytest.fixture
def case():
    return fast_case()


def debtor(case, to: str = "") -> Party:
    party = case.parties.get(role="debtor")
    if to:
        Party.objects.filter(pk=party.pk).update(e_service=True, e_service_to=to)
    party.refresh_from_db()
    return party


def paper(case, clerk, kind: str = "handler_notice") -> Document:
    return issued(case, kind, clerk, subject=debtor(case).subject)


def service(document) -> Service:
    return Service.objects.get(document=document)


def proof(on=None, **given) -> Proof:
    return Proof(on or clock.today(), upload=pdf("回证.pdf"), **given)


# The table


def test_every_event_of_the_table_is_one_of_table_3_and_every_kind_one_of_table_5():
    assert {row.anchor for row in service_rules.STARTED} <= ANCHOR.keys()
    kinds = {kind for row in service_rules.STARTED for kind in row.kinds.split()}
    assert kinds | service_rules.DIRECT_ONLY.keys() | service_rules.OUTSIDE <= KIND.keys()
    assert [kind for kind in sorted(kinds) if not service_rules.is_served(KIND[kind])] == []


def test_a_paper_that_must_be_handed_over_allows_no_other_way():
    for key in service_rules.DIRECT_ONLY:
        assert service_rules.ways(KIND[key]) == [Way.DIRECT]
        assert all("直接送达" in service_rules.refusal(KIND[key], way) for way in Way.values if way != Way.DIRECT)
    assert not service_rules.refusal(KIND["execution_notice"], Way.POST)


def test_only_papers_that_allow_it_go_electronically():
    assert all((Way.ELECTRONIC in service_rules.ways(kind)) == (kind.e_service and kind.key not in service_rules.DIRECT_ONLY)
               for kind in KINDS)  # fmt: skip


@pytest.mark.parametrize("way", [way for way in Way.values if way != Way.PUBLICATION])
def test_service_takes_effect_on_its_day_and_says_why(way):
    found = service_rules.effect(way, date(2026, 11, 20))
    assert found.on == date(2026, 11, 20)
    assert "民事诉讼法第" in found.steps[-1]


def test_a_publication_takes_effect_when_thirty_days_have_passed():
    """Posted on 1 September, the thirtieth day is 1 October, a holiday: the first working day after it."""
    assert service_rules.effect(Way.PUBLICATION, date(2026, 11, 2)).on == date(2026, 12, 2)
    found = service_rules.effect(Way.PUBLICATION, date(2026, 9, 1))
    assert found.on == date(2026, 10, 8)
    assert any("顺延" in step for step in found.steps)


# Planned


def test_a_paper_about_one_debtor_is_served_on_him_a_ruling_on_both_sides(case, clerk):
    assert [each.party for each in Service.objects.filter(document=paper(case, clerk))] == [debtor(case)]
    ruling = Document(case=case, kind="freeze_ruling", subject=debtor(case).subject)
    assert {each.role for each in service_rules.parties_of(ruling)} == {"debtor", "creditor"}
    notice = Document(case=case, kind="freeze_notice", subject=debtor(case).subject)
    assert service_rules.parties_of(notice) == [], "what is asked of a bank is not served on parties"


def test_a_voided_paper_is_served_on_nobody_any_more(case, clerk):
    document = paper(case, clerk)
    issuing.void(document, "名称有误", clerk)
    row = service(document)
    assert (row.state, row.reason) == ("withdrawn", "文书作废：名称有误")
    with pytest.raises((Refused, Stale)):
        serving.served(row, Way.DIRECT, proof(), clerk)


# Served


def test_direct_service_is_filed_explained_and_starts_the_clock(case, clerk):
    document = paper(case, clerk, "report_order")
    row = serving.served(
        service(document), Way.DIRECT, proof(signer="梁涵浩", relation="本人", servers="陈雨桐"), clerk
    )
    assert (row.state, row.served_on, row.receipt.kind, row.receipt.case_id) == (
        "served",
        clock.today(),
        "receipt",
        case.pk,
    )
    assert "签收" in row.explained[0]
    item = WorkItem.objects.get(case=case, rule="enforcement.report_due")
    assert (item.subject, local(item.started_at).date()) == (debtor(case).subject, clock.today())
    entry = JournalEntry.objects.get(case=case, key="report_order_served")
    assert entry.facts["material"] == row.receipt_id


def rolled(days: int) -> date:
    return context.read().calendar.roll(clock.today() + timedelta(days=days))


@pytest.mark.parametrize(
    ("time", "length"), [("自收到本通知书之日起立即", "0"), ("自收到本通知书之日起三日内", "3"), ("收到后15日内", "15")]
)
def test_the_notices_own_period_is_the_length_of_its_clock(case, clerk, time, length):
    document = paper(case, clerk, "execution_notice")
    Document.objects.filter(pk=document.pk).update(asked={**document.asked, "time": time})
    serving.served(service(document), Way.DIRECT, proof(), clerk)
    item = WorkItem.objects.get(case=case, rule="notice.performance_end")
    assert item.due_on == (clock.today() + timedelta(days=int(length)) if length == "0" else rolled(int(length)))


def test_an_old_notice_whose_period_says_no_day_is_served_and_its_drafter_is_told(case, clerk):
    document = paper(case, clerk, "execution_notice")
    Document.objects.filter(pk=document.pk).update(asked={**document.asked, "time": "判决生效后尽快"})
    row = serving.served(service(document), Way.DIRECT, proof(), clerk)
    assert row.state == "served"
    assert not WorkItem.objects.filter(case=case, rule="notice.performance_end").exists()
    assert Notice.objects.filter(person=clerk.user, text__contains="看不出是哪一天届满").exists()


def test_without_the_signed_receipt_nothing_is_served(case, clerk):
    row = service(paper(case, clerk))
    with pytest.raises(Refused, match="送达回证"):
        serving.served(row, Way.DIRECT, Proof(clock.today()), clerk)
    with pytest.raises(Refused, match="不能晚于今天"):
        serving.served(row, Way.DIRECT, proof(clock.today() + timedelta(days=1)), clerk)
    with pytest.raises(Refused, match="早于文书制发"):
        serving.served(row, Way.DIRECT, proof(clock.today() - timedelta(days=1)), clerk)
    assert service(row.document).state == "planned"


def test_the_reply_slip_that_comes_late_is_entered_late_with_itself_as_proof(case, clerk, at):
    with at("2026-11-23 09:10"):
        document = paper(case, clerk, "report_order")
        row = serving.send(
            service(document), Way.POST, clock.today(), clerk, to="濮阳市开州路128号", number="1234567890123"
        )
    with at("2026-12-01 10:00"):
        row = serving.served(row, Way.POST, proof(date(2026, 11, 25), signer="家属"), clerk)
    assert (row.served_on, row.sent_on) == (date(2026, 11, 25), date(2026, 11, 23))
    entry = JournalEntry.objects.get(case=case, key="report_order_served")
    assert entry.backdated
    assert WorkItem.objects.get(case=case, rule="enforcement.report_due").due_on == date(2026, 12, 7)


def test_a_summons_that_compels_is_refused_by_post(case, clerk):
    document = paper(case, clerk)
    Document.objects.filter(pk=document.pk).update(kind="compelled_attendance")
    with pytest.raises(Refused, match="直接送达被拘传人"):
        serving.send(service(document), Way.POST, clock.today(), clerk, to="某地")


def test_a_publication_needs_its_course_and_picture_and_is_served_by_time(case, clerk, at):
    with at("2026-11-02 09:10"):
        document = paper(case, clerk, "report_order")
        row = service(document)
        with pytest.raises(Refused, match="原因和经过"):
            serving.send(row, Way.PUBLICATION, clock.today(), clerk, to="本院公告栏")
        serving.send(
            row, Way.PUBLICATION, clock.today(), clerk, to="本院公告栏", note="下落不明", upload=pdf("张贴照片.pdf")
        )
        assert WorkItem.objects.get(case=case, rule="service.publication").due_on == date(2026, 12, 2)
    with at("2026-12-02 23:00"):
        assert serving.publications_over() == 0
    with at("2026-12-03 00:10"):
        assert serving.publications_over() == 1
        assert serving.publications_over() == 0
    row.refresh_from_db()
    assert (row.state, row.served_on) == ("served", date(2026, 12, 2))
    item = WorkItem.objects.get(case=case, rule="enforcement.report_due")
    assert local(item.started_at).date() == row.served_on


# Electronic


def test_electronic_service_goes_to_the_platform_and_comes_back_with_its_voucher(case, clerk):
    debtor(case, "13800138000")
    document = paper(case, clerk, "report_order")
    run = delivery_runs.begin([service(document)], clerk)
    assert run.refused == []
    assert round_trip() == 1
    row = service(document)
    assert (row.state, row.way, row.run, row.served_on) == ("served", "electronic", run, clock.today())
    assert [text for _, text in row.course][-2:] == ["到达受送达人系统", "送达平台显示发送成功（短信）"]
    (page, *_) = texts(materials.path_of(row.receipt.sha256).read_bytes())
    assert "电子送达凭证" in page
    assert "13800138000" in page
    assert WorkItem.objects.filter(case=case, rule="enforcement.report_due").exists()


def test_who_has_not_agreed_is_not_served_electronically_and_the_others_are(case, clerk):
    agreed = fast_case()
    debtor(agreed, "a@b.cn")
    rows = [service(paper(each, clerk)) for each in (case, agreed)]
    run = delivery_runs.begin(rows, clerk)
    assert run.refused == [[rows[0].pk, run.refused[0][1]]]
    assert "没有同意电子送达" in run.refused[0][1]
    assert Outgoing.objects.filter(kind="delivery").count() == 1


def test_many_are_submitted_by_the_worker_and_what_could_not_go_is_sent_again(case, clerk, monkeypatch):
    monkeypatch.setattr(delivery_runs, "HANDFUL", 1)
    monkeypatch.setattr(delivery_runs, "STEP", 1)
    other = fast_case()
    debtor(other, "a@b.cn")
    rows = [service(paper(each, clerk)) for each in (case, other)]
    run = delivery_runs.begin(rows, clerk)
    page = service_page.run(run)
    assert (page["waiting"], page["total"], Outgoing.objects.filter(kind="delivery").count()) == (2, 2, 0)
    with pytest.raises(Refused, match="正在提交"):
        delivery_runs.begin(rows, clerk)
    work_off()
    run.refresh_from_db()
    page = service_page.run(run)
    assert (page["waiting"], page["running"], page["again"]) == (0, 1, [rows[0].pk])
    assert "没有同意电子送达" in page["left"][0]["reason"]
    assert Notice.objects.filter(person=clerk.user, url=f"/docs/serve/{run.pk}/").count() == 1
    debtor(case, "b@b.cn")
    again = delivery_runs.begin([service(rows[0].document)], clerk)  # one goes at once
    assert (service_page.run(again)["running"], service_page.run(run)["again"]) == (1, [])
    rows = [service(paper(each, clerk, "report_order")) for each in (case, other)]
    lost = delivery_runs.begin(rows, clerk)
    Job.objects.filter(kind=delivery_runs.JOB, state="waiting").update(state="failed")
    page = service_page.run(lost)
    assert ({each["reason"] for each in page["left"]}, len(page["again"])) == ({"系统未能提交"}, 2)


def test_a_failed_delivery_becomes_its_owners_item_and_the_post_ends_it(case, clerk):
    debtor(case, "无效地址")
    document = paper(case, clerk)
    delivering.serve_electronically(service(document), clerk)
    round_trip()
    row = Service.objects.get(document=document)
    assert (row.state, row.reason) == ("failed", "电子送达地址无效")
    item = WorkItem.objects.get(case=case, rule="service.again")
    assert item.title.startswith("转邮寄")
    assert (item.person_id, item.team_id) == (clerk.user_id, clerk.team_id)
    sent = serving.send(row, Way.POST, clock.today(), clerk, to="濮阳市开州路128号", number="1234567890123")
    assert (sent.follows, sent.state) == (row, "sent")
    assert not WorkItem.objects.get(pk=item.pk).open
    with pytest.raises(Stale, match="已另行送达"):
        serving.send(row, Way.POST, clock.today(), clerk, to="同一地址")


def test_mail_that_comes_back_is_served_again(case, clerk):
    document = paper(case, clerk)
    row = serving.send(service(document), Way.POST, clock.today(), clerk, to="濮阳市开州路128号")
    serving.failed(row, "查无此人", clerk)
    assert WorkItem.objects.get(case=case, rule="service.again").title.startswith("另行送达")


def test_served_by_hand_while_the_platform_is_silent_the_platform_is_not_waited_for(case, clerk):
    debtor(case, "13800138000")
    row = delivering.serve_electronically(service(paper(case, clerk)), clerk)
    work_off()
    serving.served(row, Way.DIRECT, proof(), clerk)
    assert Outgoing.objects.get(kind="delivery").state == "withdrawn"


def test_the_duty_to_serve_electronically_ends_when_all_is_answered(clerk):
    quality = make.actor("quality")
    case = make.case()
    item = work.open(case, "documents.e_service", quality)
    debtor(case, "13800138000")
    first, second = (paper(case, quality, kind) for kind in ("report_order", "execution_notice"))
    delivery_runs.begin([service(first), service(second)], quality)
    assert WorkItem.objects.get(pk=item.pk).open
    assert round_trip() == 2
    assert not WorkItem.objects.get(pk=item.pk).open


def test_the_last_party_served_dates_the_closing(case, clerk):
    """A ruling is served on both sides; only the last of them is the event, and for mail the day it was posted."""
    document = Document(case=case, kind="termination_ruling")
    creditor, other = case.parties.get(role="creditor"), debtor(case)
    rows = [
        Service(document=document, party=each, state=state)
        for each, state in ((creditor, "served"), (other, "planned"))
    ]
    assert [row.anchor for row in service_rules.starts(rows[0], [rows[1]])] == []
    rows[1].state = "served"
    assert [row.anchor for row in service_rules.starts(rows[1], [rows[0]])] == ["closing_served"]
