"""The rows of the queue as HTML: fifty of them are drawn again every twenty seconds on every counter."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from cases.pages.lights import lamp
from cases.pages.row_template import RowTemplate

ROW, PICK, NAME = (RowTemplate(f"reception/_queue_{part}.html") for part in ("row", "pick", "name"))
NOTHING, HERE, CURRENT = SafeString(), SafeString(" cur"), SafeString(' aria-current="true"')


def body(rows: list[dict], current: int) -> SafeString:
    return SafeString("".join(ROW.render({**row, **_drawn(row, current)}) for row in rows))


def _drawn(row: dict, current: int) -> dict[str, SafeString]:
    here = bool(row["case"]) and row["case"] == current
    given = {**row, "current": CURRENT if here else NOTHING}
    return {
        "on": HERE if here else NOTHING,
        "check": PICK.render(row) if row["pick"] else SafeString("<span></span>"),
        "number_tag": format_html('<b class="tag bl">{}</b>', row["ticket"]) if row["ticket"] else NOTHING,
        "name": NAME.render(given) if row["url"] else format_html('<span class="cn">{}</span>', row["number"]),
        "mark": _mark(row),
    }


def _mark(row: dict) -> SafeString:
    """The light of the duty, or what the record still lacks."""
    if row["light"]:
        return lamp(**row["light"])
    if not row["tag"]:
        return NOTHING
    lacks = format_html(' title="{}"', row["lacks"]) if row.get("lacks") else NOTHING
    return format_html('<span class="tag am"{}>{}</span>', lacks, row["tag"])
