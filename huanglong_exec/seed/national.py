"""What the national system says in the demo: an export in which a few cases differ, one node that was done over there,
one row of a case that is not here."""

from cases import clock
from cases.models import Case
from documents.models import Difference
from documents.national import differences, ours, taking
from documents.national.kinds import COLUMN

from . import officers
from .shelve import work_off

CHANGED: tuple[dict[str, str], ...] = (
    {"cause": "买卖合同纠纷"}, {"filed_on": "2026-01-08"}, {"amount": "186500.00"}, {"handler": "周文斌"}, {"debtors": "濮阳市某商贸有限公司"},
    {"closing_mode": "执行完毕", "closed_on": "2026-01-15"}, {}, {},
)  # fmt: skip


def play(scene) -> None:
    """The list of filings of this morning, the nodes, the money: read in as the clerk of quality would."""
    with clock.at(scene.day(0, 8)):
        by = officers.actor("quality", "clerk")
        cases = list(
            Case.objects.filter(stage__in=("fast", "regular"), confidential=False).order_by("pk")[: len(CHANGED)]
        )
        here = ours.fields(cases, ("filed_on", "cause", "amount", "creditors", "debtors", "handler"))
        rows = [_row(case, {**here[case.pk], **changed}) for case, changed in zip(cases, CHANGED, strict=False)]
        taking.begin("filing", "执行系统收案清单.xlsx", by, clock.now(), rows=rows)
        day = str(clock.today())
        nodes = [{"案号": case.number, "节点名称": "启动传统查控", "完成日期": day} for case in cases[:2]]
        taking.begin(
            "node",
            "执行系统节点.xlsx",
            by,
            clock.now(),
            rows=[*nodes, {**nodes[0], "案号": f"（{day[:4]}）豫0902执99999号"}],
        )
        money = [
            {"案号": case.number, "流水号": f"AK{day[:4]}{case.pk:05}", "到账日期": day, "累计到位": "12000.00"}
            for case in cases[2:4]
        ]
        taking.begin("money", "执行系统案款.xlsx", by, clock.now(), rows=money)
        work_off(taking.JOB)
        settled = Difference.objects.filter(field="cause").first()
        if settled:
            differences.settle(settled, "theirs", "立案庭录错案由，已申请执行系统更正", by)


def _row(case: Case, told: dict[str, str]) -> dict[str, str]:
    said = {
        key: told[key]
        for key in ("filed_on", "cause", "amount", "creditors", "debtors", "handler", "closing_mode", "closed_on")
        if told.get(key)
    }
    return {"案号": case.number, **{COLUMN[key].names[0]: text for key, text in said.items()}}
