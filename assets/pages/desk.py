"""`/assets/`: 网络查控 (whom to ask about, the batches) and 冻结 (what could be frozen, the batches)."""

from decimal import Decimal

from assets import freezing, operators, queries
from assets.models import FreezeBatch, Query, QueryBatch
from assets.pages import freeze_page
from cases import context, lists, rights
from cases.certificates import mask_certificate
from cases.models import Case, WorkItem
from cases.pages.lights import light, stamp
from cases.pages.names import short_number
from cases.refusals import Refused
from teams.actor import Actor

TABS = {"query": "网络查控", "freeze": "冻结"}
OFFERED = 100  # cases of one page of proposals
COLOUR = {"open": "am", "sent": "bl", "answered": "gr"}


def index(request, actor: Actor, *, tab: str = "", chosen=None, refusal: Refused | None = None, typed=None) -> dict:
    """One tab; what was chosen and typed comes back with a refusal."""
    ctx = context.read()
    tab = tab or (request.GET.get("tab") if request.GET.get("tab") in TABS else "query")
    may = rights.may_office(actor, "network_query")
    listed = may and operators.is_one(actor.user_id, ctx.today)
    page = {
        "tabs": [
            {"key": key, "label": label, "url": f"/assets/?tab={key}", "current": key == tab}
            for key, label in TABS.items()
        ],
        "tab": tab,
        "may": may,
        "listed": listed,
        "reasons": refusal.reasons if refusal else [],
    }
    return page | (_freezes(request, ctx, actor, typed) if tab == "freeze" else _queries(request, ctx, actor, chosen))


def _queries(request, ctx, actor: Actor, chosen) -> dict:
    found = queries.wanted(actor)
    lamps = _lamps(ctx, [row.party.case_id for row in found], queries.FIRST_DAY)
    rows = [
        {
            "id": row.party.pk,
            "name": row.party.name,
            "certificate": mask_certificate(row.party.certificate_number),
            "doubt": row.party.certificate_doubt,
            "case": short_number(row.party.case, ctx.today.year),
            "full": row.party.case.number,
            "case_url": f"/cases/{row.party.case_id}/",
            "light": lamps.get(row.party.case_id),
            "reason": _reason(row.ordered),
            "why_not": row.why_not,
            "confidential": row.party.case.confidential,
            "on": row.party.pk in chosen if chosen is not None else not row.party.case.confidential,
        }
        for row in found
    ]
    batches = QueryBatch.objects.filter(channel="network").select_related("by", "team")
    if actor.kind == "reception":
        batches = batches.filter(team_id=actor.team_id)
    page = lists.keyset(batches, "pk", request.GET.get("after", ""), descending=True, size=20)
    return {
        "rows": rows,
        "askable": sum(not row["why_not"] for row in rows),
        "batches": batch_rows(ctx, page.rows),
        **_links(request, page),
    }


def _reason(query: Query | None) -> str:
    if query is None:
        return "首次查询"
    said = query.get_reason_display()
    return f"{said}　上次未能查询：{query.note}" if query.state == Query.State.FAILED else said


def _lamps(ctx, case_ids: list[int], rule: str) -> dict:
    items = WorkItem.objects.filter(case__in=case_ids, rule=rule, open=True)
    return {item.case_id: light(ctx, item) for item in items}


def batch_rows(ctx, rows) -> list[dict]:
    """Each batch with how many were asked about and what came back: two queries."""
    counts: dict[int, dict[str, int]] = {}
    for pk, state in Query.objects.filter(batch__in=rows).values_list("batch", "state"):
        counts.setdefault(pk, {})[state] = counts.setdefault(pk, {}).get(state, 0) + 1
    doubts: dict[int, int] = {}
    for row in rows:
        for answers in row.imports.all() if row.state == "answered" else ():
            doubts[row.pk] = doubts.get(row.pk, 0) + answers.unmatched + answers.contradictory
    return [
        {
            "url": f"/assets/queries/{row.pk}/",
            "code": f"CX{row.pk}",
            "made": stamp(ctx, row.made_at),
            "by": row.by.name if row.by else "系统",
            "state": row.get_state_display(),
            "colour": COLOUR[row.state],
            "held": stamp(ctx, row.retry_at) if row.state == "open" else "",
            "people": sum(counts.get(row.pk, {}).values()),
            "found": counts.get(row.pk, {}).get("answered", 0),
            "nothing": counts.get(row.pk, {}).get("nothing", 0),
            "failed": counts.get(row.pk, {}).get("failed", 0),
            "doubts": doubts.get(row.pk, 0),
        }
        for row in rows
    ]


def _freezes(request, ctx, actor: Actor, typed) -> dict:
    """The open duties of the team first; of each case what could be frozen."""
    items = WorkItem.objects.filter(rule="reception.network_freeze", open=True).select_related("case")
    if actor.kind == "reception":
        items = items.filter(team_id=actor.team_id)
    items = items.filter(case__in=rights.visible(actor, Case.objects.all())).order_by("due_at", "id")[:OFFERED]
    duties = {item.case_id: item for item in items}
    found = freezing.offers(item.case for item in duties.values())
    cards = [
        {
            **freeze_page.card(ctx, offer, typed),
            "light": light(ctx, duties[offer.case.pk]),
            "item": duties[offer.case.pk].pk,
        }
        for offer in found
    ]
    batches = FreezeBatch.objects.select_related("by")
    if actor.kind == "reception":
        batches = batches.filter(team_id=actor.team_id)
    page = lists.keyset(batches, "pk", request.GET.get("after", ""), descending=True, size=20)
    proposed = sum((offer.proposed for offer in found), Decimal(0))
    return {
        "cards": cards,
        "proposed": f"{proposed:,.2f}",
        "batches": freeze_page.batch_rows(ctx, page.rows),
        **_links(request, page),
    }


def _links(request, page) -> dict:
    parameters = list(request.GET.items())
    return {name: lists.link("/assets/", parameters, getattr(page, name)) for name in ("next", "previous")}
