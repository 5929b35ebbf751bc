"""The spine's own hooks: the conditions and consequences that table 1 names and that need no team's room."""

from datetime import date

from django.db.models import Count, Exists, OuterRef

from cases import consequences, context, escalation, exceptions, recused, work
from cases.approvals import DEFERRALS
from cases.deadlines import ANCHOR, RULES
from cases.hooks import Reason, after, approved, brief, fact, finished, guard, job, page, recorded
from cases.models import Approval, Case, Claim, Hold, JournalEntry, Pause, Tick, WorkItem
from cases.statements import Statement
from cases.workflow import ClosingMode, Stage
from teams.actor import SYSTEM
from teams.notices import tell

CHOSEN = ("triage_fast", "triage_regular")
# Duties that end with the case; the conclusion itself meets some of them.
OWED = [
    rule.key for rule in RULES if rule.kind == "duty" and not rule.after_closing and "step:conclude" not in rule.met_by
]

# Guards are asked at every step and on every page that offers one.
TICKED = Statement(
    "ticked",
    "SELECT i.case_id, i.id, (SELECT count(*) FROM cases_tick t WHERE t.item_id = i.id) FROM cases_workitem i"
    " WHERE i.case_id = ANY(%s::bigint[]) AND i.rule = %s::text AND i.open",
)
HELD = Statement(
    "held",
    "SELECT case_id, ground FROM cases_hold WHERE case_id = ANY(%s::bigint[]) AND subject = ''"
    " AND (to_on IS NULL OR to_on >= %s::date)",
)
OPEN_RULES = Statement(
    "open_rules",
    "SELECT case_id, rule, id FROM cases_workitem"
    " WHERE case_id = ANY(%s::bigint[]) AND rule = ANY(%s::text[]) AND open",
)
RECORDED = Statement(
    "recorded",
    "SELECT DISTINCT case_id FROM cases_journalentry"
    " WHERE case_id = ANY(%s::bigint[]) AND what = 'event' AND key = %s::text",
)
TOUCHED = Statement(
    "touched",
    "SELECT DISTINCT case_id FROM cases_journalentry WHERE case_id = ANY(%s::bigint[])"
    " AND NOT (what = 'step' AND key = 'register') AND NOT (what = 'approval' AND facts->>'act' = 'case_void')",
)


@guard("pass_on")
def six_ticks(cases):
    """The reception item's ticks are done, 不适用 or excused (flow §4.1)."""
    wanted = len(work.PARTS["reception.first_day"])
    return {
        case_id: [Reason(f"立案当日接待还有 {wanted - n} 项未办。", "去办理", f"/items/{pk}/")]
        for case_id, pk, n in TICKED.rows([case.pk for case in cases], "reception.first_day")
        if n < wanted
    }


@guard(*CHOSEN)
def papers_and_queries(cases):
    """Documents issued, network answered or excused, offline sent; at once where a same-day route is recorded."""
    open_rules = _open_rules(cases, ("documents.standard_set", "quality.offline_query"))
    unanswered = _unanswered(cases)
    routed = _recorded(cases, "triage_same_day") | _recorded(cases, "urgent_clue_received") | _fines(cases)
    words = {"documents.standard_set": "格式化文书尚未制作完毕。", "quality.offline_query": "线下查控尚未发出。"}
    found = {}
    for case in cases:
        if case.pk in routed:
            continue
        reasons = [Reason(words[rule], "去办理", f"/items/{pk}/") for rule, pk in open_rules.get(case.pk, {}).items()]
        if case.pk in unanswered:
            reasons.append(Reason("网络查控尚未反馈。", "登记反馈", f"/cases/{case.pk}/?tab=events"))
        found[case.pk] = reasons
    return found


@guard("report_closing")
def nothing_in_the_way(cases):
    """A hold on the whole case blocks its closing."""
    return {
        pk: [Reason(f"本案不得处分（{Hold.Ground(ground).label}），不能报结。", "查看", f"/cases/{pk}/?tab=holds")]
        for pk, ground in HELD.rows([case.pk for case in cases], context.read().today)
    }


@guard("close", "close_terminal")
def file_complete(cases):
    """Archives has arranged the file (its item is finished)."""
    return {
        pk: [Reason("卷宗管理中心尚未完成报结前卷宗整理。", "查看事项", f"/items/{rules['archives.pre_closing']}/")]
        for pk, rules in _open_rules(cases, ("archives.pre_closing",)).items()
    }


@guard("close")
def not_a_terminal_closure(cases):
    """终本 has an act and conditions of its own."""
    reason = Reason("本案按终结本次执行程序报结，须按终本报请签批。")
    return {case.pk: [reason] for case in cases if case.closing_mode == ClosingMode.TERMINAL}


@guard("close_terminal")
def reported_as_terminal(cases):
    return {
        case.pk: [Reason(f"本案按「{case.get_closing_mode_display()}」报结，不能按终本结案。")]
        for case in cases
        if case.closing_mode and case.closing_mode != ClosingMode.TERMINAL
    }


@guard("close_terminal")
def not_before_three_months(cases):
    """终本 is allowed from the day after three months since filing (法〔2016〕373号 art 1)."""
    from cases import deadlines

    ctx, found = context.read(), {}
    for case in cases:
        first = deadlines.due("terminal.earliest", case.filed_on, calendar=ctx.calendar).day
        if ctx.today < first:
            found[case.pk] = [Reason(f"立案未满三个月，{first:%Y-%m-%d} 起方可终结本次执行程序。")]
    return found


@guard("retriage")
def no_transfer_running(cases):
    """Not while the three days run (table 1)."""
    return {
        pk: [Reason("三日移交期限正在计算，请办理移交，不能变更分流。", "办理移交", f"/cases/{pk}/")]
        for pk in _open_rules(cases, ("transfer.three_days",))
    }


@guard("transfer_to_regular")
def controlled_asset(cases):
    """An effective measure on an asset that needs disposal is recorded (flow §4.6)."""
    recorded = _recorded(cases, "measure_effective")
    return {
        case.pk: [Reason("未登记需处置财产的有效控制措施。", "登记事件", f"/cases/{case.pk}/?tab=events")]
        for case in cases
        if case.pk not in recorded
    }


@guard("conclude")
def nothing_owed(cases):
    """Its record is complete: no duty that ends with the case is still open; other people's periods may run on."""
    owed = WorkItem.objects.filter(case__in=cases, open=True, rule__in=OWED)
    counts = owed.values_list("case_id").annotate(Count("id"))
    return {pk: [Reason(f"还有 {n} 件事项未办结。", "查看事项", f"/cases/{pk}/")] for pk, n in counts}


@guard("archive")
def shelved(cases):
    """The terminal case itself is archived only when its management ends."""
    managed = [case for case in cases if case.stage == Stage.TERMINAL]
    ended = _recorded(managed, "terminal_management_ended") if managed else set()
    reason = Reason("终本案件仍在管理期内：卷宗可先归档，案件待管理结束后归档。")
    return {case.pk: [reason] for case in managed if case.pk not in ended}


@guard("annul_closing")
def closed_here(cases):
    """Only a closing that was taken here can be annulled: a legacy case that came in as 终本 has no stage to go back
    to and no clocks that a closing stopped. What is left to do goes on under a new number (flow §3, revival)."""
    reason = "本案接收时已终本，报结前的环节和期限不在本系统，不能撤销结案；需继续执行的，请报请恢复执行，由立案庭另立执恢案号。"
    return {
        case.pk: [Reason(reason, "报请恢复执行", f"/cases/{case.pk}/ask/revival/")]
        for case in cases
        if not case.closed_from
    }


@guard("void")
def untouched(cases):
    """Nothing was done on it: the journal holds its registration only, and the asking for this very act."""
    return {
        pk: [Reason("本案已有办理记录，不能撤销登记；重复立案请按销案报结。")]
        for (pk,) in TOUCHED.rows([case.pk for case in cases])
    }


def _open_rules(cases, rules) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for case_id, rule, pk in OPEN_RULES.rows([case.pk for case in cases], list(rules)):
        found.setdefault(case_id, {})[rule] = pk
    return found


def _recorded(cases, anchor: str) -> set[int]:
    return {pk for (pk,) in RECORDED.rows([case.pk for case in cases], anchor)}


def _fines(cases) -> set[int]:
    """移送执行 of a fine goes on at once (flow §3)."""
    sent = [case.pk for case in cases if case.sent_by]
    return set(Claim.objects.filter(case__in=sent, fine=True).values_list("case_id", flat=True)) if sent else set()


def _unanswered(cases) -> set[int]:
    """Cases whose network query was sent and neither answered nor excused."""
    excused = Tick.objects.filter(
        item__case=OuterRef("case"), rule="reception.network_query", state__in=("excused", "na")
    )
    answered = JournalEntry.objects.filter(case=OuterRef("case"), what="event", key="network_answered")
    return set(
        WorkItem.objects.filter(case__in=cases, rule="reception.first_day")
        .exclude(Exists(excused))
        .exclude(Exists(answered))
        .values_list("case_id", flat=True)
    )


# Consequences


@after("suspend")
def stop_clocks(cases, by):
    for case in cases:
        kind = _signed(case, "suspension").proposal.get("kind")
        ground = Pause.Ground.DEFERRAL if kind in dict(DEFERRALS) else Pause.Ground.SUSPENSION
        work.pause(case, ground, context.read().today, by, by_step=True)


@after("resume")
def run_clocks(cases, by):
    grounds = (Pause.Ground.SUSPENSION, Pause.Ground.DEFERRAL)
    for row in Pause.objects.filter(case__in=cases, to_on__isnull=True, item__isnull=True, ground__in=grounds):
        work.end_pause(row, context.read().today, by, by_step=True)


@after("reassign")
def recused_team_sees_nothing_more(cases, by):
    """回避: the officer is recused from the case, and the team that had it loses sight of it (flow §8, 23)."""
    for case in cases:
        proposal = _signed(case, "reassignment").proposal
        if proposal.get("ground") != "recusal":
            continue
        left = case.journal.filter(key="reassign").latest("no").facts.get("left", "")
        case.sights.filter(team__name=left).delete()
        if recused := proposal.get("recused"):
            exceptions.grant(case, int(recused), "recused_from_case", None, "回避改派", SYSTEM, by_step=True)


@after("triage_fast", "reassign", "return_closing", "annul_closing")
def three_days_from_arrival(cases, by):
    """A measure recorded before the case came: the three days run from its arrival (flow §4.6)."""
    roster, controlled = context.read().roster, _recorded(cases, "measure_effective")
    for case in cases:
        if case.pk in controlled and roster.row(case.team_id).kind in ("fast", "terminal"):
            work.open(case, "transfer.three_days", SYSTEM, start=case.arrived_at)


def _signed(case, act: str) -> Approval:
    return case.approvals.filter(act=act, state=Approval.State.SIGNED).latest("closed_at")


@recorded(
    "money_arrived",
    "clue_received",
    "urgent_clue_received",
    "asset_found",
    "objection_received",
    "outsider_objection_received",
)
def propose_return(events, by):
    """Money, a clue, an asset or an objection while the closing is examined: its return is proposed (table 1)."""
    barred = recused.of_cases((event.case.pk for event in events), context.read().today)
    for event in events:
        case = event.case
        if case.stage == Stage.CLOSING:
            people = {case.handler_id, case.reported_by_id} - barred.get(case.pk, frozenset())
            text = f"{case.number} 报结审查期间{ANCHOR[event.anchor].label}，建议退回补正。"
            tell(people, text, f"/cases/{case.pk}/step/return_closing/", kind="nudge")


@finished("archives.pre_closing")
def ask_to_close(items, by):
    """The approval is asked in the name of whoever reported the closing; a return ends the item too, and asks nothing."""
    from cases import closing

    for item in items:
        if Case.objects.get(pk=item.case_id).stage == Stage.CLOSING:
            closing.ask(item.case)


@finished("supervision.reply")
def to_be_accepted(items, by):
    """Whoever ordered it accepts the answer, or orders again (flow §4.7)."""
    roster = context.read().roster
    for item in items:
        team = roster.team_of(item.asked_by_id or 0)
        if team is None:
            continue
        made = work.open(
            item.case, "supervision.verify", by, subject=item.subject, team_id=team.id, person_id=item.asked_by_id,
            title=f"核验{item.title}"[:120], cause_item=item,
        )  # fmt: skip
        text = f"已答复{item.title}：{item.note}"[:300]
        tell([made.person_id], text, f"/items/{made.pk}/", key=f"replied:{item.pk}", kind="result")


@approved("transfer_to_regular")
def three_days_are_met(approval, by):
    """On a 终本 case no step is taken: the signature itself hands the matter over (flow §4.6, §8, 17)."""
    if approval.case.stage == Stage.TERMINAL:
        running = WorkItem.objects.filter(case=approval.case, rule="transfer.three_days", open=True)
        work.finish(running, SYSTEM, note="局长已签批移交，待立案号")


@approved("confidential_access")
def may_see(approval, by):
    """Whoever asked sees the case until the day he named; the sweep ends it."""
    until = approval.proposal.get("until")
    reason = approval.proposal.get("purpose", "")
    day = date.fromisoformat(until) if until else None
    exceptions.grant(approval.case, approval.maker_id, "view_case", day, reason, SYSTEM, by_step=True)
    text = f"局长已同意您查看{approval.case.number}。"
    tell([approval.maker_id], text, f"/cases/{approval.case_id}/", key=f"access:{approval.pk}", kind="result")


@approved("escalation")
def escalation_decided(approval, by):
    escalation.decided(approval, by)


brief("escalation")(escalation.brief)
page("transfer.accept", "cases:accept_transfer")
__all__ = ["consequences"]  # loaded for its hooks


@job("journal.lapsed")
def journal_lapsed(row):
    """Write what the sweep closed into the chain of its case."""
    from cases import journal
    from cases.locks import lock_case

    facts = {key: value for key, value in row.payload.items() if key not in ("case", "title")}
    line = journal.Line(
        lock_case(row.payload["case"]), "item", row.payload["rule"], f"期间届满：{row.payload['title']}", facts
    )
    journal.write([line], SYSTEM)


# Facts of the case page


@fact("basis", "执行依据", 10)
def basis_of(cases):
    from cases.models import Basis

    rows = Basis.objects.filter(case__in=cases).order_by("case_id", "-id").values_list("case_id", "number")
    return {pk: number or "未登记" for pk, number in rows}


@fact("amount", "执行标的", 20)
def amount_of(cases):
    return {case.pk: f"{case.amount:,.2f} 元" for case in cases}


@fact("recovered", "已到位", 30)
def recovered_of(cases):
    return {case.pk: f"{case.recovered:,.2f} 元　{rate(case)}" for case in cases}


def rate(case) -> str:
    """到位率: what has come in of what is claimed."""
    return f"{case.recovered / case.amount:.1%}" if case.amount else ""


@fact("handler", "承办人", 50)
def handler_of(cases):
    roster = context.read().roster
    clerks = {case.pk: f"书记员 {roster.name(case.clerk_id)}" if case.clerk_id else "" for case in cases}
    return {case.pk: f"{roster.name(case.handler_id) or '未确定'}　{clerks[case.pk]}" for case in cases}


@fact("limit", "执行期限", 60)
def limit_of(cases):
    today = context.read().today
    rows = WorkItem.objects.filter(case__in=cases, rule__startswith="enforcement.limit", open=True)
    return {
        pk: f"{due:%Y-%m-%d}　{'暂停计期' if paused else left(due, today)}" if due else ""
        for pk, due, paused in rows.values_list("case_id", "due_on", "paused")
    }


def left(due: date, today: date) -> str:
    return f"剩 {(due - today).days} 日" if due >= today else f"超期 {(today - due).days} 日"


@fact("filed", "立案", 70)
def filed_of(cases):
    return {case.pk: f"{case.filed_on:%Y-%m-%d}　起算 {case.started_on:%m-%d}" for case in cases}
