"""Ticks: the parts of one item, each done, 不适用 or excused; the last one lets the item end."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from cases import backdating, context, journal
from cases.deadlines import RULE, RULES
from cases.locks import lock_cases, lock_items
from cases.models import Material, Tick, WorkItem
from cases.refusals import Refused
from cases.work import acts
from teams.actor import Actor

PARTS: dict[str, tuple[str, ...]] = {}
for _rule in RULES:
    if _rule.kind == "tick":
        PARTS[_rule.of[0]] = (*PARTS.get(_rule.of[0], ()), _rule.key)

State = Tick.State


def missing(item: WorkItem) -> list[str]:
    """The parts of the item that nobody has ticked yet, in the order of table 3."""
    parts = PARTS.get(item.rule, ())
    ticked = set(Tick.objects.filter(item=item).values_list("rule", flat=True)) if parts else set()
    return [key for key in parts if key not in ticked]


@transaction.atomic
def tick(
    item: WorkItem,
    rule: str,
    state: str,
    by: Actor,
    *,
    happened_at: datetime | None = None,
    reason: str = "",
    material: Material | None = None,
    late_reason: str = "",
) -> Tick:
    """Set one tick. An excused one may turn green later; only `turn_back` turns a green one back.

    When the last part is set the item ends; a case still in reception is passed on by itself.
    """
    ctx = context.read()
    fresh = acts.lock_one(item)
    acts.require(fresh, by, "tick")
    if rule not in PARTS.get(fresh.rule, ()):
        raise Refused(f"「{fresh.title}」没有这一项。")
    _refuse_unreasoned(rule, state, reason)
    held = Tick.objects.filter(item=fresh, rule=rule).first()
    if held and held.state == State.DONE:
        raise Refused(f"「{RULE[rule].label}」已于{held.happened_at:%m-%d %H:%M}办结。")
    at = happened_at or ctx.now
    backdated = backdating.check(at, ctx.now, calendar=ctx.calendar, reason=late_reason, material=material)
    made, _ = Tick.objects.update_or_create(
        item=fresh,
        rule=rule,
        defaults={
            "state": state,
            "happened_at": at,
            "entered_at": ctx.now,
            "by_id": by.user_id,
            "reason": reason[:200],
            "material": material,
        },
    )
    facts = {"item": fresh.pk, "state": state, "reason": reason}
    label = f"{RULE[rule].label}：{State(state).label}"
    journal.write([journal.Line(fresh.case, "item", rule, label, facts, at, backdated)], by)
    if fresh.open and not missing(fresh):
        _complete(fresh, by, at)
    return made


@transaction.atomic
def tick_parts(item: WorkItem, parts: Mapping[str, tuple[str, str]], by: Actor) -> None:
    """Several parts of one item at once, each with its state and reason; what is green already stays green.

    Where nothing is missing then, the item ends as `tick` ends it.
    """
    ctx = context.read()
    fresh = acts.lock_one(item)
    acts.require(fresh, by, "tick")
    if unknown := parts.keys() - set(PARTS.get(fresh.rule, ())):
        raise Refused(f"「{fresh.title}」没有这一项：{'、'.join(sorted(unknown))}。")
    held = dict(Tick.objects.filter(item=fresh).values_list("rule", "state"))
    meant = [Part(fresh, rule, *told) for rule, told in parts.items() if held.get(rule) != State.DONE]
    _set(meant, by, ctx.now)
    if fresh.open and {*held, *(part.rule for part in meant)} >= set(PARTS[fresh.rule]):
        _complete(fresh, by, ctx.now)


@transaction.atomic
def tick_many(
    items: Iterable[WorkItem],
    rule: str,
    by: Actor,
    *,
    state: str = State.DONE,
    at: datetime | None = None,
    reason: str = "",
) -> list[WorkItem]:
    """The same tick of many items, with a constant number of statements; gives the items it was set on.

    A part that is green already stays as it is. Cases whose last part it was are passed on together.
    """
    ctx = context.read()
    items = list(items)
    cases = lock_cases(item.case_id for item in items if item.case_id)
    fresh = list(lock_items(item.pk for item in items).values())
    for item in fresh:
        item.case = cases.get(item.case_id) if item.case_id else None
    acts.require_all(fresh, by, "tick")
    _refuse_unreasoned(rule, state, reason)
    held: dict[int, dict[str, str]] = {item.pk: {} for item in fresh}
    for pk, key, was in Tick.objects.filter(item__in=fresh).values_list("item", "rule", "state"):
        held[pk][key] = was
    meant = [item for item in fresh if rule in PARTS.get(item.rule, ()) and held[item.pk].get(rule) != State.DONE]
    _set([Part(item, rule, state, reason) for item in meant], by, at or ctx.now)
    whole = [i for i in meant if i.open and {*held[i.pk], rule} >= set(PARTS[i.rule])]
    _complete_many(whole, by, at or ctx.now)
    return meant


@transaction.atomic
def turn_back(items: Iterable[WorkItem], rule: str, reason: str, by: Actor) -> list[WorkItem]:
    """What was done turned out not to have worked: excused with its reason, until it is done again (flow §8, 2)."""
    fresh = list(lock_items(item.pk for item in items).values())
    acts.require_all(fresh, by, "tick")
    done = set(Tick.objects.filter(item__in=fresh, rule=rule, state=State.DONE).values_list("item", flat=True))
    meant = [item for item in fresh if item.pk in done]
    _set([Part(item, rule, State.EXCUSED, reason) for item in meant], by, context.read().now)
    return meant


class Part(NamedTuple):
    """One tick to be set."""

    item: WorkItem
    rule: str
    state: str
    reason: str


def _refuse_unreasoned(rule: str, state: str, reason: str) -> None:
    if state != State.DONE and not reason.strip():
        raise Refused(f"「{RULE[rule].label}」标为{State(state).label}须填写原因。")


def _set(parts: list[Part], by: Actor, at: datetime) -> None:
    """Write the ticks over those that were excused, and a line each in the journal."""
    entered = context.read().now
    for part in parts:
        _refuse_unreasoned(part.rule, part.state, part.reason)
    Tick.objects.bulk_create(
        [
            Tick(item=item, rule=rule, state=state, reason=reason[:200], happened_at=at, entered_at=entered, by_id=by.user_id)
            for item, rule, state, reason in parts
        ],
        update_conflicts=True, unique_fields=["item", "rule"],
        update_fields=["state", "happened_at", "entered_at", "by", "reason", "material"],
    )  # fmt: skip
    lines = [
        journal.Line(
            item.case, "item", rule, f"{RULE[rule].label}：{State(state).label}",
            {"item": item.pk, "state": state, "reason": reason}, at,
        )
        for item, rule, state, reason in parts
    ]  # fmt: skip
    journal.write(lines, by)


def _complete_many(items: list[WorkItem], by: Actor, at: datetime) -> None:
    from cases import steps

    waiting = [
        item for item in items if item.rule == "reception.first_day" and item.case and item.case.stage == "reception"
    ]
    if waiting:
        steps.take_steps([item.case for item in waiting if item.case], "pass_on", by)
    if others := [item for item in items if item not in waiting]:
        acts.finish(others, by, happened_at=at, note="各项已办")


def _complete(item: WorkItem, by: Actor, at: datetime) -> None:
    from cases import steps

    if item.case and item.rule == "reception.first_day" and item.case.stage == "reception":
        steps.take_step(item.case, "pass_on", by)
    else:
        acts.finish([item], by, happened_at=at, note="各项已办")
