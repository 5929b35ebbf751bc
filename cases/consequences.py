"""What clocks do when something else has happened: lengthened, excluded, come back after a closing is annulled,
reviewed again, verified by whoever ordered it. Hooks only; `cases.case_hooks` loads them.
"""

from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from cases import context, deadlines, journal, work
from cases.deadlines import midnight
from cases.hooks import after, approved, finished, recorded
from cases.locks import lock_case, lock_cases
from cases.models import Approval, Case, CaseLink, Hold, JournalEntry, Pause, Tick, WorkItem
from cases.periods import local
from cases.present import present
from cases.refusals import Refused
from cases.work.acts import write
from cases.work.pauses import recompute
from cases.work.plan import Outcome, Plan, save_clocks, set_clock
from cases.workflow import ENDED, ClosingMode, Kind, Stage
from teams.actor import SYSTEM

RECHECKS = 10  # every six months for five years (法〔2016〕373号 art 9)
RECHECKED = {"rule": "terminal.recheck", "outcome": Outcome.DONE}
UNDONE = (ClosingMode.WITHDRAWN, ClosingMode.REJECTED)
CLOSINGS = ("close", "close_terminal", "conclude")


# Extensions and exclusions, once the last place has signed


@approved("extension")
def limit_lengthened(approval: Approval, by):
    """The months are added to the limit of the case before its pauses and the roll."""
    months, case = int(approval.proposal["months"]), lock_case(present(approval.case_id))
    made, items = Plan(context.read(), by), []
    for item in case.items.filter(open=True, rule__startswith="enforcement.limit").select_for_update(no_key=True):
        item.extensions = [*item.extensions, f"{months}M"]
        set_clock(made.ctx, item, made.pauses_of(item))
        item.save(update_fields=["extensions"])
        items.append(item)
    if not items:
        raise Refused("本案没有在计的执行期限，无从延长。")
    save_clocks(items)
    facts = {"months": months, "due": [str(item.due_on) for item in items], "approval": approval.pk}
    text = f"执行期限延长 {months} 个月，至 {items[0].due_on}"
    journal.write([journal.Line(case, "item", "extension", text, facts)], by)


@approved("time_exclusion")
def time_excluded(approval: Approval, by):
    """A pause of the whole case for the days that were approved; director and vice president are its second person."""
    told, case = approval.proposal, lock_case(present(approval.case_id))
    row = Pause.objects.create(
        case=case,
        ground=told["exclusion"],
        from_on=date.fromisoformat(told["from_on"]),
        to_on=date.fromisoformat(told["to_on"]),
        material=approval.materials.order_by("pk").first(),
        by_id=approval.maker_id,
        entered_at=context.read().now,
    )
    facts = {"ground": row.ground, "from": told["from_on"], "to": told["to_on"], "approval": approval.pk}
    journal.write([journal.Line(case, "item", "pause", f"扣除期限：{row.get_ground_display()}", facts)], by)
    recompute(case, by)


# A closing that is annulled, a case that is sent back


@after("annul_closing")
def clocks_from_their_old_anchors(cases, by):
    """What the closing ended runs again from its old start, minus the time the case was closed; what it opened ends."""
    for case in cases:
        closing = case.journal.filter(what="step", key__in=CLOSINGS).latest("no")
        fresh, made = lock_case(case.pk), Plan(context.read(), by)
        for item in fresh.items.filter(open=True, rule__in=closing.facts.get("opened", ())).select_for_update():
            made.close(item, Outcome.CANCELLED, note="结案已撤销")
        for item in _ended_by(fresh, closing):
            given = {"subject": item.subject, "variant": item.variant, "length": item.length, "title": item.title}
            made.open(fresh, item.rule, item.started_at, extensions=item.extensions, **given)
        lines = [journal.Line(fresh, "item", "reopened", "结案撤销，期限按原起算日续计", made.told(fresh))]
        write(made, lines if made.deeds else [], by)
        _exclude_closed_time(made, fresh, local(closing.happened_at).date(), by)


def _ended_by(case: Case, closing: JournalEntry) -> list[WorkItem]:
    """The items that ended with the closing and are not running again."""
    rules = {*closing.facts.get("finished", ()), *closing.facts.get("cancelled", ())} - {"ruling.sign", "approval.sign"}
    moments = closing.entered_at - timedelta(minutes=10), closing.entered_at
    rows = case.items.filter(open=False, rule__in=rules, entered_at__range=moments).order_by("id")
    running = set(case.items.filter(open=True).values_list("rule", "subject"))
    last = {(item.rule, item.subject): item for item in rows}
    return [item for key, item in last.items() if key not in running]


def _exclude_closed_time(made: Plan, case: Case, closed_on: date, by) -> None:
    today = made.ctx.today
    if closed_on >= today or not made.opened:
        return
    Pause.objects.bulk_create(
        Pause(case=case, item=item, ground=Pause.Ground.CLOSED, from_on=closed_on, to_on=today, entered_at=made.ctx.now)
        for item in made.opened
    )
    recompute(case, by)


@after("return_to_reception")
def ticks_already_set(cases, by):
    """The first day is open again from its first start; what was ticked before stays ticked."""
    for item in WorkItem.objects.filter(case__in=cases, rule="reception.first_day", open=True):
        before = WorkItem.objects.filter(case=item.case_id, rule=item.rule, open=False).order_by("-id").first()
        ticks = list(Tick.objects.filter(item=before)) if before else []
        for tick in ticks:
            tick.pk, tick.item = None, item
        Tick.objects.bulk_create(ticks, ignore_conflicts=True)


# The closing date (法〔2000〕审限规定 art 10): rulings close with their service on the last party


@recorded("closing_served")
def closing_date(events, by):
    for event in events:
        if event.case.stage not in ENDED:
            raise Refused("本案尚未结案：结案后再登记结案文书的送达。")
        Case.objects.filter(pk=event.case.pk).update(closed_on=local(event.at).date())
        _restart(event.case, ("archives.file_case", "terminal.recheck"), event.at)


def _restart(case: Case, rules: tuple[str, ...], start: datetime) -> None:
    ctx, items = context.read(), list(case.items.filter(open=True, rule__in=rules).select_for_update(no_key=True))
    for item in items:
        item.started_at = start
        item.save(update_fields=["started_at"])
        set_clock(ctx, item)
    save_clocks(items)


# What comes round again


@finished("suspension.review")
def reviewed_again(items, by):
    """Every three months, as long as the suspension or the hold lasts."""
    ctx = context.read()
    stages = dict(Case.objects.filter(pk__in=[item.case_id for item in items]).values_list("pk", "stage"))
    for item in items:
        kind, _, pk = item.subject.partition(":")
        if kind == "hold":
            lasts = Hold.objects.filter(Q(to_on__isnull=True) | Q(to_on__gt=ctx.today), pk=pk).exists()
        else:
            lasts = stages[item.case_id] == Stage.SUSPENDED
        if lasts:
            work.open(item.case, item.rule, SYSTEM, subject=item.subject)


@finished("terminal.recheck")
def rechecked_again(items, by):
    """Ten times, each counted from the closing: the n-th after 6 n months."""
    _recheck({item.case_id for item in items if item.case_id})


def _recheck(case_ids: set[int]) -> None:
    """The next recheck of each 终本 case that is managed and has none running: three queries, however many."""
    cases, made = lock_cases(case_ids), Plan(context.read(), SYSTEM)
    rows = WorkItem.objects.filter(case__in=cases, rule="terminal.recheck")
    counts = dict(rows.filter(**RECHECKED).values_list("case_id").annotate(Count("id")))
    running = set(rows.filter(open=True).values_list("case_id", flat=True))
    lines = []
    for pk, case in cases.items():
        done = counts.get(pk, 0)
        if case.stage == Stage.TERMINAL and case.closed_on and pk not in running and done < RECHECKS:
            item = made.open(case, "terminal.recheck", midnight(case.closed_on), length=f"{6 * (done + 1)}M")
            told = {"due": str(present(item).due_on), **made.told(case)}
            lines.append(journal.Line(case, "item", "terminal.recheck", f"新事项：{present(item).title}", told))
    if lines:
        write(made, lines, SYSTEM)


@after("close")
def managed_again(cases, by):
    """An 执恢 case that ends without having been one (销案, 驳回) leaves the 终本 case before it to be managed on."""
    ended = [case.pk for case in cases if case.kind == Kind.RESUMED and case.closing_mode in UNDONE]
    links = CaseLink.objects.filter(case__in=ended, kind=CaseLink.Kind.PREVIOUS, other__stage=Stage.TERMINAL)
    _recheck(set(links.values_list("other_id", flat=True)))


# Holds that end by law


@recorded("outsider_rejection_served")
def fifteen_days_more(events, by):
    """After the rejection is served the outsider may sue within fifteen days: no disposal until then."""
    ctx = context.read()
    for event in events:
        last = deadlines.due("outsider.no_disposal", local(event.at).date(), calendar=ctx.calendar).day
        _outsider_holds(event).filter(to_on__isnull=True).update(to_on=last)


@recorded("outsider_suit_filed")
def no_disposal_during_the_suit(events, by):
    for event in events:
        _outsider_holds(event).update(to_on=None)


def _outsider_holds(event):
    holds = Hold.objects.filter(case=event.case, ground__in=(Hold.Ground.OUTSIDER, Hold.Ground.AUCTION_OUTSIDER))
    return holds.filter(subject=event.subject) if event.subject else holds
