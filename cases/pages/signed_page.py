"""已签记录: what an officer signed or returned, newest first, with filters; the same rows as an Excel file."""

from datetime import date

from django.db.models import QuerySet

from cases import context, dates, lists
from cases.approvals import ACT, ACTS
from cases.context import Context
from cases.models import ApprovalPlace
from cases.pages.export_lists import Listing
from cases.pages.lights import stamp
from teams.actor import Actor

KEYS = ("act", "state", "from", "to")
STATES = (("signed", "同意"), ("rejected", "退回"))
MOST = 2000
COLUMNS = [
    ("审批事项", "text"), ("案号", "number"), ("签批位", "text"), ("结果", "short"), ("意见", "wide"),
    ("时间", "moment"), ("方式", "text"), ("报签", "text"),
]  # fmt: skip


def page(request, actor: Actor) -> dict:
    ctx, given = context.read(), _given(request)
    found = lists.keyset(rows_of(actor, given), "at", request.GET.get("after", ""), descending=True)
    kept = [(key, value) for key, value in given.items() if value]
    return {
        "rows": [_row(ctx, place) for place in found.rows],
        "given": given,
        "filtered": bool(kept),
        "acts": [(act.key, act.label) for act in ACTS],
        "states": STATES,
        "query": request.GET.urlencode(),
        "next": lists.link(request.path, kept, found.next),
        "previous": lists.link(request.path, kept, found.previous),
    }


def _given(request) -> dict[str, str]:
    return {key: request.GET.get(key, "").strip()[:40] for key in KEYS}


def rows_of(actor: Actor, given: dict[str, str]) -> QuerySet[ApprovalPlace]:
    """By the index of (signed_by, at); every filter narrows it."""
    rows = ApprovalPlace.objects.filter(signed_by=actor.user_id, at__isnull=False)
    rows = rows.select_related("approval__case", "approval__team", "approval__maker")
    if given["act"] in ACT:
        rows = rows.filter(approval__act=given["act"])
    if given["state"] in dict(STATES):
        rows = rows.filter(state=given["state"])
    if first := _day(given["from"]):
        rows = rows.filter(at__date__gte=first)
    if last := _day(given["to"]):
        rows = rows.filter(at__date__lte=last)
    return rows


def _day(text: str) -> date | None:
    """11-01, 今天; what cannot be read filters nothing."""
    try:
        return dates.read_date(text) if text else None
    except ValueError:
        return None


def _row(ctx: Context, place: ApprovalPlace) -> dict:
    approval = place.approval
    extra = [f"受{ctx.roster.name(place.on_behalf_of_id)}委托" if place.on_behalf_of_id else ""]
    extra += ["递补" if place.instead_of else "", place.get_route_display() if place.route == "paper" else ""]
    return {
        "label": ACT[approval.act].label,
        "number": approval.case.number
        if approval.case
        else approval.title.removeprefix(ACT[approval.act].label).strip(),
        "url": f"/approvals/{approval.pk}/",
        "place": place.label,
        "state": place.get_state_display(),
        "key": place.state,
        "at": stamp(ctx, place.at),
        "opinion": place.opinion,
        "extra": "；".join(filter(None, extra)),
        "from": f"{approval.team.name if approval.team else ''} {ctx.roster.name(approval.maker_id)}".strip(),
        "ends": approval.get_state_display(),
    }


def listing(request, actor: Actor) -> Listing:
    """The file: the rows of the screen under its filters."""
    ctx, given = context.read(), _given(request)
    found = rows_of(actor, given).order_by("-at", "-pk")
    words = "；".join(
        f"{name}：{text}"
        for name, text in (
            ("类型", ACT[given["act"]].label if given["act"] in ACT else ""),
            ("结果", dict(STATES).get(given["state"], "")),
            ("自", given["from"]),
            ("至", given["to"]),
        )
        if text
    )
    return Listing(
        "signed", "已签记录", "/sign/signed/", given, words, COLUMNS, found[: MOST + 1].count(), MOST,
        lambda: [_excel_row(ctx, place) for place in found[:MOST]],
    )  # fmt: skip


def _excel_row(ctx: Context, place: ApprovalPlace) -> dict:
    row = _row(ctx, place)
    return {
        "审批事项": row["label"],
        "案号": row["number"],
        "签批位": row["place"],
        "结果": row["state"],
        "意见": row["opinion"],
        "时间": place.at,
        "方式": row["extra"] or "系统签批",
        "报签": row["from"],
    }
