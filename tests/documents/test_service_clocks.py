"""What service tells the clocks: whose service is an event, which day dates a closing, in whatever order it is entered."""

from datetime import date, timedelta

import pytest

from cases import clock
from cases.models import Case, JournalEntry, Party, WorkItem
from cases.periods import local
from documents import serving
from documents.models import Document, Service
from documents.service_rules import Way
from documents.serving import Proof
from tests import make
from tests.cases.signing_helpers import fast_case, pdf, terminal_case, transfer
from tests.documents.helpers import issued

pytestmark = pytest.mark.django_db
NOV = {day: date(2026, 11, day) for day in range(10, 31)}


@pytest.fixture
def clerk():
    return make.actor("terminal-01", "clerk")


@pytest.fixture
def case(at, clerk):
    with at("2026-11-10 09:10"):
        return terminal_case()


def one(case, role: str) -> Party:
    return case.parties.get(role=role)


def paper(case, kind: str, by, subject: str = "") -> Document:
    """A paper of this kind, as its signatures would have issued it."""
    document = issued(case, "handler_notice", by, subject=subject or one(case, "debtor").subject)
    Document.objects.filter(pk=document.pk).update(kind=kind)
    return Document.objects.get(pk=document.pk)


def on_both(case, kind: str, by) -> tuple[Service, Service]:
    """Its services on creditor and debtor."""
    document = paper(case, kind, by)
    creditor = serving.add(document, one(case, "creditor").name, "", by, party=one(case, "creditor"))
    return creditor, Service.objects.get(document=document, party=one(case, "debtor"))


def serve(service: Service, on: date, by, way: str = Way.DIRECT) -> None:
    serving.served(service, way, Proof(on, upload=pdf("回证.pdf"), note="见证人李四在场"), by)


def closed_on(case) -> date | None:
    return Case.objects.get(pk=case.pk).closed_on


def events(case, anchor: str) -> list[JournalEntry]:
    return list(JournalEntry.objects.filter(case=case, key=anchor).order_by("pk"))


# The day of the closing (审限规定第10条)


@pytest.mark.parametrize("order", [(26, 16), (16, 26)])
def test_the_closing_is_dated_by_the_party_served_last_not_by_the_one_entered_last(case, clerk, at, order):
    with at("2026-11-10 09:10"):
        pair = on_both(case, "termination_ruling", clerk)
    with at("2026-11-27 10:00"):
        for service, day in zip(pair, order, strict=True):
            serve(service, NOV[day], clerk)
    assert closed_on(case) == NOV[26]


def test_the_papers_of_one_closing_date_it_together(case, clerk, at):
    """A notice for each party is a paper of its own: nothing is dated until both are served, then by the later."""
    with at("2026-11-10 09:10"):
        approval = transfer(fast_case())
        notices = [paper(case, "closing_notice", clerk, one(case, role).subject) for role in ("creditor", "debtor")]
        Document.objects.filter(pk__in=[each.pk for each in notices]).update(approval=approval)
        before = closed_on(case)
    with at("2026-11-27 10:00"):
        first, second = (Service.objects.get(document=each) for each in notices)
        serve(first, NOV[26], clerk)
        assert closed_on(case) == before
        serve(second, NOV[16], clerk)
    assert closed_on(case) == NOV[26]
    assert len(events(case, "closing_served")) == 1


def test_mail_dates_the_closing_by_the_day_it_was_posted(case, clerk, at):
    with at("2026-11-12 09:10"):
        creditor, debtor = on_both(case, "termination_ruling", clerk)
        serving.send(debtor, Way.POST, NOV[12], clerk, to="濮阳市开州路128号")
    with at("2026-11-27 10:00"):
        serve(debtor, NOV[20], clerk, Way.POST)
        serve(creditor, NOV[12], clerk)
    assert closed_on(case) == NOV[12]


def test_a_publication_dates_the_closing_by_the_day_it_was_printed(case, clerk, at):
    with at("2026-11-10 09:10"):
        creditor, debtor = on_both(case, "termination_ruling", clerk)
        serve(creditor, NOV[10], clerk)
        serving.send(debtor, Way.PUBLICATION, NOV[10], clerk, to="公告栏", note="下落不明", upload=pdf("照片.pdf"))
    with at("2026-12-11 00:10"):
        assert serving.publications_over() == 1
    assert closed_on(case) == NOV[10]
    assert Service.objects.get(pk=debtor.pk).served_on == date(2026, 12, 10)


def test_whoever_is_no_party_does_not_date_the_closing(case, clerk, at):
    with at("2026-11-10 09:10"):
        creditor, debtor = on_both(case, "termination_ruling", clerk)
        other = serving.add(creditor.document, "濮阳市不动产登记中心", "", clerk)
        serve(creditor, NOV[10], clerk)
        serve(debtor, NOV[10], clerk)
    with at("2026-11-20 10:00"):
        serve(other, NOV[20], clerk)
    assert closed_on(case) == NOV[10]
    assert len(events(case, "closing_served")) == 1


# Whose service is an event


def test_a_person_added_to_anothers_notice_has_no_period_of_his_own():
    case, clerk = fast_case(), make.actor("fast-03", "clerk")
    notice = issued(case, "execution_notice", clerk, subject=one(case, "debtor").subject)
    creditor = serving.add(notice, one(case, "creditor").name, "", clerk, party=one(case, "creditor"))
    serve(creditor, clock.today(), clerk)
    assert not WorkItem.objects.filter(case=case, rule="notice.performance_end").exists()
    serve(Service.objects.get(document=notice, party=one(case, "debtor")), clock.today(), clerk)
    assert WorkItem.objects.get(case=case, rule="notice.performance_end").subject == one(case, "debtor").subject


def test_only_the_third_partys_period_runs_from_the_notice_to_him():
    case, clerk = fast_case(), make.actor("fast-03", "clerk")
    notice = issued(case, "matured_claim", clerk, subject=one(case, "debtor").subject)
    copy = serving.add(notice, one(case, "debtor").name, "", clerk, party=one(case, "debtor"))
    third = serving.add(notice, "濮阳市建业公司", "", clerk)
    serve(copy, clock.today(), clerk)
    assert not WorkItem.objects.filter(case=case, rule="matured_claim.objection").exists()
    serve(third, clock.today(), clerk)
    assert WorkItem.objects.filter(case=case, rule="matured_claim.objection", subject="").exists()


def test_served_again_the_first_service_counts(at):
    with at("2026-11-10 09:10"):
        case, clerk = fast_case(), make.actor("fast-03", "clerk")
        order = issued(case, "report_order", clerk, subject=one(case, "debtor").subject)
        serve(Service.objects.get(document=order), NOV[10], clerk)
    with at("2026-11-20 10:00"):
        again = serving.add(order, one(case, "debtor").name, "", clerk, party=one(case, "debtor"))
        serve(again, NOV[20], clerk)
    assert len(events(case, "report_order_served")) == 1
    assert local(WorkItem.objects.get(case=case, rule="enforcement.report_due").started_at).date() == NOV[10]


def test_of_two_creditors_the_last_served_starts_the_publication_of_the_ruling_once(case, clerk, at):
    with at("2026-11-10 09:10"):
        first = one(case, "creditor")
        second = Party.objects.create(case=case, role="creditor", position=2, type="natural_person", name="王秀英")
        document = paper(case, "terminal_ruling", clerk)
        rows = [serving.add(document, each.name, "", clerk, party=each) for each in (first, second)]
    with at("2026-11-19 10:00"):
        serve(rows[1], NOV[19], clerk)
        assert not WorkItem.objects.filter(case=case, rule="terminal.publish").exists()
        serve(rows[0], NOV[10], clerk)
    item = WorkItem.objects.get(case=case, rule="terminal.publish")
    assert (item.subject, item.due_on) == ("", NOV[19] + timedelta(days=7))
    assert len(events(case, "terminal_ruling_served")) == 1
    assert closed_on(case) == date(2026, 5, 1), "the debtor has not been served"
