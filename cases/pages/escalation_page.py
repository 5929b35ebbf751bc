"""超期说明单: the list with its states, and one sheet whose rows say what is late, what took the days, and why."""

from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from cases import context, lists, rights
from cases.context import Context
from cases.deadlines import RULE
from cases.models import ApprovalPlace, Escalation, EscalationRow, JournalEntry, Tick, WorkItem
from cases.pages import queue_rows
from cases.pages.lights import short, stamp
from cases.pages.names import line, parties_of, short_number
from teams.actor import Actor

WIDE = ("leadership", "quality")
Cause = EscalationRow.Cause
WAITS = Q(approval__state="waiting")
STATES = (
    ("", "全部", Q()),
    ("explain", "待说明", Q(decision="") & ~Q(approval__state__in=("waiting", "signed"))),
    ("sign", "待局长签批", Q(decision="") & WAITS),
    ("rectify", "限期整改", Q(decision="rectify")),
    ("excused", "予以谅解", Q(decision="excused")),
)


def index(request, actor: Actor) -> dict:
    ctx, wanted = context.read(), request.GET.get("state", "")
    wanted = wanted if wanted in {key for key, *_ in STATES} else ""
    sheets = seen(actor).filter(next(q for key, _, q in STATES if key == wanted)).select_related("team", "approval")
    page = lists.keyset(sheets, "day", request.GET.get("after", ""), descending=True)
    counts = dict(
        EscalationRow.objects.filter(sheet__in=page.rows).order_by().values_list("sheet").annotate(Count("id"))
    )
    given = [("state", wanted)]
    return {
        "rows": [_line(ctx, sheet, counts.get(sheet.pk, 0), actor) for sheet in page.rows],
        "states": [
            {"label": label, "url": f"/escalations/{f'?state={key}' if key else ''}", "current": key == wanted}
            for key, label, _ in STATES
        ],
        "filtered": bool(wanted),
        "wide": actor.kind in WIDE,
        "next": lists.link(request.path, given, page.next),
        "previous": lists.link(request.path, given, page.previous),
    }


def seen(actor: Actor) -> QuerySet[Escalation]:
    """Leadership and quality see every sheet, a team its own."""
    return Escalation.objects.all() if actor.kind in WIDE else Escalation.objects.filter(team_id=actor.team_id)


def _line(ctx: Context, sheet: Escalation, count: int, actor: Actor) -> dict:
    label, colour = state(sheet)
    leader = ctx.roster.leader(sheet.team_id)
    return {
        "team": sheet.team.name,
        "rule": RULE[sheet.rule].label,
        "day": short(sheet.day, ctx.today),
        "count": count,
        "state": label,
        "colour": colour,
        "leader": ctx.roster.name(leader),
        "phone": ctx.roster.phone(leader),
        "url": reverse("cases:explain", args=[sheet.pk]),
        "act": _act(sheet, actor, leader),
    }


def _act(sheet: Escalation, actor: Actor, leader: int | None) -> dict:
    url = reverse("cases:explain", args=[sheet.pk])
    waits = sheet.approval is not None and sheet.approval.state == "waiting"
    if waits and actor.post == "bureau_director":
        return {"label": "签批", "url": f"/sign/?approval={sheet.approval_id}", "primary": True}
    if not waits and not sheet.decision and leader == actor.user_id:
        return {"label": "填写说明", "url": url, "primary": True}
    return {"label": "查看", "url": url, "primary": False}


def state(sheet: Escalation) -> tuple[str, str]:
    """In words and its colour."""
    if sheet.decision:
        until = f"（{sheet.rectify_by:%m-%d} 前）" if sheet.rectify_by else ""
        return sheet.get_decision_display() + until, "gr" if sheet.decision == "excused" else "am"
    if sheet.approval and sheet.approval.state == "waiting":
        return "待局长签批", "bl"
    return ("退回，待重新说明" if sheet.approval and sheet.approval.state == "rejected" else "待说明"), "re"


def may_explain(sheet: Escalation, actor: Actor) -> bool:
    waiting = sheet.approval is not None and sheet.approval.state == "waiting"
    return not sheet.decision and not waiting and context.read().roster.leader(sheet.team_id) == actor.user_id


def sheet_page(sheet: Escalation, rows: list[EscalationRow], actor: Actor) -> dict:
    """One sheet: five queries however many rows."""
    ctx = context.read()
    unseen = queue_rows.unseen_of(actor, [row.item.case for row in rows if row.item.case])
    parties = parties_of([row.item.case for row in rows if row.item.case and row.item.case_id not in unseen])
    shown = evidence(ctx, [row.item for row in rows]), consumed(ctx, [row.item for row in rows])
    label, colour = state(sheet)
    return {
        "sheet": {
            "id": sheet.pk,
            "team": sheet.team.name,
            "rule": RULE[sheet.rule].label,
            "law": RULE[sheet.rule].law,
            "day": f"{sheet.day:%Y-%m-%d}",
            "opened": stamp(ctx, sheet.opened_at),
            "state": label,
            "colour": colour,
            "explanation": sheet.explanation,
            "explained": f"{ctx.roster.name(sheet.explained_by_id)} {stamp(ctx, sheet.explained_at)}".strip(),
            "returned": sheet.approval.reason if sheet.approval and sheet.approval.state == "rejected" else "",
            "approval": f"/approvals/{sheet.approval_id}/" if sheet.approval_id else "",
            "leader": ctx.roster.name(ctx.roster.leader(sheet.team_id)),
            "open": sum(row.item.open for row in rows),
        },
        "items": [_item(ctx, row, parties, row.item.case_id in unseen, *shown) for row in rows],
        "may_explain": may_explain(sheet, actor),
    }


def _item(ctx: Context, row: EscalationRow, parties, hidden: bool, shown: dict, taken: dict) -> dict:
    item = row.item
    number = short_number(item.case, ctx.today.year) if item.case else item.title
    return {
        "number": rights.MASKED if hidden else number,
        "line": line(item.case, parties) if item.case and not hidden else "",
        "url": "" if hidden else f"/items/{item.pk}/",
        "id": item.pk,
        "due": stamp(ctx, row.due_at - timedelta(minutes=1)).replace(" 23:59", ""),
        "open": item.open,
        "done": "" if item.open else f"{stamp(ctx, item.finished_at)} {item.get_outcome_display()}",
        "person": ctx.roster.name(item.person_id),
        "cause": row.get_cause_display(),
        "proposed": row.get_proposed_display(),
        "evidence": shown.get(item.pk, ""),
        "taken": taken.get(item.pk, ""),
        "explanation": row.explanation,
    }


def evidence(ctx: Context, items: list[WorkItem]) -> dict[int, str]:
    """What is on record for the proposed cause of each item, in a sentence."""
    excused = {tick.item_id: tick for tick in Tick.objects.filter(item__in=items, state="excused")}
    waiting = {
        place.approval.case_id: place
        for place in ApprovalPlace.objects.filter(
            approval__case__in={item.case_id for item in items if item.case_id}, state="waiting"
        ).select_related("approval")
    }
    return {item.pk: _evidence(ctx, item, excused.get(item.pk), waiting.get(item.case_id)) for item in items}


def _evidence(ctx: Context, item: WorkItem, tick: Tick | None, place: ApprovalPlace | None) -> str:
    if tick:
        return f"「{RULE[tick.rule].label}」登记为系统故障：{tick.reason}"
    if place:
        return f"「{place.approval.title.partition('　')[0]}」{stamp(ctx, place.reached_at)} 起待{ctx.roster.name(place.signer_id)}签"
    if item.person_id is None:
        return "事项无承办人"
    if ctx.roster.away(item.person_id):
        return f"{ctx.roster.name(item.person_id)}不在岗"
    if item.case and item.case.reached_at.date() > item.case.filed_on:
        return f"立案 {item.case.filed_on:%m-%d}，到局 {stamp(ctx, item.case.reached_at)}"
    return "记录中没有客观原因"


def consumed(ctx: Context, items: list[WorkItem]) -> dict[int, str]:
    """Which hand-off took the days: how long the case lay where, and how long a signature was awaited.

    One query: steps and approvals of all the cases.
    """
    story: dict[int, list[JournalEntry]] = {}
    cases = {item.case_id for item in items if item.case_id}
    for entry in JournalEntry.objects.filter(case__in=cases, what__in=("step", "approval")).order_by("id"):
        story.setdefault(entry.case_id or 0, []).append(entry)
    return {item.pk: _spans(ctx, item, story.get(item.case_id or 0, [])) for item in items if item.case_id}


def _spans(ctx: Context, item: WorkItem, story: list[JournalEntry]) -> str:
    end = item.finished_at or ctx.now
    at, place, signer = item.started_at, "", ""
    sums: dict[str, timedelta] = {}
    for entry in [*story, None]:
        until = end if entry is None else min(max(entry.happened_at, item.started_at), end)
        where = f"等{signer}签字" if signer else place or "到局前"
        if until > at:
            sums[where] = sums.get(where, timedelta()) + (until - at)
            at = until
        if entry is not None:
            place, signer = _moved(entry, place, signer)
    longest = sorted(((where, span) for where, span in sums.items() if span >= timedelta(hours=1)), key=lambda x: -x[1])
    return "，".join(f"{where} {_length(span)}" for where, span in longest[:3])


def _moved(entry: JournalEntry, place: str, signer: str) -> tuple[str, str]:
    """Where the case lies after the entry, and whose signature is awaited."""
    if entry.what == "step":
        return str(entry.facts.get("team") or place), ""
    if entry.facts.get("next"):
        return place, str(entry.facts.get("signer", ""))
    return place, ""


def _length(span: timedelta) -> str:
    return (
        f"{span / timedelta(days=1):.1f} 日" if span >= timedelta(days=1) else f"{int(span / timedelta(hours=1))} 小时"
    )
