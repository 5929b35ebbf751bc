"""Dates and moments as officers type them: 20261123, 2026-11-23, 11-23, 11.23, 今天, 昨天, +3; times 9:30, 0930."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from cases import clock

WRITTEN = re.compile(r"(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
FIRST_YEAR = 1949  # no paper of a court of today is older
WORDS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1, "后天": 2}


def read_date(text: str) -> date:
    """A date from what was typed, in full width too; ValueError with a sentence for the officer. Without a year, of this one."""
    said, text = text.strip(), unicodedata.normalize("NFKC", text).strip()
    today = clock.today()
    if text in WORDS:
        return today + timedelta(days=WORDS[text])
    if match := re.fullmatch(r"([+-])(\d{1,3})", text):
        return today + timedelta(days=int(match[1] + match[2]))
    found = WRITTEN.fullmatch(re.sub(r"\s*([-./年月])\s*", r"\1", text))
    try:
        year, month, day = (
            (found[1] or found[4] or today.year, found[2] or found[5], found[3] or found[6]) if found else (0, 0, 0)
        )
        day = date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"「{said}」不是日期：请写成 2026-11-23、11-23、今天 或 +3。") from None
    if day.year < FIRST_YEAR:
        raise ValueError(f"「{said}」的年份早于 {FIRST_YEAR} 年：请核对。")
    return day


def read_time(text: str) -> time:
    digits = re.fullmatch(r"(\d{1,2})[:：]?(\d{2})", text.strip())
    try:
        hour, minute = digits.groups() if digits else ("", "")
        return time(int(hour), int(minute))
    except (TypeError, ValueError):
        raise ValueError(f"「{text}」不是时间：请写成 9:30 或 0930。") from None


def read_moment(day: str, at: str) -> datetime:
    """A moment from both; without a time the present one on today, noon on another day."""
    on = read_date(day)
    now = clock.now()
    if at.strip():
        return datetime.combine(on, read_time(at), now.tzinfo)
    return now if on == now.date() else datetime.combine(on, time(12), now.tzinfo)
