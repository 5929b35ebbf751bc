"""What could be frozen of a case, one batch of freezes, and the duty of one case."""

from collections import Counter

from assets import freezing, operators
from assets.freezing import Offer
from assets.models import ControlMeasure, FreezeBatch
from cases import context, rights
from cases.amounts import yuan
from cases.models import WorkItem
from cases.pages.item_page import case_line
from cases.pages.lights import light, short, stamp
from cases.pages.names import short_number
from cases.present import present
from teams.actor import Actor

COLOUR = {"draft": "am", "ordered": "bl", "sent": "bl", "effective": "gr", "waiting": "am", "refused": "re"}
State = ControlMeasure.State


def card(ctx, offer: Offer, typed=None) -> dict:
    """One case with its accounts; `typed` is what came back with a refusal."""
    ticked = set(typed.getlist("asset")) if typed is not None else None
    return {
        "id": offer.case.pk,
        "case": short_number(offer.case, ctx.today.year),
        "full": offer.case.number,
        "url": f"/cases/{offer.case.pk}/?tab=assets",
        "owed": yuan(offer.owed),
        "frozen": yuan(offer.frozen) if offer.frozen else "",
        "left": yuan(offer.left),
        "proposed": yuan(offer.proposed),
        "enough": offer.proposed >= offer.left > 0,
        "lines": [
            {
                "id": line.asset.pk,
                "who": line.asset.party.name,
                "title": line.asset.title,
                "balance": yuan(line.asset.amount) if line.asset.amount is not None else "",
                "as_of": stamp(ctx, line.asset.as_of),
                "amount": typed.get(f"amount-{line.asset.pk}", "") if typed is not None else f"{line.amount:,.2f}",
                "on": str(line.asset.pk) in ticked if ticked is not None else bool(line.amount),
                "why_not": line.why_not,
                "note": line.note,
            }
            for line in offer.lines
        ],
    }


def batch_rows(ctx, batches: list[FreezeBatch]) -> list[dict]:
    """Each batch with how far its measures are: one query."""
    states: dict[int, Counter] = {}
    cases: dict[int, set[int]] = {}
    rows = ControlMeasure.objects.filter(batch__in=batches).values_list("batch", "state", "case")
    for pk, state, case in rows:
        states.setdefault(pk, Counter())[state] += 1
        cases.setdefault(pk, set()).add(case)
    return [
        {
            "url": f"/assets/freezes/{row.pk}/",
            "code": f"DJ{row.pk}",
            "made": stamp(ctx, row.made_at),
            "by": row.by.name,
            "cases": len(cases.get(row.pk, ())),
            "states": [
                {"label": State(key).label, "count": count, "colour": COLOUR.get(key, "")}
                for key, count in sorted(
                    states.get(row.pk, Counter()).items(), key=lambda pair: list(State.values).index(pair[0])
                )
            ],
        }
        for row in batches
    ]


def page(request, batch: FreezeBatch) -> dict:
    """The measures by case; what is out of the reader's sight is counted and not shown."""
    ctx, actor = context.read(), request.actor
    rows = list(
        ControlMeasure.objects.filter(batch=batch)
        .select_related("case", "asset__party", "ruling", "notice", "approval")
        .order_by("case_id", "pk")
    )
    standings = rights.standings(actor, {row.case for row in rows})
    seen = [row for row in rows if standings[row.case_id].view]
    return {
        "batch": {"id": batch.pk, "code": f"DJ{batch.pk}", "by": batch.by.name, "made": stamp(ctx, batch.made_at)},
        "rows": [row_of(ctx, row) for row in seen],
        "hidden": len(rows) - len(seen),
        "waiting": any(row.state == State.DRAFT and row.approval_id is None for row in rows),
    }


def row_of(ctx, row: ControlMeasure) -> dict:
    """One measure as every list shows it."""
    paper = row.notice or row.ruling
    return {
        "id": row.pk,
        "case": short_number(row.case, ctx.today.year),
        "full": row.case.number,
        "url": f"/cases/{row.case_id}/?tab=assets",
        "who": row.asset.party.name,
        "title": row.asset.title,
        "kind": row.get_kind_display(),
        "amount": yuan(row.amount) if row.amount is not None else "",
        "controlled": yuan(row.controlled) if row.controlled is not None else "",
        "state": row.get_state_display(),
        "colour": COLOUR.get(row.state, ""),
        "rank": f"第 {row.rank} 顺位" if row.rank and row.rank > 1 else "首位" if row.rank else "",
        "from": short(row.starts_on, ctx.today) if row.starts_on else "",
        "ends": short(row.ends_on, ctx.today),
        "reason": row.reason,
        "problem": paper.problem if paper else "",
        "sheet": f"/approvals/{row.approval_id}/" if row.approval_id else "",
        "ruling": _paper(row.ruling),
        "notice": _paper(row.notice),
    }


def _paper(document) -> dict | None:
    if document is None:
        return None
    label = document.number or document.get_state_display()
    return {
        "label": label,
        "url": f"/materials/{document.material_id}/" if document.material_id else f"/docs/{document.pk}/",
    }


def of_item(item: WorkItem, actor: Actor) -> dict:
    """The duty of one case."""
    ctx, case = context.read(), present(item.case)
    (offer,) = freezing.offers([case])
    may = rights.may_office(actor, "network_query")
    return {
        "case": case_line(case),
        "item": {"id": item.pk, "title": item.title, "light": light(ctx, item)},
        "card": card(ctx, offer),
        "may": may,
        "listed": may and operators.is_one(actor.user_id, ctx.today),
    }
