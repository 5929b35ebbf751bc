"""移送立案表: what waits for a number and since when, what has been answered, and the sheet on paper."""

from django.urls import reverse

from cases import context, lists, rights
from cases.context import Context
from cases.models import Case, FilingSlip, WorkItem
from cases.pages.item_page import case_form_page
from cases.pages.lights import light, short, stamp
from cases.pages.names import line, parties_of
from cases.pages.print_page import printed
from cases.slips import TYPE_CODE, balance
from cases.workflow import Kind
from teams.actor import Actor

MOST = 200  # slips that wait; the first is the oldest


def index(request, actor: Actor) -> dict:
    ctx, every = context.read(), FilingSlip.objects.select_related("case", "registered", "approval")
    seen = every.filter(case__in=rights.visible(actor))
    waiting = list(seen.filter(answered_at=None).order_by("asked_at", "pk")[:MOST])
    done = lists.keyset(
        seen.exclude(answered_at=None), "answered_at", request.GET.get("after", ""), descending=True, size=20
    )
    parties = parties_of([slip.case for slip in (*waiting, *done.rows)])
    made = rights.standings(actor, [slip.registered for slip in done.rows])
    items = {
        item.subject: item
        for item in WorkItem.objects.filter(case__in=[s.case_id for s in waiting], rule="filing.number", open=True)
    }
    return {
        "waiting": [_waiting(ctx, slip, parties, items.get(f"slip:{slip.pk}")) for slip in waiting],
        "done": [_line(ctx, slip, parties, made[slip.registered_id].view) for slip in done.rows],
        "next": lists.link(request.path, [], done.next),
        "previous": lists.link(request.path, [], done.previous),
    }


def _waiting(ctx: Context, slip: FilingSlip, parties, item: WorkItem | None) -> dict:
    days = (ctx.today - slip.asked_at.astimezone(ctx.now.tzinfo).date()).days
    return {
        **_line(ctx, slip, parties),
        "days": f"{days} 日" if days else "今日报出",
        "light": light(ctx, item) if item else None,
        "signed": slip.approval is not None and slip.approval.state == "signed",
    }


def _line(ctx: Context, slip: FilingSlip, parties, may_view: bool = False) -> dict:
    return {
        "id": slip.pk,
        "kind": Kind(slip.kind).label,
        "case_url": f"/cases/{slip.case_id}/",
        "number": slip.case.number,
        "line": line(slip.case, parties),
        "asked": f"{ctx.roster.name(slip.asked_by_id)} {stamp(ctx, slip.asked_at)}".strip(),
        "answer": reverse("cases:answer_slip", args=[slip.pk]),
        "print": reverse("cases:print_slip", args=[slip.pk]),
        "given": slip.number,
        "answered": stamp(ctx, slip.answered_at),
        "url": f"/cases/{slip.registered_id}/" if may_view else "",
    }


def answer(slip: FilingSlip, actor: Actor) -> dict:
    expected = f"应为「{TYPE_CODE[Kind(slip.kind)]}」字案号"
    return case_form_page(slip.case, actor, f"登记案号（{Kind(slip.kind).label}）", expected=expected)


def sheet(slip: FilingSlip, actor: Actor) -> dict:
    """The sheet that goes to 立案庭: from which case, for whom, what is still owed, who signed."""
    ctx, case = context.read(), slip.case
    places = slip.approval.places.order_by("order").select_related("signed_by") if slip.approval else []
    facts = [
        ("原案号", case.number),
        ("申请立案类型", f"{Kind(slip.kind).label}（「{TYPE_CODE[Kind(slip.kind)]}」字）"),
        ("案由", case.cause),
        ("申请标的", f"{case.amount:,.2f} 元" if case.amount else ""),
        ("未执行余额", f"{balance(slip):,.2f} 元" if slip.kind == Kind.RESUMED else ""),
        ("执行依据", "；".join(row.number for row in case.bases.order_by("pk"))),
        ("事由", str(slip.proposal.get("ground") or slip.proposal.get("reason") or "")),
        ("报出", f"{ctx.roster.name(slip.asked_by_id)}　{slip.asked_at.astimezone(ctx.now.tzinfo):%Y-%m-%d %H:%M}"),
    ]
    return {
        "kind": Kind(slip.kind).label,
        "facts": [(name, text) for name, text in facts if text],
        "parties": _parties(case),
        "places": [
            (place.label, place.signed_by.name if place.signed_by else "", short(_day(ctx, place.at), ctx.today))
            for place in places
        ],
        "number": slip.number,
        "printed": printed(ctx, actor),
    }


def _day(ctx: Context, at):
    return at.astimezone(ctx.now.tzinfo).date() if at else None


def _parties(case: Case) -> list[tuple[str, str, str]]:
    return [
        (party.get_role_display(), party.name, party.get_standing_display())
        for party in case.parties.order_by("role", "position")
    ]
