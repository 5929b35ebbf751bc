"""What people do to items: open, finish, take over, assign, hand on, wait, cancel. One journal line each."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from cases import backdating, context, deadlines, journal, recused, rights
from cases.context import Context
from cases.deadlines import RULE
from cases.hooks import Reason
from cases.locks import lock_case, lock_cases, lock_items
from cases.models import Case, JournalEntry, Material, WorkItem
from cases.models.work_item import SIGNATURES
from cases.refusals import Forbidden, Refused, Stale
from cases.work import cohorts
from cases.work.plan import Outcome, Plan
from teams.actor import Actor
from teams.notices import tell


@transaction.atomic
def open(case: Case | None, rule: str, by: Actor, *, start: date | datetime | None = None, **given) -> WorkItem:
    """Open one duty. `given`: subject, team_id, person_id, title, length, variant, urgent, approval, note.

    An open item of the same case, rule and subject is returned instead of a second one.
    """
    ctx = context.read()
    locked = lock_case(case.pk) if case else None
    running = WorkItem.objects.filter(case=locked, rule=rule, subject=given.get("subject", ""), open=True).first()
    if running:
        return running
    made = Plan(ctx, by)
    if locked:
        made.know([locked])
    item = made.open(locked, rule, start or ctx.now, **given)
    if item is None:
        raise Refused(f"「{RULE[rule].label}」没有承办团队：请先在人员管理中设定。")
    write(made, [journal.Line(locked, "item", rule, f"新事项：{item.title}", _facts(ctx, item))], by)
    return item


def write(made: Plan, lines: list[journal.Line], by: Actor) -> None:
    """Store a plan and what the journal says of it."""
    journal.write(lines, by)
    try:
        with transaction.atomic():
            made.write()
    except IntegrityError as error:
        raise Stale("该事项刚由他人办理，请刷新后再试。") from error


def _facts(ctx: Context, item: WorkItem) -> dict:
    team = ctx.roster.team(item.team_id)
    facts = {"team": team.name if team else "", "person": ctx.roster.name(item.person_id), "subject": item.subject}
    return {key: value for key, value in facts.items() if value} | ({"due": str(item.due_on)} if item.due_on else {})


def lock(items: Iterable[WorkItem]) -> list[WorkItem]:
    """Lock items behind their cases and give fresh instances; one that is closed meanwhile raises Stale."""
    items = list(items)
    cases = lock_cases({item.case_id for item in items if item.case_id})
    fresh = list(lock_items(item.pk for item in items).values())
    for item in fresh:
        item.case = cases.get(item.case_id) if item.case_id else None
        if not item.open:
            who = context.read().roster.name(item.finished_by_id) or "系统"
            raise Stale(f"「{item.title}」已由{who}于{item.entered_at:%m-%d %H:%M}办结。")
    return fresh


def lock_one(item: WorkItem) -> WorkItem:
    """Lock one item behind its case, open or not: a tick that was excused turns green after its item has ended."""
    case = lock_case(item.case_id) if item.case_id else None
    fresh = lock_items([item.pk])[item.pk]
    fresh.case = case
    return fresh


def require(item: WorkItem, by: Actor, action: str) -> None:
    """Rights on an item: through its case, or, for a team's own chore, through the team."""
    if by.user_id is None:
        return
    if item.case is not None:
        rights.require(by, item.case, action, item=item)
    else:
        rights.require_chore(by, item, action)


def require_all(items: Iterable[WorkItem], by: Actor, action: str) -> None:
    """The same for a list: one query for its cases."""
    items = list(items)
    standings = rights.standings(by, {item.case for item in items if item.case is not None})
    for item in items:
        if item.case is None:
            require(item, by, action)
        elif reason := rights.refusal(by, item.case, action, standing=standings[item.case.pk], item=item):
            raise Forbidden(reason)


@transaction.atomic
def finish(
    items: Iterable[WorkItem],
    by: Actor,
    *,
    happened_at: datetime | None = None,
    note: str = "",
    material: Material | None = None,
    late_reason: str = "",
    only: Iterable[int] | None = None,
) -> list[WorkItem]:
    """Finish items of which `happened_at` tells when the duty was done; late entry needs a reason and a paper.

    A monthly cohort ◫ takes the duties of its cases along: all of them, or `only` those named.
    """
    ctx = context.read()
    fresh = lock(cohorts.with_members(items, by, only))
    require_all(fresh, by, "finish_item")
    for item in fresh:
        _ticked(item)
    at = happened_at or ctx.now
    backdated = backdating.check(
        at,
        ctx.now,
        calendar=ctx.calendar,
        custody=any(deadlines.of_custody(RULE[i.rule]) for i in fresh),
        reason=late_reason,
        material=material,
    )
    made = Plan(ctx, by)
    for item in fresh:
        made.close(item, Outcome.DONE, at=at, note=note, late_reason=late_reason if backdated else "")
    lines = [
        journal.Line(item.case, "item", item.rule, f"办结：{item.title}", _done(item, material), at, backdated)
        for item in fresh
    ]
    write(made, lines, by)
    return fresh


def _ticked(item: WorkItem) -> None:
    from cases.work.ticks import missing

    if lacking := missing(item):
        words = "、".join(RULE[key].label for key in lacking)
        raise Refused(
            Reason(f"「{item.title}」还有 {len(lacking)} 项未办：{words}。", "逐项办理", f"/items/{item.pk}/")
        )


def _done(item: WorkItem, material: Material | None) -> dict:
    facts = {"note": item.note, "late_reason": item.late_reason, "subject": item.subject}
    return {k: v for k, v in facts.items() if v} | ({"material": material.pk} if material else {})


@transaction.atomic
def cancel(items: Iterable[WorkItem], by: Actor, reason: str) -> None:
    made, fresh = Plan(context.read(), by), lock(items)
    for item in fresh:
        made.close(item, Outcome.CANCELLED, note=reason)
    write(made, [journal.Line(i.case, "item", i.rule, f"撤销事项：{i.title}", {"reason": reason}) for i in fresh], by)


def retitle(item: WorkItem, title: str) -> None:
    """Its cause came once more with other words: the item that is open bears the newest; its clock runs on."""
    WorkItem.objects.filter(pk=item.pk, open=True).exclude(title=title).update(title=title)


@transaction.atomic
def take_over(item: WorkItem, by: Actor) -> WorkItem:
    """接手: take a colleague's item in the same team, from the person whom the page showed as its holder."""
    if item.team_id != by.team_id:
        require(item, by, "take_over")
        raise Forbidden(f"「{item.title}」不在本团队，不能接手；请由承办团队移送。")
    return _give(item, by, by.team_id, by.user_id, "take_over", "接手", expected=item.person_id)


@transaction.atomic
def assign(item: WorkItem, person_id: int, by: Actor, *, expected: int | None = None) -> WorkItem:
    """转交: give an item to somebody of the same team; Stale when it is no longer with the one `expected`."""
    if person_id not in {m.user_id for m in context.read().roster.members(item.team_id)}:
        raise Refused("只能转交给本团队的人员：请在名单中选择。")
    if person_id == item.person_id:
        raise Refused(f"「{item.title}」已在{context.read().roster.name(person_id)}名下：请选择另一人。")
    return _give(item, by, item.team_id, person_id, "assign_item", "转交", expected=expected)


@transaction.atomic
def hand(item: WorkItem, team_id: int, by: Actor, reason: str) -> WorkItem:
    """移送: give an item to another team, which then also sees the case."""
    if not reason.strip():
        raise Refused("请填写移送原因。")
    if cohorts.is_cohort(item):
        raise Refused("月度批次随案件所在团队，不能整批移送：请移送其中的案件事项。")
    ctx = context.read()
    person = ctx.roster.first_assignee(team_id, "", item.pk)
    return _give(item, by, team_id, person, "hand_item", "移送", reason=reason)


def _give(item, by: Actor, team_id, person_id, action: str, verb: str, *, reason="", expected=None) -> WorkItem:
    ctx = context.read()
    (fresh,) = lock([item])
    require(fresh, by, action)
    if fresh.rule in SIGNATURES:
        raise Refused("签字事项不能接手、转交：签批人不在岗或回避时，由系统按任职改送。")
    if expected is not None and fresh.person_id != expected:
        raise Stale(_taken(ctx, fresh))
    if action == "assign_item" and fresh.case and person_id in recused.of_case(fresh.case, ctx.today):
        raise Refused(f"{ctx.roster.name(person_id)}回避本案，不能承办本案事项：请选择另一人。")
    before, made = fresh.person_id, Plan(ctx, by)
    made.move(fresh, team_id, person_id)
    facts = {"from": ctx.roster.name(before), "reason": reason, **_facts(ctx, fresh)}
    write(made, [journal.Line(fresh.case, "hand", fresh.rule, f"{verb}：{fresh.title}", facts)], by)
    if fresh.person_id != by.user_id and fresh.person_id:
        tell([fresh.person_id], f"{by.label}{verb}给您：{fresh.title}", f"/items/{fresh.pk}/")
    return fresh


def _taken(ctx: Context, item: WorkItem) -> str:
    """Who has it now, and since when, from the journal."""
    told = JournalEntry.objects.filter(what="hand", key=item.rule, case=item.case).order_by("-id").first()
    when = f"于 {timezone.localtime(told.entered_at):%m-%d %H:%M}" if told else "刚"
    return f"「{item.title}」已由{ctx.roster.name(item.person_id)}{when}接手。"


@transaction.atomic
def recall(item: WorkItem, by: Actor) -> WorkItem:
    """结束等待: the item is in the queue again before its day."""
    (fresh,) = lock([item])
    require(fresh, by, "wait_item")
    if fresh.wait_until is None:
        raise Refused(f"「{fresh.title}」不在等待中。")
    facts = {"until": str(fresh.wait_until), "reason": fresh.wait_reason}
    fresh.wait_until, fresh.wait_reason = None, ""
    fresh.save(update_fields=["wait_until", "wait_reason"])
    journal.write([journal.Line(fresh.case, "item", fresh.rule, f"结束等待：{fresh.title}", facts)], by)
    return fresh


@transaction.atomic
def wait(item: WorkItem, until: date, reason: str, by: Actor) -> WorkItem:
    """等待: the item leaves the queue until a day; its clock runs on."""
    ctx = context.read()
    (fresh,) = lock([item])
    require(fresh, by, "wait_item")
    if until <= ctx.today or not reason.strip():
        raise Refused("等待须填写原因，返回日须在今日之后。")
    if fresh.due_on and until > fresh.due_on:
        raise Refused(f"返回日不能晚于届满日 {fresh.due_on:%m-%d}：等待不停止计期。")
    fresh.wait_until, fresh.wait_reason = until, reason[:100]
    fresh.save(update_fields=["wait_until", "wait_reason"])
    facts = {"until": str(until), "reason": reason}
    journal.write([journal.Line(fresh.case, "item", fresh.rule, f"等待：{fresh.title}", facts)], by)
    return fresh
