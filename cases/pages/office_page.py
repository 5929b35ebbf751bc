"""Contexts of the office pages: the day's end, escalation sheets, slips."""

from django.urls import reverse

from cases import context, lists, lists_of_day, rights
from cases.deadlines import RULE
from cases.models import Escalation, FilingSlip
from cases.pages import queue_rows
from cases.pages.lights import short, stamp
from cases.pages.names import line, parties_of
from cases.workflow import Kind
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
    made = rights.standings(request.actor, [s.registered for s in done])
    return {
        "waiting": [_slip(ctx, s, parties) for s in waiting],
        "done": [_slip(ctx, s, parties, made[s.registered_id].view) for s in done],
    }


def _slip(ctx, slip: FilingSlip, parties, may_view: bool = False) -> dict:
    return {
        "kind": Kind(slip.kind).label,
        "number": slip.case.number,
        "line": line(slip.case, parties),
        "asked": f"{ctx.roster.name(slip.asked_by_id)} {stamp(ctx, slip.asked_at)}",
        "answer": reverse("cases:answer_slip", args=[slip.pk]),
        "given": slip.number,
        "url": f"/cases/{slip.registered_id}/" if may_view else "",
    }


def slip(slip: FilingSlip) -> dict:
    from cases.pages.item_page import case_line

    return {"case": case_line(slip.case), "verb": f"登记案号（{Kind(slip.kind).label}）"}
