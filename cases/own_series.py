"""The series of numbers the bureau keeps itself: 保审, 委, 访, and 执恢, 执保 where 立案庭 does not number."""

from django.db import transaction
from django.db.models import Max

from cases import numbers
from cases.models import Case, OwnSerial


def next_own(series: str, year: int) -> str:
    """Take the next number of a series kept here; the row lock makes it the only one."""
    with transaction.atomic():
        OwnSerial.objects.get_or_create(series=series, year=year)
        row = OwnSerial.objects.select_for_update().get(series=series, year=year)
        used = Case.objects.filter(type_code=series, year=year).aggregate(top=Max("serial"))["top"] or 0
        row.last = max(row.last, used) + 1
        row.save(update_fields=["last"])
    return numbers.serial(series, year, row.last)
