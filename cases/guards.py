"""The conditions that table 1 names and that need no team's room: each answers for a list, with one query.

Hooks only; `cases.case_hooks` loads them.
"""

from django.db.models import Count, Exists, OuterRef

from cases import context, work
from cases.deadlines import RULES
from cases.hooks import Reason, guard
from cases.models import Claim, Hold, JournalEntry, Tick, WorkItem
from cases.statements import Statement
from cases.workflow import ClosingMode, Stage

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
    routed = recorded_on(cases, "triage_same_day") | recorded_on(cases, "urgent_clue_received") | _fines(cases)
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
    recorded = recorded_on(cases, "measure_effective")
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
    ended = recorded_on(managed, "terminal_management_ended") if managed else set()
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


def recorded_on(cases, anchor: str) -> set[int]:
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
        WorkItem.objects.filter(case__in=[case.pk for case in cases], rule="reception.first_day")
        .exclude(Exists(excused))
        .exclude(Exists(answered))
        .values_list("case_id", flat=True)
    )
