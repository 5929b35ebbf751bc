"""「网络查控已发起」 of one case: whom the next batch asks about, who cannot be asked and why, how the part stands."""

from assets import operators, queries
from assets.models import Query
from cases import context, rights
from cases.certificates import mask_certificate
from cases.models import Tick, WorkItem
from cases.pages.item_page import case_line
from cases.pages.lights import light, stamp
from cases.present import present
from teams.actor import Actor


def page(item: WorkItem, actor: Actor) -> dict:
    ctx, case = context.read(), present(item.case)
    left = queries.left(case)
    tick = Tick.objects.filter(item=item, rule=queries.TICK).first()
    sent = Query.objects.filter(case=case, channel=queries.NETWORK).exclude(batch=None).select_related("party", "batch")
    rows = [(row, row.get_state_display(), f"/assets/queries/{row.batch_id}/") for row in sent.order_by("pk")]
    return {
        "case": case_line(case),
        "item": {"title": item.title, "light": light(ctx, item)},
        "state": f"{tick.get_state_display()} {stamp(ctx, tick.happened_at)}　{tick.reason}" if tick else "",
        "debtors": [
            *({"name": row.party.name, "said": said, "url": url} for row, said, url in rows),
            *(
                {"name": row.name, "said": f"待发出　{mask_certificate(row.certificate_number)}"}
                for row in left.askable
            ),
            *({"name": row.name, "why_not": why} for row, why in left.barred),
        ],
        "parties": f"/cases/{case.pk}/?tab=parties",
        "askable": len(left.askable),
        "asked": left.asked,
        "closed": tick is not None and tick.state == "done",
        "listed": rights.may_office(actor, "network_query") and operators.is_one(actor.user_id, ctx.today),
    }
