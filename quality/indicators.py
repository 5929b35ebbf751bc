"""Table 6: the indicators (reference §10.2). Two terms make one: what is counted, of what; both name a population whose
rows can be opened.

A formula is never changed: a new version with its first day is added below, the old one gets its last day and stays
readable, for what was published under it was computed by it. `coming` names the room whose records are missing: the
row is printed and not computed. `manage.py indicators` prints the table.
"""

from datetime import date
from typing import NamedTuple

from cases.workflow import ClosingMode, Kind
from quality.populations import POPULATION, Population

UNITS = {"%": "百分比", "days": "天", "each": "个／件"}
CASES = (Kind.FIRST, Kind.RESUMED, Kind.PRESERVATION, Kind.LEGACY)  # own serials never count in case figures


class Term(NamedTuple):
    """Rows of a population: how many (`""`), their cases, or the sum of a measure of theirs."""

    population: str
    measure: str = ""

    @property
    def row(self) -> Population:
        return POPULATION[self.population]

    @property
    def label(self) -> str:
        return {"": "", "cases": "所涉案件"}.get(
            self.measure, self.measure and f"{MEASURES[self.measure]}合计："
        ) + self.row.label


MEASURES = {
    "days": "立案至结案天数",
    "net_days": "立案至结案天数（扣除依法不计的期间）",
    "gap_days": "立案至到局天数",
    "cases": "所涉案件",
}


class Reference(NamedTuple):
    """What a figure is read against; a range has a least or a most, a figure of elsewhere has only words."""

    words: str
    source: str
    least: float | None = None
    most: float | None = None


class Indicator(NamedTuple):
    key: str
    label: str
    numerator: Term | None
    denominator: Term | None
    unit: str = "%"
    kinds: tuple[str, ...] = CASES  # the filter by case type applies within these
    reference: Reference | None = None
    law: str = "§10.2"
    note: str = ""
    coming: str = ""
    version: int = 1
    since: date = date(2026, 1, 1)
    until: date | None = None

    @property
    def formula(self) -> str:
        if self.numerator is None or self.denominator is None:
            return self.note
        times = " × 100%" if self.unit == "%" else ""
        return f"{self.numerator.label} ÷ {self.denominator.label}{times}"


CAMPAIGN = "“3+1”核心指标（2018 年“基本解决执行难”），待院里确认"
PRESS = "最高人民法院 2025 年 4 月 7 日通报，2025 年第一季度全国"
VENDOR = "既有系统统计口径（参考资料 T7）"
OWN = "本院优化方案"
FIRST, RESUMED, PETITION = (Kind.FIRST,), (Kind.RESUMED,), (Kind.PETITION,)
T = Term

# fmt: off
INDICATORS = (
    # Closing
    Indicator("full_enforcement_rate", "执行完毕率",         T("closed_full"), T("closed"), reference=Reference("全国 44.32%", PRESS), law=VENDOR),
    Indicator("resumed_full_rate",     "恢复执行完毕率",     T("closed_full"), T("closed"), kinds=RESUMED, law=VENDOR),
    Indicator("real_closing_rate",     "执行案件执结率（实结占结案比）", T("closed_real"), T("closed"), law=VENDOR, note="实际执结：终本、销案以外的结案方式"),
    Indicator("terminal_rate",         "终本率",             T("closed_terminal"), T("closed")),
    Indicator("first_terminal_rate",   "首次执行案件终本率", T("closed_terminal"), T("closed"), kinds=FIRST),
    Indicator("clearance_rate",        "结案率",             T("closed"), T("handled"), reference=Reference("不低于 80%（整体执结率）", CAMPAIGN, least=80), law=VENDOR),
    Indicator("closed_to_received",    "结收比",             T("closed"), T("received")),
    # Time
    Indicator("in_time_rate",          "法定期限内结案率",   T("closed_in_time"), T("closed"), kinds=FIRST, law=VENDOR, note="期限以事项「执行期限」的届满日为准，已计暂停、扣除和延长"),
    Indicator("in_time_real_rate",     "法定审限内执结率",   T("closed_in_time_real"), T("closed_in_time"), kinds=FIRST, law=VENDOR, reference=Reference("有财产案件不低于 90%", CAMPAIGN), note="参考值只对有财产案件；本表未分有无财产，不作比较"),
    Indicator("first_mean_days",       "首次执行案件平均用时", T("closed", "days"), T("closed"), unit="days", kinds=FIRST),
    Indicator("first_mean_net_days",   "首次执行案件平均用时（扣除不计期间）", T("closed", "net_days"), T("closed"), unit="days", kinds=FIRST, note="是否扣除，口径待院里确认，两种并列"),
    Indicator("resumed_mean_days",     "恢复执行平均用时",   T("closed", "days"), T("closed"), unit="days", kinds=RESUMED, law=VENDOR),
    Indicator("over_twelve_months",    "超十二个月未结占比", T("open_over_year"), T("open"), note="期末未结案件中，立案已超过十二个月的"),
    Indicator("overdue_nodes",         "关键节点平均超期数", T("node_late"), T("node_due", "cases"), unit="each", note="关键节点：表三标有国家节点编号的事项"),
    # The first day, and the three days
    Indicator("arrival_same_day",      "立案当日到局率",     T("arrived_same_day"), T("arrived"), kinds=FIRST, law=OWN),
    Indicator("arrival_gap",           "立案到局平均间隔",   T("arrived", "gap_days"), T("arrived"), unit="days", kinds=FIRST, law=OWN),
    Indicator("first_day_rate",        "立案当日完成率",     T("received_same_day"), T("arrived"), kinds=FIRST, law=OWN, note="立案当日办结初次接待；不含今日立案的"),
    Indicator("first_day_in_time",     "接待按期率（自起算日）", T("first_day_met"), T("first_day_due"), kinds=FIRST, law=OWN, note="到局晚于立案的，自到局日起算"),
    Indicator("three_days_rate",       "三日移交按期率",     T("three_days_met"), T("three_days_due"), law=OWN),
    Indicator("on_time_rate",          "事项按期率",         T("duty_met"), T("duty_due"), law=OWN, note="期内届满的本局事项，办结不晚于届满"),
    # Petitions
    Indicator("petition_done_rate",    "信访办结率",         T("petitions_done"), T("petitions"), kinds=PETITION, reference=Reference("不低于 90%", CAMPAIGN, least=90)),
    Indicator("petitions_per_case",    "案访比（信访÷新收）", T("petitions"), T("received"), note="方向待院里确认"),
    # What wants records of rooms that are not built yet
    Indicator("recovery_rate",         "实际执行到位率",     None, None, law=VENDOR, coming="funds", reference=Reference("全国 56.74%", PRESS), note="Σ 实际到位金额 ÷ Σ 申请执行标的金额；到位金额由案款登记产生"),
    Indicator("payment_in_time",       "案款发放及时率",     None, None, coming="funds", note="三十日内发放的案款 ÷ 应发放的案款"),
    Indicator("payment_days",          "执行款发放平均天数", None, None, unit="days", coming="funds", note="Σ 到账至发放天数 ÷ 发放笔数"),
    Indicator("payment_overdue",       "案款超期",           None, None, unit="each", coming="funds", note="到账超过三十日未发放且无理由的笔数"),
    Indicator("terminal_pass_rate",    "终本案件合格率",     None, None, law=VENDOR, coming="enforcement", reference=Reference("无财产案件不低于 90%", CAMPAIGN), note="核查通过的终本案件 ÷ 终本案件；须终本核查记录"),
    Indicator("preservation_rate",     "保全率",             None, None, coming="preservation", note="公式未核实，待院里确认"),
)
# fmt: on


def current(day: date) -> list[Indicator]:
    """The formulas in force on the day, in the order of the table."""
    return [row for row in INDICATORS if row.since <= day and (row.until is None or day <= row.until)]


def computed(day: date) -> list[Indicator]:
    """Those of them that today's records allow."""
    return [row for row in current(day) if not row.coming]


def find(key: str, version: int) -> Indicator:
    """One formula, in force or not."""
    return next(row for row in INDICATORS if (row.key, row.version) == (key, version))


MODES = dict(ClosingMode.choices)
