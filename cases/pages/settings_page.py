"""「待院里确认」: every value the court may set or must confirm, beside the program's own, with what it does."""

from datetime import datetime
from urllib.parse import quote

from django.db.models import Count
from django.urls import reverse

from cases import clock, clock_moves, rights, settings_change
from cases.approvals import ACTS
from cases.clocks import shape
from cases.deadlines import RULES
from cases.models import CourtSetting, JournalEntry, WorkItem
from cases.periods import UNITS
from cases.settings_table import SETTINGS
from teams.actor import Actor

FIXED = {"SD": "当日", "SET": "按文书", "FIX": "按文书载明"}


def page(request, actor: Actor) -> dict:
    """Settings, clocks and acts; `?show=open` leaves what nobody has confirmed yet."""
    stored = {row.key: row for row in CourtSetting.objects.select_related("confirmed_by")}
    may, show = rights.may_office(actor, "settings_edit"), request.GET.get("show", "")
    rows = [_setting(setting, stored.get(setting.key), may) for setting in SETTINGS]
    clocks = [_clock(rule, stored.get(f"clock.{rule.key}"), may) for rule in RULES if rule.confirm]
    acts = [
        {"label": a.label, "chains": [f"{c.label}：{' → '.join(p.label for p in c.places)}" for c in a.chains]}
        for a in ACTS
        if a.confirm
    ]
    waiting = sum(not row["confirmed"] and not row["fixed"] for row in (*rows, *clocks))
    if show == "open":
        rows, clocks = ([r for r in part if not r["confirmed"] and not r["fixed"]] for part in (rows, clocks))
    return {
        "rows": rows,
        "clocks": clocks,
        "acts": acts if show != "open" else [],
        "waiting": waiting,
        "show": show,
        "may_edit": may,
        "may_calendar": rights.may_office(actor, "calendar_edit"),
    }


def _setting(setting, row: CourtSetting | None, may: bool) -> dict:
    value = row.value if row else setting.default
    fixed = setting.kind == "fixed"
    return _line(setting.key, setting.label, value, setting.default, row, may and not fixed) | {
        "why": setting.why,
        "effect": f"「{setting.comes}」启用后生效，现在只作登记" if setting.comes else setting.effect,
        "fixed": fixed,
    }


def _clock(rule, row: CourtSetting | None, may: bool) -> dict:
    key = f"clock.{rule.key}"
    why = {"why": rule.trigger, "law": rule.law}
    if settings_change.clock_rule(key) is None:
        words = FIXED.get(rule.counting, "按文书")
        return {"key": key, "label": rule.label, "value": words, "default": words, "fixed": True, "confirmed": ""} | why
    value = row.value if row else str(rule.length)
    urgent = "；".join(f"{name}：{_period(period)}" for name, period in rule.variants)
    return _line(key, rule.label, value, str(rule.length), row, may) | why | {"fixed": False, "urgent": urgent}


def _period(period: str) -> str:
    found = shape.read(period)
    return FIXED.get(found.counting) or f"{found.length} {UNITS[found.counting]}"


def _line(key: str, label: str, value: str, default: str, row: CourtSetting | None, may: bool) -> dict:
    said = settings_change.in_words if settings_change.known(key) else lambda _, text: text
    who = row.confirmed_by.name if row and row.confirmed_by else ""
    return {
        "key": key,
        "label": label,
        "value": said(key, value),
        "default": said(key, default),
        "changed": value != default,
        "confirmed": f"{who} {row.confirmed_on:%Y-%m-%d}".strip() if row and row.confirmed_on else "",
        "source": row.source if row else "",
        "url": reverse("cases:setting", args=[quote(key)]) if may else "",
    }


def edit(key: str) -> dict:
    """What the form of one value says above it: what it is, where it starts from, how many clocks run under it."""
    rule = settings_change.clock_rule(key)
    row = CourtSetting.objects.select_related("confirmed_by").filter(pk=key).first()
    facts = [("程序默认", settings_change.in_words(key, settings_change.default(key)))]
    if rule:
        running = WorkItem.objects.filter(open=True, rule=rule.key, length="").aggregate(n=Count("pk"))["n"]
        facts += [
            ("起算", rule.trigger),
            ("依据", rule.law),
            ("正在计算", f"{running} 件；个别事项另有指定期限的，不随之变更"),
        ]
    else:
        setting = next(each for each in SETTINGS if each.key == key)
        facts += [("说明", setting.why), ("影响", setting.effect)]
    if row and row.confirmed_on:
        who = row.confirmed_by.name if row.confirmed_by else ""
        facts.append(("上次确认", f"{who} {row.confirmed_on:%Y-%m-%d} {row.source}".strip()))
    return {"label": settings_change.label(key), "facts": facts, "key": key, "clock": bool(rule)}


def stored(key: str) -> dict:
    """What stands now, by the form's fields; the form merges it with what was sent (`cases.conflicts`)."""
    row = CourtSetting.objects.filter(pk=key).select_related("confirmed_by").first()
    row = row or CourtSetting(key=key, value=settings_change.default(key))
    return {name: getattr(row, name) for name in ("value", "confirmed_by", "confirmed_on", "source")}


def last_change(key: str) -> tuple[str, datetime] | None:
    """Who changed the setting last, and when."""
    rows = JournalEntry.objects.filter(what="note", key="setting", facts__key=key)
    last = rows.order_by("-pk").first()
    return (last.by_label, last.entered_at) if last else None


def preview(key: str, value: str) -> dict:
    found = settings_change.preview(key, value)
    return {
        "value": settings_change.in_words(key, value),
        "count": len(found),
        "moves": clock_moves.grouped(found),
        "seen": clock_moves.fingerprint(found, value),
        "late": sum(move.item.due_at < clock.now() for move in found),
    }
