"""不得处分: set and lifted with a ground and a paper; rooms that dispose, deduct or pay ask `blocking` first."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from cases import context, journal, rights
from cases.locks import lock_case
from cases.models import Case, Hold, Material
from cases.refusals import Refused
from cases.work import triggers
from cases.work.acts import write
from teams.actor import Actor


def blocking(case: Case, subject: str = "", day: date | None = None) -> list[Hold]:
    """Holds that cover this subject today: its own and those on the whole case."""
    day = day or context.read().today
    return list(
        Hold.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=day), case=case, from_on__lte=day)
        .filter(Q(subject=subject) | Q(subject=""))
        .order_by("from_on", "id")
    )


@transaction.atomic
def set_hold(
    case: Case,
    ground: str,
    by: Actor,
    *,
    subject: str = "",
    from_on: date | None = None,
    to_on: date | None = None,
    material: Material | None = None,
    note: str = "",
) -> Hold:
    """Block disposal of a party's or an asset's part. The rest of the case goes on."""
    ctx, fresh = context.read(), lock_case(case.pk)
    rights.require(by, fresh, "hold")
    begins = from_on or ctx.today
    if begins > ctx.today:
        raise Refused("不得处分不能从将来开始：请在事由发生后登记。")
    if to_on is not None and to_on < begins:
        raise Refused("「至」不能早于「自」：请核对日期，尚未结束的不写「至」。")
    if material is None:
        raise Refused("登记不得处分须有文书：请上传裁定书、通知书或异议书。")
    made = Hold.objects.create(
        case=fresh,
        subject=subject,
        ground=ground,
        from_on=begins,
        to_on=to_on,
        material=material,
        note=note[:200],
        by_id=by.user_id,
    )
    facts = {"ground": ground, "subject": subject, "from": str(made.from_on), "material": material.pk}
    plan = triggers.plan(ctx, [_happening(fresh, "hold_begun", ctx.now, made)], by)
    label = f"不得处分：{made.get_ground_display()}"
    write(plan, [journal.Line(fresh, "event", "hold", label, facts | plan.told(fresh))], by)
    return made


def _happening(case: Case, anchor: str, at, hold: Hold) -> triggers.Happening:
    return triggers.Happening(case, anchor, at, subject=f"hold:{hold.pk}")


@transaction.atomic
def lift_hold(hold: Hold, by: Actor, *, to_on: date | None = None, reason: str = "") -> Hold:
    """End a hold; `to_on` is its last day."""
    ctx, fresh = context.read(), lock_case(hold.case_id)
    rights.require(by, fresh, "hold")
    hold = Hold.objects.select_for_update().get(pk=hold.pk)
    if hold.to_on is not None and hold.to_on < ctx.today:
        raise Refused("该不得处分已经解除。")
    if (to_on or ctx.today) < hold.from_on:
        raise Refused(f"解除日不能早于起日 {hold.from_on}：请核对日期。")
    hold.to_on, hold.ended_by_id = to_on or ctx.today, by.user_id
    hold.save(update_fields=["to_on", "ended_by"])
    facts = {"hold": hold.pk, "to": str(hold.to_on), "reason": reason}
    plan = triggers.plan(ctx, [_happening(fresh, "hold_ended", ctx.now, hold)], by)
    label = f"解除不得处分：{hold.get_ground_display()}"
    write(plan, [journal.Line(fresh, "event", "lift_hold", label, facts | plan.told(fresh))], by)
    return hold
