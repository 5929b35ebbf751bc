"""分流登记: decisions of a span of days as a file, with the figures each was made by."""

from contextlib import suppress
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cases import clock, dates, rights
from cases.pages.export_lists import Listing
from cases.pages.names import line, parties_of
from quality.criteria import CRITERION
from quality.models import TriageDecision
from teams.actor import Actor

MOST = 5000
COLUMNS = [
    ("分流时间", "moment"), ("案号", "number"), ("当事人", "wide"), ("标的", "amount"), ("规则建议", "short"), ("分流标准", "wide"),
    ("依据", "text"), ("理由", "wide"), ("决定", "short"), ("改变建议的理由", "wide"), ("团队", "text"), ("团队的确定", "short"),
    ("团队当时在办", "short"), ("同一被执行人", "short"), ("各团队在办", "wide"), ("办理人", "short"),
]  # fmt: skip


def listing(request, actor: Actor) -> Listing:
    first, last = (day(request.GET.get(name, "")) for name in ("from", "to"))
    start, end = midnight(min(first, last)), midnight(max(first, last) + timedelta(days=1))
    found = (
        TriageDecision.objects.filter(at__gte=start, at__lt=end, case__in=rights.visible(actor))
        .select_related("case", "team", "by")
        .order_by("at", "id")
    )
    given = {"from": str(first), "to": str(last)}
    return Listing(
        "triage", "分流登记", "/triage/?tab=done", given, f"分流日期：{first} 至 {last}", COLUMNS, found[: MOST + 1].count(), MOST,
        lambda: rows(list(found[:MOST])),
    )  # fmt: skip


def day(text: str) -> date:
    with suppress(ValueError):
        return dates.read_date(text)
    return clock.today()


def midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min), clock.now().tzinfo)


def rows(found: list[TriageDecision]) -> list[dict]:
    parties = parties_of([row.case for row in found])
    return [_row(row, line(row.case, parties)) for row in found]


def _row(row: TriageDecision, parties: str) -> dict:
    own: dict = next((each for each in row.figures if each["team_id"] == row.team_id), {})
    criterion = CRITERION.get(row.criterion)
    return {
        "分流时间": row.at,
        "案号": row.case.number,
        "当事人": parties,
        "标的": row.case.amount or None,
        "规则建议": row.get_proposed_display(),
        "分流标准": criterion.text if criterion else row.criterion,
        "依据": criterion.law if criterion else "",
        "理由": "；".join(row.reasons),
        "决定": row.get_track_display(),
        "改变建议的理由": row.reason,
        "团队": row.team.name,
        "团队的确定": row.get_how_display(),
        "团队当时在办": str(own.get("open", "")),
        "同一被执行人": str(own.get("same", "")),
        "各团队在办": "、".join(
            f"{each['team']} {each['open']}{'（回避）' if each['barred'] else ''}" for each in row.figures
        ),
        "办理人": row.by.name if row.by else "系统",
    }
