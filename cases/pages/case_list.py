"""Context of the case list: filters, allowed sorts each with an index, keyset pages, only what the officer may view."""

from hashlib import md5
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Q, QuerySet

from cases import context, lists, rights
from cases.models import Case, SavedView
from cases.pages.case_filters import FLAGS, KEYS, LIGHTS, checked, filtered, handler_choices, powers, words
from cases.pages.case_rows import SHOWN, body, rows
from cases.workflow import Kind, Stage
from teams.actor import Actor

# Each sort is served by an index of Case; the key breaks ties.
SORTS = {
    "": ("pk", True), "filed": ("filed_on", False), "-filed": ("filed_on", True),
    "amount": ("amount", False), "-amount": ("amount", True),
}  # fmt: skip
HEADINGS = (  # column, the sort of its heading
    ("期限", ""), ("案号 / 案由", ""), ("当事人", ""), ("标的 / 到位率", "amount"), ("环节", ""), ("承办", ""),
    ("立案", "filed"), ("更新", ""),
)  # fmt: skip
OUTSIDE = ("administration", "leadership", "adjudication")  # team kinds that hold no cases
HINTS = 3
BEYOND = 300  # seconds


def page(request, actor: Actor) -> dict:
    ctx = context.read()
    given, wrong = checked({key: request.GET.get(key, "").strip() for key in KEYS})
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else ""
    cases = filtered(rights.visible(actor), given, actor)
    column, descending = SORTS[sort]
    page_ = lists.keyset(cases.only(*SHOWN), column, request.GET.get("after", ""), descending=descending)
    found = rows(ctx, page_.rows)
    parameters = [(key, value) for key, value in given.items() if value]
    sorted_ = [*parameters, *([("sort", sort)] if sort else [])]
    return {
        "rows": found,
        "body": body(found),
        "headings": headings(parameters, sort),
        "sort": sort,
        "given": given,
        "wrong": wrong,
        "stages": [(s.value, s.label) for s in Stage],
        "kinds": [(k.value, k.label) for k in Kind],
        "lights": LIGHTS,
        "flags": FLAGS,
        "teams": [
            (str(team.id), team.name)
            for team in sorted(ctx.roster.teams.values(), key=lambda team: team.id)
            if team.kind not in OUTSIDE
        ],
        "handlers": handler_choices(ctx, given["team"], actor),
        "count": counted(cases, f"{actor.user_id}:{actor.team_id}:{urlencode(parameters)}"),
        "query": urlencode(sorted_),
        "views": views(actor),
        "next": lists.link(request.path, sorted_, page_.next),
        "previous": lists.link(request.path, sorted_, page_.previous),
        "filtered": bool(parameters),
        "hints": [] if page_.rows or not parameters else hints(ctx, actor, given),
        "may_export": "export" in powers(actor),
        "may_mark": "amend" in powers(actor),
        "may_print": "print" in powers(actor),
    }


def counted(cases: QuerySet[Case], filters: str) -> str:
    """How many there are; more than a thousand are so for a few minutes, and are not counted again each time."""
    key = f"beyond:{md5(filters.encode(), usedforsecurity=False).hexdigest()}"
    if beyond := cache.get(key):
        return beyond
    count = lists.capped(cases, "-pk")
    if count.endswith("+"):
        cache.set(key, count, BEYOND)
    return count


def headings(parameters: list[tuple[str, str]], sort: str) -> list[dict]:
    """Column headings; a sortable one turns from the newest or largest to the oldest or smallest and back."""
    found = []
    for label, key in HEADINGS:
        turned = key if sort == f"-{key}" else f"-{key}"
        found.append(
            {
                "label": label,
                "number": key == "amount",
                "url": "/cases/?" + urlencode([*parameters, ("sort", turned)]) if key else "",
                "sort": {f"-{key}": "descending", key: "ascending"}.get(sort, "") if key else "",
            }
        )
    return found


def hints(ctx, actor: Actor, given: dict[str, str]) -> list[dict]:
    """Nothing was found: which single filter, taken away, would give something (asked on the empty page only)."""
    found = []
    for key in (key for key, value in given.items() if value):
        fewer = {**given, key: ""}
        cases = filtered(rights.visible(actor), fewer, actor)
        if cases.order_by("-pk")[:1].exists():
            count = lists.capped(cases, "-pk", cap=100)
            link = "/cases/?" + urlencode([(name, value) for name, value in fewer.items() if value])
            found.append(
                {"words": words(ctx, {**dict.fromkeys(given, ""), key: given[key]}), "count": count, "url": link}
            )
        if len(found) == HINTS:
            break
    return found


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
