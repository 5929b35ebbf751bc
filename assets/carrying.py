"""转接: the measures of a preservation case go over to the enforcement case, with rank, amount and printed end as they are;
the period runs on without a new ruling (民诉法解释第168条). What was carried over is found no second time."""

from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from assets import surplus
from assets.models import Asset, CarriedMeasure, CarryOver, ControlMeasure
from assets.models.measure import COUNTED
from cases import context, journal, work
from cases.locks import lock_cases
from cases.models import Case, Party, WorkItem
from cases.present import present
from teams.actor import Actor

State, Kind = ControlMeasure.State, ControlMeasure.Kind
LIVE = (State.EFFECTIVE, State.WAITING)
WATCH = {
    Kind.FREEZE: "measure.deposit", Kind.SEIZE: "measure.movable", Kind.SEAL: "measure.real_estate",
    Kind.FREEZE_RIGHT: "measure.other_right",
}  # fmt: skip
SAID = ("kind", "key", "title", "body", "amount", "facts", "protected", "as_of", "entered_at", "entered_by_id")


class Carried(NamedTuple):
    moved: list[ControlMeasure]
    kept: list[tuple[ControlMeasure, str]]  # stays where it is, and why
    over: Decimal = Decimal(0)  # what is frozen now beyond the claim


def carry(old: Case, new: Case, by: Actor) -> Carried:
    """Move what is in force and what waits in its rank; `by` has been let through by the caller."""
    cases = lock_cases([old.pk, new.pk])
    rows = _live([old]).select_for_update(no_key=True, of=("self",))
    found, debtors = Carried([], []), list(Party.objects.filter(case=new, role=Party.Role.DEBTOR))
    told, going = CarryOver(case=new, other=old, by_id=by.user_id, at=context.read().now), []
    for row in rows:
        party = next((each for each in debtors if _same(each, row.asset.party)), None)
        asset, fresh = _asset(row.asset, party) if party else (None, False)
        if asset is None:
            found.kept.append((row, f"{row.asset.party.name}不是本案被执行人"))
        elif asset.measures.filter(kind=row.kind, state__in=(*COUNTED, State.WAITING)).exists():
            found.kept.append((row, "本案对该财产已有措施"))
        else:
            going.append(_remember(told, row, fresh))
            row.case, row.asset = cases[new.pk], asset
            row.save(update_fields=["case", "asset"])
            found.moved.append(row)
    _tell(found.moved, cases[old.pk], cases[new.pk], by)
    watched = _watch(found.moved, cases[old.pk], cases[new.pk], by)
    told.save()
    for each in going:
        each.watched_by = " ".join(watched.get(each.measure.subject, ()))
    CarriedMeasure.objects.bulk_create(going)
    return found._replace(over=surplus.found(cases[new.pk], by))


def _remember(told: CarryOver, row: ControlMeasure, fresh: bool) -> CarriedMeasure:
    """As it is before it goes: what `carrying_back` compares with and restores."""
    return CarriedMeasure(
        carry_over=told, measure=row, came_from=row.asset, made_asset=fresh, state=row.state, amount=row.amount, ends_on=row.ends_on
    )  # fmt: skip


def exceeding(new: Case, others: list[Case]) -> dict[int, Decimal]:
    """By preservation case: what carrying it over would freeze beyond the claim of the new one."""
    debtors = list(Party.objects.filter(case=new, role=Party.Role.DEBTOR))
    money: dict[int, Decimal] = {}
    for row in _live(others).filter(kind=Kind.FREEZE, state=State.EFFECTIVE):
        if any(_same(each, row.asset.party) for each in debtors):
            money[row.case_id] = money.get(row.case_id, Decimal(0)) + (row.amount or Decimal(0))
    return {pk: over for pk, amount in money.items() if (over := surplus.of(new, amount))}


def _live(cases: list[Case]) -> QuerySet[ControlMeasure]:
    """In force, or waiting for a rank."""
    rows = ControlMeasure.objects.filter(case__in=cases, state__in=LIVE)
    rows = rows.exclude(state=State.EFFECTIVE, ends_on__lt=context.read().today)
    return rows.select_related("asset__party").order_by("pk")


def _same(one: Party, other: Party) -> bool:
    """The same person: by certificate; by name only where neither has one."""
    if one.certificate_number or other.certificate_number:
        return one.certificate_number == other.certificate_number
    return one.name == other.name


def _asset(held: Asset, party: Party) -> tuple[Asset, bool]:
    """The same thing among those of the new case, and whether it is new there; what a newer answer says of it stays."""
    told = {name: getattr(held, name) for name in SAID}
    return Asset.objects.get_or_create(
        case_id=party.case_id, party=party, kind=told.pop("kind"), key=told.pop("key"),
        defaults={**told, "source": Asset.Source.PRESERVATION},
    )  # fmt: skip


def _tell(rows: list[ControlMeasure], old: Case, new: Case, by: Actor) -> None:
    """One line a measure, in both cases."""
    lines = []
    for row in rows:
        facts = {
            "measure": row.pk,
            "from": old.number,
            "to": new.number,
            "ends": str(row.ends_on or ""),
            "rank": row.rank or 0,
        }
        lines += [
            journal.Line(new, "measure", "carried", f"转接保全措施：{row.get_kind_display()} {row.asset.title}", facts),
            journal.Line(old, "measure", "carried", f"保全措施转至{new.number}：{row.asset.title}", facts),
        ]
    journal.write(lines, by)


def _watch(rows: list[ControlMeasure], old: Case, new: Case, by: Actor) -> dict[str, list[str]]:
    """The old case watches these ends no more, the new one does; no three days begin (flow §8, 11). Gives what watched."""
    subjects = [row.subject for row in rows]
    watching = WorkItem.objects.filter(case=old, rule__in=(*WATCH.values(), "preservation.watch"), open=True)
    if ended := list(watching.filter(subject__in=subjects)):
        work.cancel(ended, by, f"保全措施已转接至{new.number}")
    for row in rows:
        if row.state == State.EFFECTIVE:
            start, end = present(row.starts_on or row.effective_on), present(row.ends_on)
            work.open(new, WATCH[Kind(row.kind)], by, start=start, subject=row.subject, length=end.isoformat())
    found: dict[str, list[str]] = {}
    for item in ended:
        found.setdefault(item.subject, []).append(item.rule)
    return found
