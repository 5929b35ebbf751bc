"""The tabs of the case page. The open one's queries are run and no other's; every tab is an address of its own."""

from urllib.parse import urlencode

from django.db.models import Q

from cases import hooks, journal_words, permissions, rights
from cases.context import Context
from cases.models import Case, WorkItem
from cases.pages import case_duties, case_header, case_parties, case_related, case_standing
from cases.pages.lights import dated, light, short, stamp
from cases.pages.names import kilobytes
from cases.refusals import Forbidden
from cases.statements import Statement
from teams.actor import Actor

FIRST = (("overview", "概览"), ("parties", "当事人"))
LAST = (
    ("items", "事项"),
    ("approvals", "审批"),
    ("materials", "材料"),
    ("events", "登记事件"),
    ("journal", "流转记录"),
)
KEYS = {key for key, _ in (*FIRST, *LAST)}
COUNTED = Statement(
    "case_tabs",
    "SELECT (SELECT count(*) FROM cases_party WHERE case_id = c), (SELECT count(*) FROM cases_workitem WHERE case_id = c"
    " AND open), (SELECT count(*) FROM cases_approval WHERE case_id = c), (SELECT count(*) FROM cases_material"
    " WHERE case_id = c AND (NOT secret_volume OR %s::bool)) FROM (SELECT %s::bigint AS c) one",
)
MOST = 200
RECENT = 4


def tabs(case: Case, tab: str, allowed: set[str]) -> list[dict]:
    """The tabs this officer has, with what stands in them; their place is their key."""
    counts = dict(
        zip(
            ("parties", "items", "approvals", "materials"),
            COUNTED.rows(bool(rights.SECRET & allowed), case.pk)[0],
            strict=True,
        )
    )
    counts["journal"] = case.entries
    panels = [(panel.key, panel.label) for panel in hooks.panels if panel.action in allowed]
    last = [row for row in LAST if row[0] != "events" or "record_event" in allowed]
    return [
        {
            "key": key,
            "label": label,
            "url": f"/cases/{case.pk}/?{urlencode({'tab': key})}",
            "current": key == tab,
            "count": counts.get(key, ""),
            "digit": place if place < 10 else "",
        }
        for place, (key, label) in enumerate((*FIRST, *panels, *last), 1)
    ]


def chosen(tab: str, allowed: set[str], actor: Actor) -> str:
    """The tab that is asked for; a room's that is not permitted is refused, an unknown one is the first."""
    panel = next((each for each in hooks.panels if each.key == tab), None)
    if panel:
        if panel.action not in allowed:
            raise Forbidden(f"{actor.label}无「{permissions.row(panel.action).label}」的权限。")
        return tab
    if tab == "events" and "record_event" not in allowed:
        return "overview"
    return tab if tab in KEYS else "overview"


def body(ctx: Context, case: Case, actor: Actor, tab: str, allowed: set[str], given: dict) -> dict:
    """What the open tab shows. `given`: the filters of its own (journal: `what`, `before`)."""
    panel = next((each for each in hooks.panels if each.key == tab), None)
    if panel:
        return {"panel": panel.template, **panel.function(case, actor)}
    compose = {
        "parties": parties, "items": items, "approvals": approvals, "materials": materials, "events": nothing,
        "journal": journal,
    }.get(tab, overview)  # fmt: skip
    return compose(ctx, case, actor, allowed, given)


def overview(ctx: Context, case: Case, actor: Actor, allowed: set[str], given: dict) -> dict:
    amend = "amend" in allowed
    return {
        "parties": case_parties.parties(case, ctx.today),
        "claims": case_parties.claims(case),
        "bases": case_parties.bases(case, ctx.today),
        "clues": case.clues,
        "remark": case.remark,
        "recent": material_rows(ctx, case, allowed, RECENT),
        "related": case_related.related(ctx, case, actor, may_amend=amend),
        "notes": notes(ctx, case, actor),
        "may_amend": amend,
    }


def parties(ctx: Context, case: Case, actor: Actor, allowed: set[str], given: dict) -> dict:
    amend = "amend" in allowed and not case.state_secret
    return {
        "parties": case_parties.parties(case, ctx.today, may_amend=amend),
        "claims": case_parties.claims(case, amend),
        "bases": case_parties.bases(case, ctx.today, amend),
        "may_amend": amend,
        "may_reveal": "reveal" in allowed,
        "revealed": given.get("revealed"),
    }


def items(ctx: Context, case: Case, actor: Actor, allowed: set[str], given: dict) -> dict:
    done = WorkItem.objects.filter(case=case, open=False).order_by("-entered_at", "-id")[:MOST]
    return {
        "running": [
            {
                "title": case_header.own_title(item, case),
                "subject": case_header.own_subject(item),
                "id": item.pk,
                "url": f"/items/{item.pk}/",
                "light": light(ctx, item),
                "team": team.name if (team := ctx.roster.team(item.team_id)) else "",
                "person": ctx.roster.name(item.person_id),
                "due": dated(item.due_on, ctx.today) if item.due_on else "无期限",
                "wait": f"等待至 {short(item.wait_until, ctx.today)}：{item.wait_reason}" if item.wait_until else "",
            }
            for item in case_duties.open_items(ctx, case)
        ],
        "done": [
            {
                "title": case_header.own_title(item, case),
                "id": item.pk,
                "url": f"/items/{item.pk}/",
                "light": light(ctx, item),
                "person": ctx.roster.name(item.finished_by_id) or "系统",
                "at": stamp(ctx, item.finished_at),
                "note": item.note,
                "late": item.late_reason,
            }
            for item in done
        ],
    }


def approvals(ctx: Context, case: Case, actor: Actor, allowed: set[str], given: dict) -> dict:
    rows = list(case.approvals.prefetch_related("places").order_by("-id")[:MOST])
    return {"all_approvals": case_standing.approvals(ctx, rows)}


def materials(ctx: Context, case: Case, actor: Actor, allowed: set[str], given: dict) -> dict:
    return {
        "materials": material_rows(ctx, case, allowed, MOST),
        "may_file": "file_material" in allowed and not case.state_secret,
    }


def material_rows(ctx: Context, case: Case, allowed: set[str], most: int) -> list[dict]:
    rows = case.materials.order_by("-id")
    if not rights.SECRET & allowed:
        rows = rows.filter(secret_volume=False)
    return [
        {
            "id": row.pk,
            "title": row.title,
            "version": row.version,
            "url": f"/materials/{row.pk}/",
            "by": ctx.roster.name(row.by_id) or "系统",
            "at": stamp(ctx, row.entered_at),
            "size": kilobytes(row.size),
            "secret": row.secret_volume,
            "void": row.void_reason,
            "may_void": "void_material" in allowed and not row.voided_at,
        }
        for row in rows[:most]
    ]


def journal(ctx: Context, case: Case, actor: Actor, allowed: set[str], given: dict) -> dict:
    return journal_words.page(ctx, case, given.get("what", ""), given.get("before", ""), export="export" in allowed)


def nothing(ctx: Context, case: Case, actor: Actor, allowed: set[str], given: dict) -> dict:
    return {}


def notes(ctx: Context, case: Case, actor: Actor) -> list[dict]:
    rows = case.notes.filter(Q(shared=True) | Q(by_id=actor.user_id)).order_by("-id")[:20]
    return [
        {
            "id": row.pk,
            "text": row.text,
            "by": ctx.roster.name(row.by_id),
            "at": stamp(ctx, row.at),
            "private": not row.shared,
            "own": row.by_id == actor.user_id,
        }
        for row in rows
    ]
