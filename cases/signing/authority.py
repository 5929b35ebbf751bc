"""授权代签 as it is printed: which power a deputy signed by, its acts, dates and reason (flow §6)."""

from cases.models import ApprovalPlace
from cases.periods import local
from teams import moment
from teams.hooks import acts_in_words
from teams.models import Acting

from .signers import PRESIDING


def of(place: ApprovalPlace) -> Acting | None:
    """The power in force on the day of the signature, for this act; taken back later, it was one all the same."""
    if not place.on_behalf_of_id:
        return None
    day = local(place.at).date() if place.at else moment.today()
    rows = Acting.objects.on(day).filter(holder=place.on_behalf_of_id, deputy=place.signed_by_id or place.signer_id)
    rows = rows.exclude(revoked_on__lt=day).select_related("granted_by").order_by("-id")
    act = place.approval.act
    return next((row for row in rows if not row.acts or {act, PRESIDING} & set(row.acts)), None)


def in_words(place: ApprovalPlace) -> str:
    """「授权代签：移交普执；2026-11-20 至 2026-11-25；事由：出差；授权人：…」; empty where he signs for himself."""
    power = of(place)
    if power is None:
        return ""
    acts = "、".join(acts_in_words(power.acts))
    return f"授权代签：{acts}；{power.from_on} 至 {power.to_on}；事由：{power.reason}；授权人：{power.granted_by.name}"
