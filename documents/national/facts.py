"""One row of an export, read: the case it is about, what it says of it, what it says has happened."""

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

from cases import numbers
from cases.context import Context
from cases.intake import values
from cases.intake.parties import OPEN_ENDED
from cases.periods import local
from documents.national.kinds import COLUMN, EVERYWHERE, MODES, NODE, NODE_NAMED, Kind
from documents.national.reading import Line

MOST = 200  # letters of what a difference keeps
CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})")


class Dated(NamedTuple):
    """The day of a node, as the row says it."""

    node: str
    day: date
    at: datetime
    subject: str = ""  # which payment
    who: str = ""  # which debtor, by name
    receipt: str = ""


@dataclass
class Told:
    """What one row says: `fields` as they are compared, `dated` as they are stated or compared."""

    row: int
    number: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    dated: list[Dated] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)


def read(line: Line, kind: Kind, ctx: Context) -> Told:
    told = Told(line.row, cells={key: values.text_of(cell)[:200] for key, cell in line.cells.items()})
    _number(line, told)
    for key, cell in line.cells.items():
        reader = READERS.get(COLUMN[key].reads)
        if reader and key in FIELD_OF:
            _field(told, key, cell, lambda cell=cell, key=key, reader=reader: reader(cell, line.units.get(key, "")))
    if "archived_on" in line.cells:
        cell = line.cells["archived_on"]
        _field(told, "archived_on", cell, lambda: _day_words(cell) and "已归档", into="archived")
    if kind.key == "node":
        _node(line, told, ctx)
    for column, node in kind.dates:
        serial = values.given(line.cells.get(kind.serial)) if kind.serial else ""
        _dated(line, told, ctx, column, node, subject=serial[:60])
    return told


def _number(line: Line, told: Told) -> None:
    text = values.text_of(line.cells.get("number"))
    number = numbers.parse(text) if text else None
    told.number = str(number) if number else text[:60]
    if not text:
        told.problems.append("案号：没有填写")
    elif number is None or number.suffix:
        told.problems.append(f"案号：「{text[:40]}」不是案号，应如（2026）豫0902执12号")
    elif not number.ours:
        told.problems.append(f"案号：是他院（{number.court}）的案件")


def _field(told: Told, key: str, cell: Any, read: Callable[[], str], into: str = "") -> None:
    """What a cell says, `into` the field of another name; an empty cell says nothing."""
    if not values.given(cell):
        return
    try:
        said = read()
    except (ValueError, OverflowError):
        what = "日期" if COLUMN[key].reads == "date" else "数额"
        told.problems.append(f"{COLUMN[key].names[0]}：「{values.text_of(cell)[:20]}」不是{what}")
        return
    if said:
        told.fields[into or key] = cut(said)


def _node(line: Line, told: Told, ctx: Context) -> None:
    name = plain(values.given(line.cells.get("node")))
    if not name:
        told.problems.append("节点名称：没有填写")
    elif name not in NODE_NAMED:
        told.problems.append(f"节点名称：「{name[:40]}」不在对应表内，没有采用")
    else:
        who, receipt = (values.given(line.cells.get(key)) for key in ("who", "receipt"))
        _dated(line, told, ctx, "day", NODE_NAMED[name], who=values.name_of(who)[:60], receipt=receipt[:60])


def _dated(line: Line, told: Told, ctx: Context, column: str, node: str, **more: str) -> None:
    cell = line.cells.get(column)
    if not values.given(cell):
        if column == "day":
            told.problems.append("完成日期：没有填写")
        return
    label = COLUMN[column].names[0]
    try:
        day = values.read_date(cell)
    except (ValueError, OverflowError):
        told.problems.append(f"{label}：「{values.text_of(cell)[:20]}」不是日期，应如 2026-11-20")
        return
    if day is None:
        return
    if day > ctx.today:
        told.problems.append(f"{label}：{day} 在将来，请核对")
    elif NODE[node].states and "serial" in line.cells and not more.get("subject"):
        told.problems.append("流水号：没有填写，不知是哪一笔")
    else:
        told.dated.append(Dated(node, day, moment(cell, day, ctx), **more))


def moment(cell: Any, day: date, ctx: Context) -> datetime:
    """The time the cell gives; a bare day is today's present moment, or the end of that day's office hours."""
    said = cell.time() if isinstance(cell, datetime) else None
    if not isinstance(cell, datetime) and (found := CLOCK.search(values.text_of(cell))):
        said = time(int(found[1]) % 24, int(found[2]) % 60)
    if not said and day == ctx.today:
        return ctx.now
    at = datetime.combine(day, said or ctx.settings.time("soft_end"), local(ctx.now).tzinfo)
    return min(at, ctx.now)


def plain(text: str) -> str:
    """Words without blanks, in one kind of brackets, as they are compared."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def people(texts: list[str]) -> str:
    """Names in one order; 「张三等3人」 names nobody else, so it is not compared."""
    if any(OPEN_ENDED.fullmatch(text) for text in texts):
        return ""
    return "、".join(sorted({plain(values.name_of(text)) for text in texts if text}))


def cut(words: str) -> str:
    """Words as they fit a difference; of long ones (many parties) a mark of the whole, so that none pass for equal."""
    return words if len(words) <= MOST else f"{words[: MOST - 20]}…#{hashlib.sha256(words.encode()).hexdigest()[:12]}"


def yuan(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _day_words(cell: Any, unit: str = "") -> str:
    day = values.read_date(cell)
    return day.isoformat() if day else ""


def _amount_words(cell: Any, unit: str) -> str:
    amount = values.read_amount(cell, unit)
    return "" if amount is None else yuan(amount)


READERS = {
    "text": lambda cell, unit: plain(values.given(cell)),
    "people": lambda cell, unit: people(values.many(cell)),
    "date": _day_words,
    "amount": _amount_words,
    "mode": lambda cell, unit: mode(plain(values.given(cell))),
}
FIELD_OF = set(EVERYWHERE) - {"number"}


def mode(words: str) -> str:
    return MODES.get(words, words)
