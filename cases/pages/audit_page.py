"""操作审计: the journal as the audit administrator reads it."""

from cases import context, lists
from cases.approvals import ACT
from cases.deadlines import ANCHOR, RULE
from cases.models import JournalEntry
from cases.pages.lights import stamp
from cases.workflow import STEP

KINDS = {
    "step": "步骤", "item": "事项", "event": "事件", "approval": "审批", "material": "材料", "right": "权限", "read": "查看",
    "hand": "交接", "note": "维护", "import": "导入", "job": "系统",
}  # fmt: skip


AUDITED = {
    "register": "立案接收", "import": "导入立案清单", "export": "导出", "reveal": "查看证件电话全文", "secret_volume": "打开副卷",
    "file": "材料入卷", "void": "材料作废", "grant": "登记回避、授权", "revoke": "撤销回避、授权", "hold": "不得处分",
    "lift_hold": "解除不得处分", "pause": "暂停计期", "resume_clock": "恢复计期", "confirm_pause": "确认补录的暂停",
    "standing": "变更被执行人地位", "later_visit": "补接待", "leaver": "离岗交接", "calendar": "发布节假日安排",
    "prune": "清理到期数据", "slip_sent": "移送立案表发出", "slip_answered": "立案号登记", "slip_number": "案号已到",
    "ask": "报请", "sign": "签署", "reject": "退回", "withdraw": "撤回报请", "reroute": "改由他人签署", "stale": "报请内容变动",
    "attach": "附签批扫描件", "confirm": "确认签批扫描件", "explain": "超期说明", "nudge": "催办",
}  # fmt: skip


def kind_label(entry: JournalEntry) -> str:
    """What was done, in the words of the tables: never the sentence of the case."""
    for table in (RULE, ANCHOR, STEP, ACT):
        if entry.key in table:
            return table[entry.key].label
    return AUDITED.get(entry.key, entry.key)


def audit(request) -> dict:
    ctx = context.read()
    rows = JournalEntry.objects.all()
    who, number, what = (request.GET.get(key, "").strip() for key in ("who", "number", "what"))
    if who:
        people = [pk for pk, (name, _) in ctx.roster.names.items() if who in name]
        rows = rows.filter(by__in=people)
    if number:
        rows = rows.filter(case__number__contains=number)
    if what:
        rows = rows.filter(what=what if what in KINDS else "")
    page = lists.keyset(rows.select_related("case"), "pk", request.GET.get("after", ""), descending=True)
    return {
        "rows": [
            {
                "at": stamp(ctx, e.entered_at),
                "happened": stamp(ctx, e.happened_at) if e.backdated else "",
                "who": f"{ctx.roster.name(e.by_id)} {e.by_label}".strip() or "系统",
                "kind": KINDS.get(e.what, e.what),
                "what": kind_label(e),
                "number": e.case.number if e.case else e.stream,
                "hash": e.hash[:12],
            }
            for e in page.rows
        ],
        "given": {"who": who, "number": number, "what": what},
        "kinds": list(KINDS.items()),
        "next": lists.link(request.path, list(request.GET.items()), page.next),
        "previous": lists.link(request.path, list(request.GET.items()), page.previous),
    }
