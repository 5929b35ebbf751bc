"""What the indicators count: a population is rows of cases or of duties, by a date of theirs and a condition.

Counting a population and opening it as a list read the same two functions, `placed` and `Population.where`.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncDate

from cases import clock
from cases.deadlines import RULES
from cases.models import WorkItem
from cases.periods import DAY, midnight
from cases.workflow import ClosingMode, Kind, Stage
from quality.spans import Span

M = ClosingMode
NOT_REAL = (M.TERMINAL, M.WITHDRAWN)  # 实际执结: every other way of closing
ENDED = (Stage.CLOSED, Stage.TERMINAL, Stage.ARCHIVED)  # also without a closing date: 历史遗留 taken over as 终本
LIMITS = tuple(rule.key for rule in RULES if rule.key.startswith("enforcement.limit"))
DUTIES = tuple(rule.key for rule in RULES if rule.kind == "duty")
NODES = tuple(rule.key for rule in RULES if rule.kind == "duty" and rule.node)
FIRST_DAY, THREE_DAYS = "reception.first_day", "transfer.three_days"


class Population(NamedTuple):
    key: str
    label: str
    rows: str  # case, item
    place: str  # how the period selects: closed filed open handled due
    where: Callable[[], Q] = Q


def placed(place: str, span: Span) -> Q:
    """The rows whose date falls into the period; of what is open, those that were so on its last day."""
    first, last = span.first, span.last
    never = Q(closed_on__isnull=True) & ~Q(stage__in=ENDED)
    if place == "closed":
        return Q(closed_on__gte=first, closed_on__lte=last)
    if place == "filed":
        return Q(filed_on__gte=first, filed_on__lte=last)
    if place == "open":
        return Q(filed_on__lte=last) & (Q(closed_on__gt=last) | never)
    if place == "open_over_year":
        return Q(filed_on__lt=span.year_before) & (Q(closed_on__gt=last) | never)
    if place == "handled":
        return Q(filed_on__lte=last) & (Q(closed_on__gte=first) | never)
    within = Q(due_on__gte=first, due_on__lte=last)  # each half has an index of its own
    return (
        Q(open=False) & within
        | Q(open=True, paused=False, due_at__gt=midnight(first), due_at__lte=midnight(last + DAY)) & within
    )


def closed_in_time() -> Q:
    """Closed not later than the end of its legal period, as the duty had it with pauses and extensions."""
    met = WorkItem.objects.filter(
        case=OuterRef("pk"), rule__in=LIMITS, outcome="done", due_on__gte=OuterRef("closed_on")
    )
    return Q(Exists(met))


def received_same_day() -> Q:
    """The first reception was done on the day of filing."""
    done = WorkItem.objects.filter(case=OuterRef("pk"), rule=FIRST_DAY, outcome="done")
    return Q(Exists(done.annotate(day=TruncDate("finished_at")).filter(day__lte=OuterRef("filed_on")))) & before_today()


def before_today() -> Q:
    return Q(filed_on__lt=clock.today())


def arrived_same_day() -> Q:
    return before_today() & Q(reached_at__date__lte=F("filed_on"))


def over() -> Q:
    """Done, or open and late: what runs still, waits or was struck says nothing yet."""
    return Q(outcome="done") | late_and_open()


def late_and_open() -> Q:
    return Q(open=True, paused=False, due_at__lte=clock.now())


def met() -> Q:
    return Q(outcome="done", finished_at__lt=F("due_at"))


def late() -> Q:
    return Q(outcome="done", finished_at__gte=F("due_at")) | late_and_open()


def of(*rules: str) -> Q:
    return Q(rule__in=rules)


# fmt: off
POPULATIONS = (
    Population("received",            "新收",                   "case", "filed"),
    Population("closed",              "结案",                   "case", "closed"),
    Population("closed_full",         "执行完毕结案",           "case", "closed", lambda: Q(closing_mode=M.FULLY_ENFORCED)),
    Population("closed_real",         "实际执结",               "case", "closed", lambda: ~Q(closing_mode__in=NOT_REAL)),
    Population("closed_terminal",     "终本结案",               "case", "closed", lambda: Q(closing_mode=M.TERMINAL)),
    Population("closed_in_time",      "法定期限内结案",         "case", "closed", closed_in_time),
    Population("closed_in_time_real", "法定期限内实际执结",     "case", "closed", lambda: ~Q(closing_mode__in=NOT_REAL) & closed_in_time()),
    Population("handled",             "旧存与新收",             "case", "handled"),
    Population("open",                "期末未结",               "case", "open"),
    Population("open_over_year",      "期末未结且立案超十二个月", "case", "open_over_year"),
    Population("arrived",             "立案（今日以前）",       "case", "filed", before_today),
    Population("arrived_same_day",    "立案当日到局",           "case", "filed", arrived_same_day),
    Population("received_same_day",   "立案当日完成接待",       "case", "filed", received_same_day),
    Population("petitions",           "收到信访",               "case", "filed", lambda: Q(kind=Kind.PETITION)),
    Population("petitions_done",      "收到且已办结信访",       "case", "filed", lambda: Q(kind=Kind.PETITION, closed_on__isnull=False)),
    Population("first_day_due",       "届满的立案当日接待",     "item", "due", lambda: of(FIRST_DAY) & over()),
    Population("first_day_met",       "按期办结的立案当日接待", "item", "due", lambda: of(FIRST_DAY) & met()),
    Population("three_days_due",      "届满的三日移交",         "item", "due", lambda: of(THREE_DAYS) & over()),
    Population("three_days_met",      "按期的三日移交",         "item", "due", lambda: of(THREE_DAYS) & met()),
    Population("duty_due",            "届满的事项",             "item", "due", lambda: of(*DUTIES) & over()),
    Population("duty_met",            "按期办结的事项",         "item", "due", lambda: of(*DUTIES) & met()),
    Population("duty_late",           "超期的事项",             "item", "due", lambda: of(*DUTIES) & late()),
    Population("node_due",            "届满的关键节点事项",     "item", "due", lambda: of(*NODES) & over()),
    Population("node_late",           "超期的关键节点事项",     "item", "due", lambda: of(*NODES) & late()),
)
# fmt: on
POPULATION = {row.key: row for row in POPULATIONS}
