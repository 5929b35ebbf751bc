"""What signers read of the acts that need no team's room: facts of the case and of what is proposed, and as checks
the guards of the step that the act takes.

Facts are hashed, so only what belongs to the sheet stands here: nothing that changes by the passing of a day.
"""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from django_fsm import can_proceed

from cases import context, deadlines, hooks
from cases.approvals import ACTS, Act, Fact
from cases.deadlines import RULE, RULES
from cases.hooks import Brief, Check
from cases.models import Case, ImportBatch, Party
from cases.steps import blockers
from cases.workflow import STEP, ClosingMode, Kind, Stage

PLAIN = tuple(act.key for act in ACTS if act.key not in ("escalation", "ruling"))
BEFORE_TRIAGE = "初次接待、综合质效（轮值法官签发）"
CLOSING = ("closing", "terminal_closure")


@hooks.brief(*PLAIN)
def of_case(case: Case | None, subject: str) -> Brief:
    """Number, parties, cause, amount, holder: what every sheet begins with."""
    if case is None:
        return of_import(subject)
    return _of_case(case, context.read().roster.row(case.team_id).name if case.team_id else "")


@hooks.brief("ruling")
def of_ruling(case: Case, subject: str) -> Brief:
    """The same; from the counter to the papers of the day a case stays before the duty judge, so that its way between
    these two teams changes nothing he read (flow §6)."""
    team = context.read().roster.team(case.team_id)
    before = team is not None and team.kind in ("reception", "quality")
    return _of_case(case, BEFORE_TRIAGE if before else team.name if team else "")


def _of_case(case: Case, holder: str) -> Brief:
    names = _names(case)
    facts = [
        ("案号", case.number),
        ("申请执行人", names.get(Party.Role.CREDITOR, "")),
        ("被执行人", names.get(Party.Role.DEBTOR, "")),
        ("案由", case.cause),
        ("申请标的", money(case.amount)),
        ("承办团队", holder),
    ]
    return Brief([(label, text) for label, text in facts if text])


@hooks.brief(*CLOSING)
def of_closing(case: Case, subject: str) -> Brief:
    """How it closes and what came of it."""
    owed = max(case.amount - case.recovered, Decimal(0))
    facts = [
        ("立案日期", f"{case.filed_on:%Y-%m-%d}"),
        ("结案方式", ClosingMode(case.closing_mode).label if case.closing_mode else "未报"),
        ("已到位", money(case.recovered)),
        ("未到位", money(owed)),
    ]
    return Brief(facts)


@hooks.brief("suspension", "time_exclusion", "extension")
def of_time(case: Case, subject: str) -> Brief:
    return Brief([("立案日期", f"{case.filed_on:%Y-%m-%d}"), ("现处阶段", case.get_stage_display())])


@hooks.brief("extension", "time_exclusion")
def of_limit(case: Case, subject: str) -> Brief:
    """The running limit; an extension is asked for five days before it ends (法发〔2006〕35号 art 1)."""
    ctx = context.read()
    limits = case.items.filter(open=True, rule__startswith="enforcement.limit").values_list("due_on", flat=True)
    end = limits.order_by("due_on").first()
    if end is None:
        return Brief([], [Check("本案没有在计的执行期限", "red")])
    last = deadlines.due("enforcement.extension_request", end, calendar=ctx.calendar).day
    checks = [Check(f"已过报请延长的最后日 {last}（届满五日前）", "amber")] if ctx.today > last else []
    return Brief([("执行期限届满日", f"{end}")], checks)


@hooks.brief("reassignment")
def of_reassignment(case: Case, subject: str) -> Brief:
    """Measures that end within thirty days are named to whoever decides and to the next team."""
    ctx = context.read()
    terms = [rule.key for rule in RULES if rule.kind == "term"]
    ending = case.items.filter(open=True, rule__in=terms, due_on__lte=ctx.today + timedelta(days=30))
    words = [f"{title} {due}" for title, due in ending.order_by("due_at").values_list("title", "due_on")]
    return Brief([("三十日内到期", "；".join(words) or "无")])


@hooks.brief("annul_closing")
def of_closed(case: Case, subject: str) -> Brief:
    mode = ClosingMode(case.closing_mode).label if case.closing_mode else "未载明"
    return Brief([("结案方式", mode), ("结案日期", f"{case.closed_on:%Y-%m-%d}" if case.closed_on else "")])


def of_import(subject: str) -> Brief:
    """A whole import to be undone: nothing may have been done on any of its cases."""
    kind, _, pk = subject.partition(":")
    if kind != "import" or not pk.isdigit():
        return Brief([])
    batch = ImportBatch.objects.get(pk=pk)
    cases = list(batch.cases.exclude(stage=Stage.VOID).order_by("pk"))
    touched = blockers(cases, "void")
    facts = [("导入文件", batch.file_name), ("导入时间", f"{batch.at:%Y-%m-%d}"), ("案件数", str(len(cases)))]
    if not touched:
        return Brief(facts, [Check("各案均无办理记录")])
    numbers = "、".join(case.number for case in cases if case.pk in touched)
    return Brief(facts, [Check(f"{len(touched)} 件已有办理记录，不能撤销登记：{numbers}"[:300], "red")])


def step_checks(row: Act, case: Case | None) -> list[Check]:
    """The guards of the step the last signature will take: a reason is a red check, none one green line."""
    if case is None or not (row.step or row.key == "revival"):
        return []
    reasons = step_reasons(row, [case]).get(case.pk)
    met = f"「{STEP[row.step].label}」的条件均已具备" if row.step else "案件在终本管理或属历史遗留"
    return [Check(text, "red") for text in reasons] if reasons else [Check(met)]


def step_reasons(row: Act, cases: list[Case]) -> dict[int, list[str]]:
    """What stands in the way of the act's step, for a list of cases with one query a guard."""
    found: dict[int, list[str]] = {}
    going = []
    for case in cases:
        if row.key == "revival":
            if case.stage != Stage.TERMINAL and not (case.kind == Kind.LEGACY and case.stage == Stage.REGULAR):
                found[case.pk] = [f"案件现处「{case.get_stage_display()}」，不能恢复执行"]
        elif not _in_place(row, case):
            found[case.pk] = [f"案件现处「{case.get_stage_display()}」，不能{STEP[row.step].label}"]
        else:
            going.append(case)
    if row.step:
        for pk, reasons in blockers(going, row.step).items():
            found[pk] = [reason.text for reason in reasons]
    return found


def _in_place(row: Act, case: Case) -> bool:
    """An asset of a 终本 case goes to 普执 under a new number: its case stays where it is."""
    if row.key == "transfer_to_regular" and case.stage == Stage.TERMINAL:
        return True
    step = STEP[row.step]
    return can_proceed(getattr(case, step.name)) and (not step.kinds or case.kind in step.kinds)


DEFERRED = {"deferral": "deferral.end_guarantee", "deferral_upper": "deferral.end_upper_court"}


def longest(row: Act, proposal: dict) -> list[Check]:
    """A deferral ends within a year (民诉法解释 467), at the upper court's word within three months (暂缓执行规定 10)."""
    rule, until = DEFERRED.get(proposal.get("kind", "")), proposal.get("until")
    if row.key != "suspension" or not rule or not until:
        return []
    ctx = context.read()
    last = deadlines.due(rule, ctx.today, calendar=ctx.calendar).day
    return [Check(f"暂缓执行最长至 {last}（{RULE[rule].law}）", "green" if str(until) <= str(last) else "red")]


def bounds(row: Act, proposal: dict) -> list[Check]:
    """What is proposed lies within what table 4 allows; a day to come must still be so when the last one signs."""
    found: list[Check] = []
    today = context.read().today
    for fact in row.facts:
        value = proposal.get(fact.key)
        if value in (None, ""):
            continue
        if fact.ahead is not None and str(value) < str(today + timedelta(days=fact.ahead)):
            words = "须晚于今天" if fact.ahead else "不能早于今天"
            found.append(Check(f"「{fact.label}」{value} {words}：请核对日期", "red"))
        elif (fact.least or fact.most) and not _between(fact, value):
            found.append(Check(f"「{fact.label}」为 {value}：须在 {fact.least} 至 {fact.most} 之间", "red"))
    return found


def _between(fact: Fact, value) -> bool:
    return str(value).isdecimal() and (fact.least or 0) <= int(value) <= (fact.most or int(value))


FINES = {True: (Decimal(0), Decimal(100_000)), False: (Decimal(50_000), Decimal(1_000_000))}


def fined(row: Act, proposal: dict) -> list[Check]:
    """At most 100 000 for a person, 50 000 to 1 000 000 for an entity (民事诉讼法 118)."""
    kind = Party.objects.filter(pk=proposal.get("party") or 0).values_list("type", flat=True).first()
    if row.key != "fine" or kind is None or not proposal.get("amount"):
        return []
    least, most = FINES[kind == Party.Type.NATURAL]
    amount, words = read_money(proposal["amount"]), "个人" if kind == Party.Type.NATURAL else "单位"
    law = f"对{words}的罚款{f'为 {money(least)}以上、' if least else '不超过 '}{money(most)}{'以下' if least else ''}"
    return [Check(f"{law}（民事诉讼法第118条）", "green" if least <= amount <= most and amount else "red")]


def proposed(row: Act, proposal: dict) -> list[list[str]]:
    """The maker's own words, as the signers read them; what the signer may choose himself is not among them."""
    found = [
        [fact.label, _text(fact, proposal[fact.key])]
        for fact in row.facts
        if fact.key != row.choice and proposal.get(fact.key) not in (None, "")
    ]
    if panel := proposal.get("panel"):
        found.append(["合议庭", "、".join(context.read().roster.name(user) for user in panel)])
    return found


def _text(fact: Fact, value) -> str:
    if fact.kind == "choice":
        return dict(fact.choices).get(str(value), str(value))
    if fact.kind == "team":
        team = context.read().roster.team(int(value))
        return team.name if team else str(value)
    if fact.kind == "member":
        return context.read().roster.name(int(value))
    if fact.kind == "party":
        return Party.objects.filter(pk=value).values_list("name", flat=True).first() or ""
    if fact.kind == "money":
        return money(read_money(value))
    if fact.kind == "date":
        return str(date.fromisoformat(str(value)))
    return str(value)


def read_money(value) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return Decimal(0)


def _names(case: Case) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for party in case.parties.order_by("role", "position"):
        name = party.name
        if party.standing != Party.Standing.ACTIVE:
            name += f"（{party.get_standing_display()}）"
        found.setdefault(party.role, []).append(name)
    return {role: "、".join(names) for role, names in found.items()}


def money(amount: Decimal) -> str:
    return f"{amount:,.2f} 元"
