"""暂停计期 and 恢复计期: a row with its ground and paper; clocks of the pausable items stand still meanwhile."""

from datetime import date

from django.db import transaction

from cases import context, journal, rights
from cases.deadlines import RULE
from cases.locks import lock_case
from cases.models import Case, Material, Pause, WorkItem
from cases.refusals import Refused
from cases.work.plan import Plan, save_clocks, set_clock
from teams.actor import Actor


@transaction.atomic
def pause(
    case: Case,
    ground: str,
    from_on: date,
    by: Actor,
    *,
    item: WorkItem | None = None,
    to_on: date | None = None,
    material: Material | None = None,
    by_step: bool = False,
) -> Pause:
    """Stop the case's pausable clocks, or one item's. A back-dated one counts only once a second person confirms it."""
    ctx, fresh = context.read(), lock_case(case.pk)
    if not by_step:
        rights.require(by, fresh, "pause_item", item=item)
    if item is not None and not RULE[item.rule].pausable:
        raise Refused(f"「{item.title}」的期限依法不停止计算，不能暂停。")
    if from_on > ctx.today:
        raise Refused("暂停不能从将来开始：请在事由发生当日登记。")
    if to_on is not None and to_on <= from_on:
        raise Refused("「至」应晚于「自」：止日当日重新计入期间，尚未结束的不写「至」。")
    if not by_step and material is None:
        raise Refused("暂停计期须有文书：请上传裁定书、决定书或委托书。")
    row = Pause.objects.create(
        case=fresh,
        item=item,
        ground=ground,
        from_on=from_on,
        to_on=to_on,
        material=material,
        by_id=by.user_id,
        entered_at=ctx.now,
        backdated=not by_step and from_on < ctx.calendar.add_workdays(ctx.today, -1),
    )
    facts = {"ground": ground, "from": str(from_on), "to": str(to_on or ""), "backdated": row.backdated}
    journal.write([journal.Line(fresh, "item", "pause", f"暂停计期：{row.get_ground_display()}", facts)], by)
    recompute(fresh, by)
    return row


@transaction.atomic
def end_pause(row: Pause, to_on: date, by: Actor, *, by_step: bool = False) -> Pause:
    """The clocks run again from `to_on`, which itself counts."""
    fresh = lock_case(row.case_id)
    if not by_step:
        rights.require(by, fresh, "pause_item", item=row.item)
    row = Pause.objects.select_for_update().get(pk=row.pk)
    if row.to_on is not None or to_on < row.from_on:
        raise Refused("该暂停已经结束，或者恢复日早于暂停日。")
    row.to_on = to_on
    row.save(update_fields=["to_on"])
    facts = {"ground": row.ground, "from": str(row.from_on), "to": str(to_on)}
    journal.write([journal.Line(fresh, "item", "resume_clock", f"恢复计期：{row.get_ground_display()}", facts)], by)
    recompute(fresh, by)
    return row


@transaction.atomic
def confirm_pause(row: Pause, by: Actor) -> Pause:
    """A second person has read the paper of a back-dated pause; only then does it move due dates."""
    fresh = lock_case(row.case_id)
    rights.require(by, fresh, "confirm_pause", item=row.item)
    row = Pause.objects.select_for_update().get(pk=row.pk)
    if not row.backdated or row.confirmed_by_id:
        raise Refused("该暂停无须确认，或者已经确认。")
    if row.by_id == by.user_id:
        raise Refused("补录的暂停须由另一人确认。")
    row.confirmed_by_id = by.user_id
    row.save(update_fields=["confirmed_by"])
    journal.write([journal.Line(fresh, "item", "confirm_pause", "确认补录的暂停计期", {"pause": row.pk})], by)
    recompute(fresh, by)
    return row


def recompute(case: Case, by: Actor) -> None:
    """Compute the case's open pausable clocks afresh from their starts and all pauses that count."""
    ctx = context.read()
    made = Plan(ctx, by)
    made.expect([case.pk])
    items = list(WorkItem.objects.filter(case=case, open=True).order_by("id").select_for_update(no_key=True))
    stopped = {p.item_id for p in made.pauses_on(case.pk) if p.to_on is None}
    changed = []
    for item in items:
        if RULE[item.rule].pausable or item.pk in {p.item_id for p in made.pauses_on(case.pk)}:
            item.paused = item.pk in stopped or (None in stopped and RULE[item.rule].pausable)
            set_clock(ctx, item, made.pauses_of(item))
            changed.append(item)
    save_clocks(changed)
