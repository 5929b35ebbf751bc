"""保全转接: live preservation of the same debtors or the same basis, shown at the counter, linked and taken over by one key (flow §8, 11)."""

from django.db import transaction
from django.db.models import Q

from assets import carrying, carrying_back
from assets.carrying import Carried
from assets.models import CarriedMeasure, CarryOver
from cases import amendments, context, rights, work
from cases.locks import lock_cases
from cases.models import Basis, Case, CaseLink, Party, WorkItem
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
    """The preservation cases that are linked already, or whose measures are here."""
    rows = CaseLink.objects.filter(case=case, kind=CaseLink.Kind.PRESERVATION, other__isnull=False)
    told = CarryOver.objects.filter(case=case, back_at=None)
    return {*rows.values_list("other_id", flat=True), *told.values_list("other_id", flat=True)}


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


@transaction.atomic
def take_back(case: Case, other: Case, by: Actor, reason: str) -> list[CarriedMeasure]:
    """撤回转接: the measures, the relation and the duty go; refused once something has followed."""
    fresh = lock_cases([case.pk, other.pk])[case.pk]
    rights.require(by, fresh, "receive")
    told = carrying_back.standing(fresh, other)
    if told is None:
        raise Refused(f"{other.number}的措施没有转接到本案，不用撤回。")
    if not reason.strip():
        raise Refused("请写明为什么撤回转接，如选错案件、被执行人同名。")
    rows = carrying_back.take_back(told, by, reason.strip())
    if linked := CaseLink.objects.filter(case=fresh, kind=CaseLink.Kind.PRESERVATION, other=other).first():
        amendments.unlink(linked, by, reason=f"撤回转接：{reason.strip()}")
    duty = WorkItem.objects.filter(
        case=fresh, rule="preservation.carry_over", subject=f"case:{other.pk}", open=True
    ).first()
    if duty:
        work.cancel([duty], by, "转接已撤回")
    return rows
