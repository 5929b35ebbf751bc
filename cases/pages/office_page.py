"""Contexts of the office pages: the day's end, escalation sheets, slips, settings, calendar, audit."""

from django.urls import reverse

from cases import calendar_change, context, lists, lists_of_day, rights
from cases.approvals import ACT, ACTS
from cases.deadlines import ANCHOR, RULE, RULES
from cases.models import CalendarYear, CourtSetting, Escalation, FilingSlip, JournalEntry
from cases.pages import queue_rows
from cases.pages.lights import short, stamp
from cases.pages.names import line, parties_of
from cases.settings_table import SETTINGS
from cases.workflow import STEP
from teams.actor import Actor


def today(actor: Actor) -> dict:
    """Every team with same-day duties today: all, cleared, left; officers see their own team's line."""
    ctx = context.read()
    rows = []
    for team_id, total, left in lists_of_day.counts(ctx):
        if actor.kind in ("leadership", "quality") or team_id == actor.team_id:
            team = ctx.roster.team(team_id)
            rows.append(
                {
                    "team": team.name,
                    "total": total,
                    "done": total - left,
                    "left": left,
                    "url": f"/queue/{team_id}/?due=today",
                    "mine": team_id == actor.team_id,
                }
            )
    return {
        "rows": rows,
        "soft_end": ctx.settings.get("soft_end"),
        "hard_end": ctx.settings.get("hard_end"),
        "date": f"{ctx.today:%Y-%m-%d}",
    }


def escalations(request, actor: Actor) -> dict:
    ctx = context.read()
    sheets = Escalation.objects.select_related("team", "approval")
    if actor.kind not in ("leadership", "quality"):
        sheets = sheets.filter(team_id=actor.team_id)
    page = lists.keyset(sheets, "pk", request.GET.get("after", ""), descending=True)
    rows = [
        {
            "team": s.team.name,
            "rule": RULE[s.rule].label,
            "day": short(s.day, ctx.today),
            "count": n,
            "state": state(s),
            "url": f"/escalations/{s.pk}/",
        }
        for s, n in zip(page.rows, _counts(page.rows), strict=True)
    ]
    return {
        "rows": rows,
        "next": lists.link(request.path, [], page.next),
        "previous": lists.link(request.path, [], page.previous),
    }


def _counts(sheets) -> list[int]:
    from django.db.models import Count

    counts = dict(Escalation.objects.filter(pk__in=[s.pk for s in sheets]).values_list("pk").annotate(Count("rows")))
    return [counts.get(s.pk, 0) for s in sheets]


def state(sheet: Escalation) -> str:
    if sheet.decision:
        return sheet.get_decision_display() + (f"（{sheet.rectify_by:%m-%d} 前）" if sheet.rectify_by else "")
    return "待局长签批" if sheet.approval and sheet.approval.state == "waiting" else "待说明"


def may_explain(sheet: Escalation, actor: Actor) -> bool:
    ctx = context.read()
    waiting = sheet.approval is not None and sheet.approval.state == "waiting"
    return not sheet.decision and not waiting and ctx.roster.leader(sheet.team_id) == actor.user_id


def sheet(sheet: Escalation, rows, actor: Actor) -> dict:
    ctx, unseen = context.read(), queue_rows.unseen_of(actor, [r.item.case for r in rows if r.item.case])
    return {
        "sheet": {
            "id": sheet.pk,
            "team": sheet.team.name,
            "rule": RULE[sheet.rule].label,
            "law": RULE[sheet.rule].law,
            "day": f"{sheet.day:%Y-%m-%d}",
            "state": state(sheet),
            "explanation": sheet.explanation,
        },
        "items": [
            {
                "number": "*案件" if r.item.case_id in unseen else r.item.case.number if r.item.case else r.item.title,
                "url": "" if r.item.case_id in unseen else f"/items/{r.item_id}/",
                "due": stamp(ctx, r.due_at),
                "open": r.item.open,
                "cause": r.get_cause_display() or r.get_proposed_display(),
            }
            for r in rows
        ],
        "may_explain": may_explain(sheet, actor),
    }


def slips(request) -> dict:
    ctx, every = context.read(), FilingSlip.objects.select_related("case", "registered")
    seen = every.filter(case__in=rights.visible(request.actor))
    waiting = list(seen.filter(answered_at=None).order_by("asked_at")[:200])
    done = list(seen.exclude(answered_at=None).order_by("-answered_at")[:50])
    parties = parties_of([s.case for s in (*waiting, *done)])
    return {
        "waiting": [_slip(ctx, s, parties) for s in waiting],
        "done": [_slip(ctx, s, parties) for s in done],
    }


def _slip(ctx, slip: FilingSlip, parties) -> dict:
    return {
        "kind": slip.kind,
        "number": slip.case.number,
        "line": line(slip.case, parties),
        "asked": f"{ctx.roster.name(slip.asked_by_id)} {stamp(ctx, slip.asked_at)}",
        "answer": reverse("cases:answer_slip", args=[slip.pk]),
        "given": slip.number,
        "url": f"/cases/{slip.registered_id}/" if slip.registered_id else "",
    }


def slip(slip: FilingSlip) -> dict:
    from cases.pages.item_page import case_line

    return {"case": case_line(slip.case), "verb": f"登记案号（{slip.kind}）"}


def settings(actor: Actor) -> dict:
    """Clocks marked ?, acts marked ?, and the settings table, each with the value in force."""
    stored = {row.key: row for row in CourtSetting.objects.select_related("confirmed_by")}
    rows = [_setting(s.key, s.label, s.default, s.why, stored) for s in SETTINGS]
    clocks = [
        _setting(f"clock.{r.key}", r.label, str(r.length if r.length is not None else "按文书"), r.trigger, stored)
        | {"law": r.law}
        for r in RULES
        if r.confirm
    ]
    acts = [
        {"label": a.label, "chains": "；".join(f"{c.label}：{'→'.join(p.label for p in c.places)}" for c in a.chains)}
        for a in ACTS
        if a.confirm
    ]
    return {"rows": rows, "clocks": clocks, "acts": acts, "may_edit": actor.post == "system_admin"}


def _setting(key: str, label: str, default: str, why: str, stored) -> dict:
    row = stored.get(key)
    confirmed = (
        f"{row.confirmed_by.name if row.confirmed_by else ''} {row.confirmed_on:%Y-%m-%d}"
        if row and row.confirmed_on
        else ""
    )
    return {
        "key": key,
        "label": label,
        "default": default,
        "value": row.value if row else default,
        "why": why,
        "confirmed": confirmed,
    }


def years() -> list[dict]:
    return [{"year": y.year, "source": y.source} for y in CalendarYear.objects.order_by("-year")[:6]]


def calendar_preview(change) -> dict:
    moves = calendar_change.preview(change)
    return {
        "year": change.year,
        "days": [
            {"day": f"{d:%m-%d}", "weekday": "一二三四五六日"[d.weekday()], "works": works, "name": name}
            for d, works, name in change.days
        ],
        "moves": calendar_change.grouped(moves),
        "count": len(moves),
    }


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
