"""Context of the case list: simple filters, keyset pages, only what the officer may view."""

from django.db.models import Q, QuerySet

from cases import context, lists, rights, search
from cases.models import Case, WorkItem
from cases.pages.lights import of_moment, short
from cases.pages.names import line, parties_of, short_number, wan
from cases.workflow import Kind, Stage
from teams.actor import Actor


def page(request, actor: Actor) -> dict:
    ctx = context.read()
    given = {key: request.GET.get(key, "").strip() for key in ("q", "stage", "kind", "team", "mine")}
    cases = filtered(rights.visible(actor), given, actor)
    page_ = lists.keyset(cases, "pk", request.GET.get("after", ""), descending=True)
    return {
        "rows": rows(ctx, page_.rows),
        "given": given,
        "stages": [(s.value, s.label) for s in Stage],
        "kinds": [(k.value, k.label) for k in Kind],
        "teams": [
            (str(t.id), t.name)
            for t in sorted(ctx.roster.teams.values(), key=lambda t: t.id)
            if t.kind not in ("administration", "leadership", "adjudication")
        ],
        "count": lists.capped(cases, "-pk"),
        "next": lists.link(request.path, list(request.GET.items()), page_.next),
        "previous": lists.link(request.path, list(request.GET.items()), page_.previous),
        "filtered": any(given.values()),
    }


def filtered(cases: QuerySet[Case], given: dict[str, str], actor: Actor) -> QuerySet[Case]:
    if given["stage"]:
        cases = cases.filter(stage=given["stage"])
    if given["kind"]:
        cases = cases.filter(kind=given["kind"])
    if given["team"].isdigit():
        cases = cases.filter(team_id=int(given["team"]))
    if given["mine"]:
        cases = cases.filter(Q(handler_id=actor.user_id) | Q(clerk_id=actor.user_id))
    if given["q"]:
        cases = cases.filter(search.matching(given["q"]))
    return cases


def rows(ctx, cases: list[Case]) -> list[dict]:
    parties, due = parties_of(cases), next_due([case.pk for case in cases])
    return [row(ctx, case, parties, due.get(case.pk)) for case in cases]


def row(ctx, case: Case, parties, due: WorkItem | None) -> dict:
    team, roster = ctx.roster.team(case.team_id), ctx.roster
    return {
        "id": case.pk,
        "url": f"/cases/{case.pk}/",
        "light": of_moment(ctx, due.due_at, due.due_on, due.warn_at) if due else None,
        "number": short_number(case, ctx.today.year),
        "full_number": case.number,
        "parties": line(case, parties),
        "cause": case.cause,
        "amount": wan(case.amount) if case.amount else "",
        "stage": case.get_stage_display(),
        "team": team.name if team else "",
        "handler": roster.name(case.handler_id),
        "phone": roster.phone(case.handler_id) or (team.phone if team else ""),
        "filed": short(case.filed_on, ctx.today),
        "flags": [
            label
            for label, on in (("民生", case.livelihood), ("涉企", case.enterprise), ("不公开", case.confidential))
            if on
        ],
    }


def next_due(pks: list[int]) -> dict[int, WorkItem]:
    """The next running duty of each case: one query for the page."""
    items = (
        WorkItem.objects.filter(case__in=pks, open=True, paused=False)
        .order_by("case_id", "due_at", "id")
        .distinct("case_id")
    )
    return {item.case_id: item for item in items.only("case_id", "due_at", "due_on", "warn_at")}
