"""When an export was made: what the file says above its rows, what the package says, what the officer says. An older
export never takes the place of what a newer one said of the same thing."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from cases import context
from cases.intake.values import text_of
from cases.refusals import Refused
from documents.national import facts

LABEL = re.compile(r"(?:导出|制表|生成|打印|查询|统计截止|数据截止)(?:时间|日期|时刻)")
DAY = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?")
ASK = "请填写导出时刻：文件里没有写明。晚到的旧导出据此不会盖过新的。"


def stated(above: Iterable[Iterable]) -> datetime | None:
    """「导出时间：2026-11-20 16:05」 in a row above the headings, the value in the same cell or a later one."""
    for row in above:
        text = " ".join(filter(None, (text_of(cell) for cell in row)))
        label = LABEL.search(text)
        if label and (day := DAY.search(text, label.end())):
            return _moment(day[0], text[day.start() :])
    return None


def _moment(day: str, words: str) -> datetime | None:
    ctx = context.read()
    try:
        on = facts.values.read_date(re.sub(r"\s", "", day))
    except ValueError:
        return None
    return facts.moment(words[:40], on, ctx) if on and on <= ctx.today else None


def of_package(created: str) -> datetime | None:
    """The manifest's own moment; None where it is none, or lies ahead."""
    try:
        at = datetime.fromisoformat(created)
    except ValueError:
        return None
    at = at if timezone.is_aware(at) else timezone.make_aware(at)
    return min(at, context.read().now)


def settle(in_file: datetime | None, told: datetime | None) -> datetime:
    """What the file says goes before what is typed."""
    at = in_file or told
    if at is None:
        raise Refused(ASK)
    return past(at)


def past(at: datetime) -> datetime:
    if at > context.read().now:
        raise Refused("导出时刻不能晚于现在：请核对日期和时间。")
    return at
