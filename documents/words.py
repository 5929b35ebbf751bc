"""The words of a paper: what its drafter is asked, and the blocks that come of it.

`templates/documents/<key>.txt` is the court's to edit. Above a line `---` each `? name Label = default` asks for one
value (`name*` must be given, `?+` takes several lines, `??` a comment); the default is itself written in the language of
the words. Below stands the body (`documents.language`, `documents.layout`). Titles, number, signatures, date and seal
are not in it: drawing does them from table 5.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.template import Template, TemplateSyntaxError

from documents.blocks import Block
from documents.labels import LABELS
from documents.language import compile_words, fill
from documents.layout import BadWords, blocks_of
from documents.signs import BREAK, unshield

ASK = re.compile(r"\?(\+?) (\w+)(\*?) ([^=]+?)(?: ?= ?(.*))?")


class Asked(NamedTuple):
    """One value the drafter is asked for; `default` is written in the language of the words."""

    name: str
    label: str
    default: str = ""
    required: bool = False
    long: bool = False


class Rendered(NamedTuple):
    """The paper as blocks, and the labels of what is missing: it cannot be issued before the list is empty."""

    blocks: list[Block]
    missing: list[str]


class Words(NamedTuple):
    asked: tuple[Asked, ...]
    body: Template
    defaults: dict[str, Template]


def folder() -> Path:
    return settings.BASE_DIR / "templates" / "documents"


def asked(kind: str) -> list[Asked]:
    """What the drafter of this kind (a key of table 5) is asked, in order. FileNotFoundError without words."""
    return list(read(kind).asked)


def proposals(kind: str, context: Mapping[str, Any]) -> dict[str, str]:
    """The answers proposed: a room's own value by that name, else the default with the values in it.

    What the default lacks stands in it between ⟦ and ⟧, and `render` counts it as missing until it is typed over.
    """
    words = read(kind)
    found: dict[str, str] = {}
    for each in words.asked:
        given = context.get(each.name)
        if given not in (None, ""):
            found[each.name] = as_typed(given)
        elif each.default:
            text, _ = fill(words.defaults[each.name], {**context, **found}, LABELS)
            found[each.name] = typed(text)
        else:
            found[each.name] = ""
    return found


def render(kind: str, context: Mapping[str, Any]) -> Rendered:
    """The blocks of the paper. `context` holds the case's values and what the drafter answered, by name.

    An answer that is not in `context` is the proposed one; one that is there and empty stays empty.
    """
    words = read(kind)
    labels = {**LABELS, **{each.name: each.label for each in words.asked}}
    values = {**proposals(kind, context), **context}
    text, missing = fill(words.body, values, labels)
    missing += [each.label for each in words.asked if each.required and not str(values[each.name] or "").strip()]
    return Rendered(blocks_of(text), list(dict.fromkeys(missing)))


def read(kind: str) -> Words:
    """The words as they stand in the file now: read again when it has changed."""
    path = folder() / f"{kind}.txt"
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=512)
def _read(path: Path, _changed: int) -> Words:
    try:
        return parse(path.read_text(encoding="utf-8"))
    except (BadWords, TemplateSyntaxError) as error:
        raise BadWords(f"{path.name}：{error}") from error


def parse(text: str) -> Words:
    """Words from a text; BadWords or TemplateSyntaxError says what cannot be read."""
    head, line, body = text.partition("---\n")
    if not line:
        raise BadWords("缺少分隔所问事项与正文的一行 ---。")
    found: list[Asked] = []
    for each in filter(None, (line.strip() for line in head.splitlines())):
        if each.startswith("??"):
            continue
        match = ASK.fullmatch(each)
        if not match:
            raise BadWords(f"读不懂这一行：{each}")
        found.append(Asked(match[2], match[4].strip(), match[5] or "", bool(match[3]), bool(match[1])))
    if twice := {each.name for each in found if [other.name for other in found].count(each.name) > 1}:
        raise BadWords(f"重复的名称：{'、'.join(sorted(twice))}")
    defaults = {each.name: compile_words(each.default.replace("\\n", "\n")) for each in found if each.default}
    return Words(tuple(found), compile_words(body), defaults)


def as_typed(value: Any) -> str:
    """A room's value as the drafter would have typed it: rows as lines with their cells apart by ｜."""
    if isinstance(value, list | tuple):
        return "\n".join(row if isinstance(row, str) else "｜".join(str(cell or "") for cell in row) for row in value)
    return str(value)


def typed(text: str) -> str:
    """A filled default as it stands in the form."""
    return unshield(text).replace(BREAK, "\n").strip()
