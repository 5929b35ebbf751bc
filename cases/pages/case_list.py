"""Context of the case list: simple filters, keyset pages, only what the officer may view."""

from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases import amounts, context, dates, lists, rights, search
from cases.models import Case, SavedView, WorkItem
from cases.pages.lights import of_moment, short
from cases.pages.names import line, parties_of, short_number, wan
from cases.workflow import Kind, Stage
from teams.actor import Actor

FILTERS = (
    # key,       label
    ("q",        "查找"),
    ("stage",    "环节"),
    ("kind",     "类型"),
    ("team",     "团队"),
    ("mine",     "承办"),
    ("light",    "期限"),
    ("flag",     "标记"),
    ("from",     "立案自"),
    ("to",       "立案至"),
    ("least",    "标的不少于（元）"),
    ("most",     "标的不多于（元）"),
)  # fmt: skip
KEYS = tuple(key for key, _ in FILTERS)
LIGHTS = (("overdue", "已超期"), ("today", "今日到期"), ("soon", "3 日内到期"), ("paused", "暂停计期"))
FLAGS = (("livelihood", "涉民生"), ("enterprise", "涉企"), ("confidential", "不公开"))


def page(request, actor: Actor) -> dict:
    ctx = context.read()
    given = {key: request.GET.get(key, "").strip() for key in KEYS}
    given, wrong = checked(given)
    cases = filtered(rights.visible(actor), given, actor)
    page_ = lists.keyset(cases, "pk", request.GET.get("after", ""), descending=True)
    parameters = [(key, value) for key, value in given.items() if value]
    return {
        "rows": rows(ctx, page_.rows),
        "given": given,
        "wrong": wrong,
        "stages": [(s.value, s.label) for s in Stage],
        "kinds": [(k.value, k.label) for k in Kind],
        "lights": LIGHTS,
        "flags": FLAGS,
        "teams": [
            (str(t.id), t.name)
            for t in sorted(ctx.roster.teams.values(), key=lambda t: t.id)
            if t.kind not in ("administration", "leadership", "adjudication")
        ],
        "more": any(given[key] for key in KEYS[6:]),
        "count": lists.capped(cases, "-pk"),
        "query": urlencode(parameters),
        "views": views(actor),
        "next": lists.link(request.path, parameters, page_.next),
        "previous": lists.link(request.path, parameters, page_.previous),
        "filtered": any(given.values()),
    }


def checked(given: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """Dates and amounts as they are meant; what cannot be read is left out and named."""
    found, wrong = dict(given), []
    for key, label in FILTERS:
        reader = {
            "from": dates.read_date,
            "to": dates.read_date,
            "least": amounts.read_amount,
            "most": amounts.read_amount,
        }.get(key)
        if reader and found[key]:
            try:
                found[key] = str(reader(found[key]))
            except ValueError as error:
                wrong.append(f"{label}：{error}")
                found[key] = ""
    return found, wrong


def filtered(cases: QuerySet[Case], given: dict[str, str], actor: Actor) -> QuerySet[Case]:
    """`given` as `checked` gives it."""
    exact = {"stage": given["stage"], "kind": given["kind"]}
    bounds = {
        "filed_on__gte": given["from"], "filed_on__lte": given["to"],
        "amount__gte": given["least"], "amount__lte": given["most"],
    }  # fmt: skip
    cases = cases.filter(**{name: value for name, value in {**exact, **bounds}.items() if value})
    if given["team"].isdigit():
        cases = cases.filter(team_id=int(given["team"]))
    if given["mine"]:
        cases = cases.filter(Q(handler_id=actor.user_id) | Q(clerk_id=actor.user_id))
    if given["flag"] in dict(FLAGS):
        cases = cases.filter(**{given["flag"]: True})
    if given["light"] in dict(LIGHTS):
        cases = cases.filter(Exists(lit(given["light"])))
    if given["q"]:
        cases = cases.filter(search.matching(given["q"]))
    return cases


def lit(key: str) -> QuerySet[WorkItem]:
    """Open items of the case under this light."""
    from cases.pages.work_lists import due

    return due(context.read(), WorkItem.objects.filter(case=OuterRef("pk"), open=True), key)


def views(actor: Actor) -> list[dict]:
    rows_ = SavedView.objects.filter(Q(user_id=actor.user_id) | Q(team_id=actor.team_id)).order_by("id")[:30]
    return [
        {
            "id": row.pk,
            "name": row.name,
            "url": f"/cases/?{row.query}",
            "own": row.user_id == actor.user_id,
            "team": row.team_id is not None,
        }
        for row in rows_
    ]


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
