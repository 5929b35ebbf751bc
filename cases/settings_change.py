"""One value of 「待院里确认」 changed: checked, previewed on the clocks it moves, saved and journalled in one act."""

from datetime import date, time

import pghistory
from django.db import transaction

from cases import clock_moves, context, journal, rights
from cases.clock_moves import Move
from cases.deadlines import RULE
from cases.models import CourtSetting
from cases.periods import UNITS
from cases.refusals import Refused
from cases.settings_table import FLAGS, SETTING, Settings
from teams.actor import Actor
from teams.models import User

MOST = 3660  # days, the longest period anybody counts in
TEXT = 100  # characters of a text that papers print


def clock_rule(key: str):
    """The rule of table 3 whose length this key sets, if the court may set it."""
    rule = RULE.get(key.removeprefix("clock.")) if key.startswith("clock.") else None
    return rule if rule and rule.confirm and rule.length is not None else None


def known(key: str) -> bool:
    """Whether it is a value that can be changed at all."""
    return clock_rule(key) is not None or (key in SETTING and SETTING[key].kind != "fixed")


def label(key: str) -> str:
    rule = clock_rule(key)
    return f"期限：{rule.label}" if rule else SETTING[key].label


def in_words(key: str, value: str) -> str:
    """「5 个工作日」「是」「500,000 元」"""
    if rule := clock_rule(key):
        return f"{value} {UNITS.get(rule.counting, '日')}"
    setting = SETTING[key]
    if setting.kind in ("flag", "auto"):
        return FLAGS.get(value, value)
    number = f"{int(value):,}" if setting.kind == "number" and value.isdigit() else value
    return f"{number} {setting.unit}".strip()


def default(key: str) -> str:
    rule = clock_rule(key)
    return str(rule.length) if rule else SETTING[key].default


def read(key: str, text: str) -> str:
    """The value as it is stored; Refused says what it should look like."""
    kind = "number" if clock_rule(key) else SETTING[key].kind
    if kind == "text":
        return _text(key, text)
    text = text.strip().replace("：", ":").replace(",", "").replace("，", "")
    if kind == "number" and (not text.isdigit() or not 0 < int(text) <= (MOST if clock_rule(key) else 10**9)):
        raise Refused(f"应为大于零的整数，如 {default(key)}。")
    if key == "quality_sample" and int(text) > 100:
        raise Refused("比例不能超过 100。")
    if kind in ("flag", "auto") and text not in (FLAGS if kind == "auto" else ("0", "1")):
        raise Refused("请选择「是」或「否」。")
    if kind == "time":
        try:
            return f"{time.fromisoformat(text.zfill(5)):%H:%M}"
        except ValueError as error:
            raise Refused(f"应为时间，如 {default(key)}。") from error
    return text


def _text(key: str, text: str) -> str:
    """What papers print: one line, not empty, at most a hundred characters."""
    text = " ".join(text.split())
    if not text or len(text) > TEXT:
        raise Refused(f"请填写{SETTING[key].label}，不超过 {TEXT} 字。")
    return text


def preview(key: str, value: str) -> list[Move]:
    """Which running due dates move; nothing is written. Only a clock's own length moves what already runs."""
    return _moves(key, value)


def _moves(key: str, value: str, *, lock: bool = False) -> list[Move]:
    rule = clock_rule(key)
    if rule is None:
        return []
    ctx = context.read()
    after = ctx._replace(settings=Settings({**ctx.settings.stored, key: value}))
    items = clock_moves.running().filter(rule=rule.key, length="")
    return [move for batch in clock_moves.moves(after, items, lock=lock) for move in batch]


@transaction.atomic
def save(
    key: str,
    value: str,
    by: Actor,
    *,
    confirmed_by: User | None = None,
    confirmed_on: date | None = None,
    source: str = "",
) -> int:
    """Store the value and recompute what the preview showed, in the same act; returns how many clocks moved."""
    rights.require_office(by, "settings_edit")
    row = CourtSetting.objects.select_for_update().filter(pk=key).first()
    before = row.value if row else default(key)
    moved = _moves(key, value, lock=True) if value != before else []
    with pghistory.context(user=by.user_id, what="院里确认事项"):
        CourtSetting.objects.update_or_create(
            key=key,
            defaults={"value": value, "confirmed_by": confirmed_by, "confirmed_on": confirmed_on, "source": source},
        )
    words = f"{label(key)}：{in_words(key, before)} → {in_words(key, value)}"
    facts = {
        "key": key,
        "before": before,
        "after": value,
        "confirmed_by": confirmed_by.name if confirmed_by else "",
        "confirmed_on": confirmed_on.isoformat() if confirmed_on else "",
        "source": source,
        "moved": len(moved),
    }
    journal.write([journal.Line(None, "note", "setting", words, facts)], by)
    return len(moved)
