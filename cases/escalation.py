"""超期说明单: after the hard end, one sheet per team, rule and day; the leader explains once, the director signs."""

from collections import defaultdict
from datetime import date

from django.db import transaction

from cases import context, journal, periods
from cases.context import Context
from cases.deadlines import RULE, RULES
from cases.hooks import Brief, Check
from cases.models import Approval, ApprovalPlace, Case, Escalation, EscalationRow, Tick, WorkItem
from cases.present import present
from cases.refusals import Forbidden, Refused, Stale
from cases.work.acts import write
from cases.work.plan import Plan
from teams.actor import SYSTEM, Actor

Cause = EscalationRow.Cause
NUMBER = "件数"
ESCALATES = {rule.key for rule in RULES if rule.escalates}


def open_sheets(ctx: Context, ids: list[int]) -> None:
    """Put overdue items of ▲ rules on their team's sheet of the day they fell due: never on one that is signed, so
    that nobody has signed what he did not read."""
    late: dict[tuple[int, str, date], list[WorkItem]] = defaultdict(list)
    for item in WorkItem.objects.filter(pk__in=ids, rule__in=ESCALATES).select_related("case"):
        late[item.team_id, item.rule, present(item.due_on)].append(item)
    if not late:
        return
    causes = propose(ctx, [item for items in late.values() for item in items])
    for (team_id, rule, day), items in sorted(late.items()):
        sheet, fresh = Escalation.objects.select_for_update().get_or_create(
            team_id=team_id, rule=rule, day=day, decision="", defaults={"opened_at": ctx.now}
        )
        EscalationRow.objects.bulk_create(
            [EscalationRow(sheet=sheet, item=i, due_at=i.due_at, proposed=causes[i.pk]) for i in items],
            ignore_conflicts=True,
        )
        if fresh:
            _ask_leader(ctx, sheet)


def _ask_leader(ctx: Context, sheet: Escalation) -> None:
    made, team = Plan(ctx, SYSTEM), ctx.roster.row(sheet.team_id)
    made.open(
        None,
        "escalation.explain",
        ctx.now,
        subject=f"escalation:{sheet.pk}",
        title=f"说明超期：{team.name}「{RULE[sheet.rule].label}」{sheet.day:%m-%d}",
        team_id=sheet.team_id,
        person_id=ctx.roster.leader(sheet.team_id),
    )
    made.write()


def propose(ctx: Context, items: list[WorkItem]) -> dict[int, str]:
    """The likely cause of each late item, from what is on record."""
    excused = set(Tick.objects.filter(item__in=items, state="excused").values_list("item_id", flat=True))
    signing = set(
        ApprovalPlace.objects.filter(
            approval__case__in={i.case_id for i in items if i.case_id}, state="waiting"
        ).values_list("approval__case_id", flat=True)
    )
    found: dict[int, str] = {}
    for item in items:
        if item.pk in excused:
            found[item.pk] = Cause.SYSTEM_FAULT
        elif item.case_id in signing:
            found[item.pk] = Cause.SIGNATURE
        elif item.person_id is None or ctx.roster.away(item.person_id):
            found[item.pk] = Cause.NOBODY
        elif item.case and periods.local(item.case.reached_at).date() > item.case.filed_on:
            found[item.pk] = Cause.REACHED_LATE
        else:
            found[item.pk] = Cause.OTHER
    return found


@transaction.atomic
def explain(sheet: Escalation, by: Actor, text: str, rows: dict[int, tuple[str, str]] | None = None) -> Approval:
    """The team's leader explains the sheet, rows that differ one by one; it then goes to the director."""
    from cases import signing

    ctx = context.read()
    sheet = Escalation.objects.select_for_update().get(pk=sheet.pk)
    if ctx.roster.leader(sheet.team_id) != by.user_id:
        raise Forbidden("超期说明由团队负责人填写。")
    if not text.strip():
        raise Refused("请填写超期原因说明。")
    if sheet.approval and sheet.approval.state == Approval.State.WAITING:
        raise Refused("说明已报局长签批。")
    sheet.explanation, sheet.explained_by_id, sheet.explained_at = text[:500], by.user_id, ctx.now
    for row in sheet.rows.select_for_update():
        row.cause, row.explanation = (rows or {}).get(row.pk, (row.proposed, ""))
        row.save(update_fields=["cause", "explanation"])
    sheet.save()  # the director's brief reads it
    sheet.approval = signing.ask(None, "escalation", by, subject=f"escalation:{sheet.pk}", proposal={"sheet": sheet.pk})
    sheet.save()
    item = WorkItem.objects.filter(rule="escalation.explain", subject=f"escalation:{sheet.pk}", open=True).first()
    if item:
        from cases import work

        work.finish([item], by, note="已说明")
    return sheet.approval


def brief(case: Case | None, subject: str) -> Brief:
    """What the director reads of a sheet."""
    sheet = Escalation.objects.select_related("team").get(pk=int(subject.partition(":")[2]))
    rows = sheet.rows.select_related("item__case").order_by("id")
    facts = [
        ("团队", sheet.team.name),
        ("事项", RULE[sheet.rule].label),
        ("日期", f"{sheet.day:%Y-%m-%d}"),
        (NUMBER, f"{len(rows)}"),
        ("说明", sheet.explanation),
    ]
    for row in rows:
        number = row.item.case.number if row.item.case else row.item.title
        facts.append((number, f"{Cause(row.cause or row.proposed).label} {row.explanation}".strip()))
    return Brief(facts, [Check("团队负责人已说明", "green" if sheet.explanation else "red")])


def decided(approval: Approval, by: Actor) -> None:
    """The director has signed: excused, or to be put right by a day. Raises Stale when a row came in between reading
    and signing: he signs what he read."""
    sheet = Escalation.objects.select_for_update().get(pk=approval.proposal["sheet"])
    if [NUMBER, f"{sheet.rows.count()}"] not in approval.facts:
        raise Stale("本说明单刚刚增加了超期事项，未签署；请刷新后重新查看。")
    rectify_by = approval.proposal.get("rectify_by") or None
    sheet.rectify_by = date.fromisoformat(rectify_by) if rectify_by else None
    sheet.decision = Escalation.Decision.RECTIFY if rectify_by else Escalation.Decision.EXCUSED
    sheet.save()
    label = f"超期说明单：{sheet.get_decision_display()}"
    made = Plan(context.read(), by)
    if rectify_by:
        _ask_to_rectify(made, sheet, rectify_by)
    write(made, [journal.Line(None, "approval", "escalation", label, {"sheet": sheet.pk, **made.told(None)})], by)


def _ask_to_rectify(made: Plan, sheet: Escalation, by_day: str) -> None:
    """限期整改 is a 督办 to the leader; the director accepts its answer."""
    made.open(
        None,
        "supervision.reply",
        made.ctx.now,
        subject=f"rectify:{sheet.pk}",
        title=f"限期整改：{RULE[sheet.rule].label} {sheet.day:%m-%d} 超期 {sheet.rows.count()} 件",
        team_id=sheet.team_id,
        person_id=made.ctx.roster.leader(sheet.team_id),
        length=by_day,
    )
