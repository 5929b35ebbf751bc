"""保全转接: live preservation of the same debtors or the same basis, shown at the counter, linked and taken over by one key (flow §8, 11)."""

from django.db import transaction
from django.db.models import Q

from assets import carrying
from assets.carrying import Carried
from cases import amendments, context, rights, work
from cases.locks import lock_cases
from cases.models import Basis, Case, CaseLink, Party
from cases.refusals import Refused
from cases.workflow import Kind, Stage
from teams.actor import Actor

MOST = 10


def found(case: Case) -> list[Case]:
    """执保 cases with a debtor of the same certificate or with the same basis, that anybody may locate."""
    if case.state_secret:
        return []
    debtors = Party.objects.filter(case=case, role=Party.Role.DEBTOR).exclude(certificate_number="")
    bases = Basis.objects.filter(case=case).exclude(number="")
    alike = Q(parties__role=Party.Role.DEBTOR, parties__certificate_number__in=debtors.values("certificate_number"))
    alike |= Q(bases__number__in=bases.values("number"))
    rows = Case.objects.filter(alike, kind=Kind.PRESERVATION, confidential=False, state_secret=False)
    return list(rows.exclude(pk=case.pk).exclude(stage=Stage.VOID).distinct().order_by("-pk")[:MOST])


def carried(case: Case) -> set[int]:
    """The preservation cases that are linked already."""
    rows = CaseLink.objects.filter(case=case, kind=CaseLink.Kind.PRESERVATION, other__isnull=False)
    return set(rows.values_list("other_id", flat=True))


@transaction.atomic
def carry(case: Case, other: Case, by: Actor) -> Carried:
    """Link the two and take the measures over; the periods run on (民诉法解释 168). The duty to carry over stays open
    while the program knows of no measure, or one could not follow."""
    fresh = lock_cases([case.pk, other.pk])[case.pk]
    rights.require(by, fresh, "receive")
    if other.pk not in {each.pk for each in found(fresh)}:
        raise Refused(f"{other.number}与本案没有相同的被执行人或执行依据，不能转接。")
    if other.pk in carried(fresh):
        raise Refused(f"{other.number}已登记为本案的保全案件。")
    amendments.link(fresh, CaseLink.Kind.PRESERVATION, other.number, by, reason="立案接待时匹配")
    facts, now, subject = {"preservation": other.number}, context.read().now, f"case:{other.pk}"
    work.record_event(fresh, "live_measure_matched", now, by, subject=subject, facts=facts)
    told = carrying.carry(other, fresh, by)
    if told.moved and not told.kept:
        count = {"measures": len(told.moved)}
        work.record_event(fresh, "measure_carried_over", now, by, subject=subject, facts=facts | count)
    return told
