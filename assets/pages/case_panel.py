"""The tab 财产与查控 of the case page: what was asked, what was found, what is under control until when."""

from assets.models import Asset, ControlMeasure, Query
from assets.pages import freeze_page
from cases import context, rights
from cases.amounts import yuan
from cases.models import Case, WorkItem
from cases.pages.lights import light, stamp
from teams.actor import Actor

MOST = 200
COLOUR = {"ordered": "am", "sent": "bl", "answered": "gr", "nothing": "", "failed": "re", "withdrawn": ""}


def panel(case: Case, actor: Actor) -> dict:
    ctx, allowed = context.read(), rights.actions(actor, case)
    measures = list(
        ControlMeasure.objects.filter(case=case)
        .exclude(state="dropped")
        .select_related("case", "asset__party", "ruling", "notice")
        .order_by("-pk")[:MOST]
    )
    under = {row.asset_id: row for row in reversed(measures) if row.state not in ("refused", "released", "lapsed")}
    terms = WorkItem.objects.filter(case=case, open=True, subject__startswith="measure:", rule__startswith="measure.")
    lamps = {item.subject: light(ctx, item) for item in terms.exclude(rule="measure.not_assisted")}
    assets = (
        Asset.objects.filter(case=case).select_related("party").order_by("party__position", "kind", "-amount", "pk")
    )
    duty = WorkItem.objects.filter(case=case, rule="reception.network_freeze", open=True).first()
    return {
        "case": {"id": case.pk},
        "assets": [_asset(ctx, row, under.get(row.pk)) for row in assets[:MOST]],
        "measures": [{**freeze_page.row_of(ctx, row), "light": lamps.get(row.subject)} for row in measures],
        "queries": [
            _query(ctx, row)
            for row in Query.objects.filter(case=case).select_related("party", "asked_by").order_by("-pk")[:50]
        ],
        "may_order": "order_query" in allowed and case.is_open and not case.state_secret,
        "freeze": f"/assets/freeze/{duty.pk}/" if duty and duty.team_id == actor.team_id else "",
    }


def _asset(ctx, row: Asset, measure: ControlMeasure | None) -> dict:
    return {
        "who": row.party.name,
        "kind": row.get_kind_display(),
        "title": row.title,
        "body": row.body,
        "amount": yuan(row.amount) if row.amount is not None else "",
        "source": row.get_source_display(),
        "as_of": stamp(ctx, row.as_of),
        "facts": [f"{label}：{text}" for label, text in row.facts.items()],
        "protected": row.protected,
        "measure": measure.get_state_display() if measure else "",
        "colour": freeze_page.COLOUR.get(measure.state, "") if measure else "",
    }


def _query(ctx, row: Query) -> dict:
    return {
        "who": row.party.name,
        "channel": row.get_counter_display() if row.counter else row.get_channel_display(),
        "reason": row.get_reason_display(),
        "state": row.get_state_display(),
        "colour": COLOUR[row.state],
        "by": row.asked_by.name if row.asked_by else "系统",
        "asked": stamp(ctx, row.asked_at),
        "sent": stamp(ctx, row.sent_at),
        "answered": stamp(ctx, row.answered_at),
        "note": row.note,
    }
