"""保全转接: live preservation of the same debtors or the same basis, shown at the counter, linked by one key (flow §8, 11)."""

from django.db import transaction
from django.db.models import Q

from cases import amendments, context, rights, work
from cases.locks import lock_case
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
def carry(case: Case, other: Case, by: Actor) -> None:
    """Link the two, and open the duty to carry the measures over; the periods run on (民诉法解释 168)."""
    fresh = lock_case(case.pk)
    rights.require(by, fresh, "receive")
    if other.pk not in {each.pk for each in found(fresh)}:
        raise Refused(f"{other.number}与本案没有相同的被执行人或执行依据，不能转接。")
    if other.pk in carried(fresh):
        raise Refused(f"{other.number}已登记为本案的保全案件。")
    amendments.link(fresh, CaseLink.Kind.PRESERVATION, other.number, by, reason="立案接待时匹配")
    facts = {"preservation": other.number}
    work.record_event(fresh, "live_measure_matched", context.read().now, by, subject=f"case:{other.pk}", facts=facts)
