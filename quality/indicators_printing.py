"""Table 6 as Markdown and JSON, like the other five (`cases.printing`)."""

from cases.printing import markdown
from cases.workflow import Kind
from quality.indicators import CASES, INDICATORS, UNITS, Indicator, Term
from quality.populations import POPULATION

ROOMS = {"funds": "案款", "enforcement": "终本核查", "preservation": "保全"}


def rows() -> list[dict]:
    return [
        {
            **row._asdict(),
            "formula": row.formula,
            "numerator": _term(row.numerator),
            "denominator": _term(row.denominator),
            "kinds": list(row.kinds),
            "reference": row.reference._asdict() if row.reference else None,
            "since": str(row.since),
            "until": str(row.until) if row.until else None,
        }
        for row in INDICATORS
    ]


def _term(term: Term | None) -> dict | None:
    return None if term is None else {"population": term.population, "measure": term.measure, "label": term.label}


def indicators_markdown() -> str:
    head = ("键", "指标", "版", "公式", "单位", "案件类型", "参考区间", "参考来源", "依据", "说明", "状态")
    notes = [
        "公式不改：口径变了就另立一版，写明起用日期；旧版注明截止日期，仍可查阅，已发布的通报按当时的版本解释。",
        "结案、收案均不含已撤销登记和自编号事项（保全审查、委托、信访）；撤销结案的案件按未结计。结案日期按法定结案日（送达、公告或交邮之日）。",
        "按团队统计时，已结案件归结案团队，未结案件归现承办团队；团队按编制顺序列出，不对个人统计，不排名。分母为零时显示「—」。",
        f"统计对象：{'；'.join(f'{row.label}（`{row.key}`）' for row in POPULATION.values())}。",
    ]  # fmt: skip
    return markdown("表六　质效指标", notes, head, (_row(row) for row in INDICATORS))


def _row(row: Indicator) -> tuple[str, ...]:
    reference = row.reference
    used = f"自 {row.since}" + (f"至 {row.until}" if row.until else "")
    return (
        f"`{row.key}`", row.label, str(row.version), row.formula, UNITS[row.unit], kinds(row.kinds),
        reference.words if reference else "未公布，待院里确认", reference.source if reference else "", row.law,
        row.note if row.numerator else "", f"待建（{ROOMS[row.coming]}）" if row.coming else used,
    )  # fmt: skip


def kinds(keys: tuple[str, ...]) -> str:
    return "可筛选" if keys == CASES else "、".join(Kind(key).label for key in keys)
