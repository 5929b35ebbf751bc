"""Journal entries as sentences an officer reads: verb first, newest first, 补录 marked."""

from cases.context import Context
from cases.deadlines import RULE
from cases.models import Case
from cases.pages.lights import stamp

WHAT = {
    "step": "流转",
    "item": "事项",
    "event": "登记事件",
    "approval": "审批",
    "material": "材料",
    "hand": "交接",
    "read": "查阅",
    "right": "权限",
    "note": "备注",
    "import": "导入",
}
SHOWN = (
    ("team", "移至"),
    ("person", "承办"),
    ("reason", "原因"),
    ("mode", "结案方式"),
    ("opinion", "意见"),
    ("note", "情况"),
    ("due", "届满"),
    ("number", "案号"),
)


def lines(ctx: Context, case: Case, limit: int) -> list[dict]:
    rows = case.journal.order_by("-id")[:limit]
    return [entry(ctx, row) for row in rows]


def entry(ctx: Context, row) -> dict:
    opened = [RULE[key].label for key in row.facts.get("opened", ()) if key in RULE]
    detail = [f"{label} {row.facts[key]}" for key, label in SHOWN if row.facts.get(key)]
    if opened:
        detail.append("新事项：" + "、".join(opened))
    return {
        "id": row.pk,
        "key": row.what in ("step", "approval"),
        "what": WHAT.get(row.what, row.what),
        "text": row.label,
        "detail": "；".join(detail),
        "who": f"{ctx.roster.name(row.by_id)} {row.by_label}".strip() if row.by_id else "系统",
        "at": stamp(ctx, row.happened_at),
        "entered": f"录入 {stamp(ctx, row.entered_at)}" if row.backdated else "",
        "backdated": row.backdated,
    }
