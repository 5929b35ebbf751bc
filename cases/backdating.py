"""补录: what is entered late is entered with its reason and its paper, and stays marked."""

from datetime import datetime, timedelta

from cases import periods
from cases.calendar import Calendar
from cases.models import Material
from cases.refusals import Refused

CUSTODY = timedelta(hours=2)


def is_late(happened_at: datetime, entered_at: datetime, *, calendar: Calendar, custody: bool = False) -> bool:
    """More than one working day after it happened; for custody of a person, more than two hours."""
    if custody:
        return entered_at - happened_at > CUSTODY
    last = calendar.add_workdays(periods.local(happened_at).date(), 1)
    return periods.local(entered_at).date() > last


def check(
    happened_at: datetime,
    entered_at: datetime,
    *,
    calendar: Calendar,
    custody: bool = False,
    reason: str = "",
    material: Material | None = None,
) -> bool:
    """Whether the entry is back-dated; Refused when it is and reason or paper is missing."""
    if not is_late(happened_at, entered_at, calendar=calendar, custody=custody):
        return False
    if not reason.strip() or material is None:
        limit = "两小时" if custody else "一个工作日"
        raise Refused(f"发生后超过{limit}才录入，属补录：请填写补录原因并附证明材料。")
    return True
