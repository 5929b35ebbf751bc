"""A plate or a title number in the one search box finds the cases in which the thing is known."""

from assets.models import Asset
from cases import context, numbers, rights
from cases.pages.names import short_number
from cases.search import Hit
from teams.actor import Actor

SHORTEST = 5
WIDE_TO_HALF, HALF_TO_WIDE = str.maketrans("（）", "()"), str.maketrans("()", "（）")


def find(text: str, actor: Actor, limit: int) -> list[Hit]:
    """The exact number only, in either brackets; nothing of a case the officer may not see."""
    plain = numbers.clean(text).replace("·", "")
    if limit < 1 or len(plain) < SHORTEST or not any(sign.isdigit() for sign in plain) or plain.isdigit():
        return []
    half = plain.translate(WIDE_TO_HALF)
    spelt = {text.strip(), plain, plain.upper(), half, half.translate(HALF_TO_WIDE)}
    rows = Asset.objects.filter(key__in=spelt).select_related("case", "party").order_by("-pk")[: limit * 2]
    standings = rights.standings(actor, {row.case for row in rows})
    ctx, hits = context.read(), []
    for row in rows:
        if not standings[row.case_id].view:
            continue
        number = short_number(row.case, ctx.today.year)
        team = ctx.roster.team(row.case.team_id)
        text = f"{row.get_kind_display()} {row.title}，{row.party.name}"
        url = f"/cases/{row.case_id}/?tab=assets"
        hits.append(Hit("财产", number, text, team.name if team else "", url, row.case.number))
    return hits[:limit]
