"""Pages of a list: keyset, never an offset; counts capped; only sorts that have an index.

A list is walked by one column and the key. The cursor in the URL carries both of the last row shown.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

PAGE = 50
CAP = 1000


class Page(NamedTuple):
    """Rows of one page and the cursors to its neighbours ('' where there is none)."""

    rows: list[Any]
    next: str
    previous: str


def keyset(rows: QuerySet, column: str, cursor: str = "", *, descending: bool = False, size: int = PAGE) -> Page:
    """One page after (or, with a cursor that begins with '-', before) the cursor; the key breaks ties."""
    back = cursor.startswith("<")
    forward = descending == back
    if place := _place(rows, column, cursor):
        rows = rows.filter(_beyond(column, *place, forward))
    else:
        back, forward, cursor = False, not descending, ""
    order = [column, "pk"] if column != "pk" else ["pk"]
    signs = "" if forward else "-"
    found = list(rows.order_by(*(signs + name for name in order))[: size + 1])
    more = len(found) > size
    found = found[:size]
    if back:
        found.reverse()
    if not found:
        return Page([], "", "")
    first, last = _cursor(found[0], column), _cursor(found[-1], column)
    has_next, has_previous = (True, more) if back else (more, bool(cursor))
    return Page(found, last if has_next else "", f"<{first}" if has_previous else "")


def _beyond(column: str, value, pk: int, forward: bool) -> Q:
    """Rows after (value, pk); the first condition lets the index start there."""
    way = "gt" if forward else "lt"
    if column == "pk":
        return Q(**{f"pk__{way}": pk})
    return Q(**{f"{column}__{way}e": value}) & (Q(**{f"{column}__{way}": value}) | Q(**{f"pk__{way}": pk}))


def _cursor(row, column: str) -> str:
    value = row.pk if column == "pk" else getattr(row, column)
    return f"{value.isoformat() if isinstance(value, date | datetime) else value}~{row.pk}"


def _place(rows: QuerySet, column: str, cursor: str) -> tuple[Any, int] | None:
    """Value and key of the row the cursor names; None, the first page, where somebody has broken it."""
    value, _, pk = cursor.lstrip("<").rpartition("~")
    if not re.fullmatch(r"[0-9]{1,18}", pk):
        return None
    if column == "pk":
        return None, int(pk)
    try:
        return rows.model._meta.get_field(column).to_python(value), int(pk)
    except (ValidationError, ValueError):
        return None


def capped(rows: QuerySet, *order: str, cap: int = CAP) -> str:
    """The number of rows, at most `cap`: 「1000+」. In the list's own order, so that its index is walked."""
    count = rows.order_by(*order)[: cap + 1].count()
    return f"{cap}+" if count > cap else str(count)


def link(path: str, parameters: Sequence[tuple[str, str]], cursor: str) -> str:
    """The URL of the neighbouring page with the same filters."""
    kept = [(key, value) for key, value in parameters if key != "after" and value]
    return f"{path}?{urlencode([*kept, ('after', cursor)])}" if cursor else ""
