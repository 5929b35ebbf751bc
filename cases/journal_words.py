"""Journal entries as sentences an officer reads: verb first, newest first, 补录 with both times."""

from urllib.parse import urlencode

from cases import hooks
from cases.calendar import WEEKDAYS
from cases.context import Context
from cases.deadlines import RULE
from cases.models import Case, JournalEntry
from cases.pages.lights import stamp
from cases.workflow import ClosingMode

WHAT = {
    "step": "流转",
    "item": "事项",
    "event": "事件",
    "approval": "审批",
    "material": "材料",
    "hand": "交接",
    "amend": "更正",
    "right": "权限",
    "note": "备注",
    "import": "导入",
    "read": "查阅",
}
FILTERS = ("step", "item", "event", "approval", "material", "hand", "amend")
SHOWN = (
    ("reason", "原因"),
    ("ground", "事由"),
    ("mode", "结案方式"),
    ("opinion", "意见"),
    ("note", "情况"),
    ("late_reason", "补录原因"),
    ("due", "届满"),
    ("until", "至"),
    ("number", "案号"),
)
PAGE = 50


def page(ctx: Context, case: Case, what: str, before: str, *, export: bool) -> dict:
    """One page of the story, of one kind or of all, from the newest on; `before` is the key of the last one shown."""
    rooms = {key: label for key, (label, _) in hooks.told.items() if key not in hooks.caseless}
    filters = {key: WHAT[key] for key in FILTERS} | rooms
    what = what if what in filters else ""
    rows = case.journal.order_by("-id")
    if what:
        rows = rows.filter(what=what)
    if before.isdigit():
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    address = f"/cases/{case.pk}/?"
    kinds = [("", "全部"), *filters.items()]
    more = {"tab": "journal", "what": what, "before": found[PAGE - 1].pk} if len(found) > PAGE else None
    return {
        "entries": days(ctx, found[:PAGE]),
        "kinds": [
            {"label": label, "on": key == what, "url": address + urlencode({"tab": "journal", **({"what": key} if key else {})})}
            for key, label in kinds
        ],
        "earlier": address + urlencode(more) if more else "",
        "latest": address + urlencode({"tab": "journal", "what": what}) if before.isdigit() else "",
        "export": f"/cases/{case.pk}/journal/export/" + (f"?what={what}" if what else "") if export else "",
    }  # fmt: skip


def days(ctx: Context, rows: list[JournalEntry]) -> list[dict]:
    """Entries with a heading where a new day begins."""
    found, last = [], None
    for row in rows:
        day = row.happened_at.astimezone(ctx.now.tzinfo).date()
        heading = "" if day == last else f"{day:%Y-%m-%d} 周{WEEKDAYS[day.weekday()]}"
        found.append({**entry(ctx, row), "day": heading})
        last = day
    return found


def lines(ctx: Context, case: Case, limit: int) -> list[dict]:
    return [entry(ctx, row) for row in case.journal.order_by("-id")[:limit]]


def entry(ctx: Context, row: JournalEntry) -> dict:
    return {
        "id": row.pk,
        "key": key(row),
        "what": WHAT.get(row.what) or hooks.told.get(row.what, (row.what,))[0],
        "text": sentence(row),
        "detail": "；".join(details(row)),
        "who": f"{ctx.roster.name(row.by_id)} {row.by_label}".strip() if row.by_id else "系统",
        "by": ctx.roster.name(row.by_id) or "系统",
        "at": stamp(ctx, row.happened_at),
        "entered": stamp(ctx, row.entered_at) if row.backdated else "",
        "backdated": row.backdated,
        "happened_at": row.happened_at,
        "entered_at": row.entered_at,
    }


def key(row: JournalEntry) -> bool:
    """Key events have a filled dot: what moves the case, what is decided, a measure in force."""
    return row.what in ("step", "approval") or row.key in ("measure_effective", "hold", "standing", "pause")


def sentence(row: JournalEntry) -> str:
    """Verb first: 分流快执，移至快执六团队 · 办结「线下查控」 · 登记「网络查控已反馈」 · 转交「…」给苏世杰."""
    verb, _, object_ = row.label.partition("：")
    facts = row.facts
    if row.what == "step":
        return f"{row.label}，移至{facts['team']}" if facts.get("team") and facts.get("left") else row.label
    if row.what == "hand" and object_:
        to = facts.get("person") or facts.get("to") or ""
        return f"{verb}「{object_}」" + (f"给{facts.get('team', '')} {to}" if to and verb != "接手" else "")
    if row.what == "item" and row.key in RULE and RULE[row.key].kind == "tick":
        return f"登记「{verb}」：{object_}"
    if row.what in ("item", "material") and object_:
        return f"{verb}「{object_}」"
    if row.what == "event" and row.key not in ("hold", "lift_hold", "standing"):
        subject = facts.get("subject", "")
        return f"登记「{row.label}」" + (f"（{subject}）" if subject and ":" not in subject else "")
    return row.label


def details(row: JournalEntry) -> list[str]:
    facts = row.facts
    found = [f"{label} {said(name, facts[name])}" for name, label in SHOWN if facts.get(name)]
    found += [f"{label}：{before} → {after}" for label, before, after in facts.get("changes", ())]
    for name, label in (("opened", "新事项"), ("finished", "办结"), ("closed", "办结"), ("cancelled", "终止")):
        keys = facts.get(name)
        if isinstance(keys, list) and (known := [RULE[key].label for key in keys if key in RULE]):
            found.append(f"{label}：{'、'.join(known)}")
    return found


def said(name: str, value) -> str:
    """Codes of the program in the words of the court."""
    if name == "mode":
        return dict(ClosingMode.choices).get(value, value)
    return str(value)
