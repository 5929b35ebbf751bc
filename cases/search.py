"""Ctrl K: from what people remember of a case to who has it now. Locate for every officer, a link for who may view.

What is typed says how it is looked for: a number in any brackets, tail digits, a name (two characters anywhere, one at
its beginning), the initials of a name, the tail of a certificate. Rooms add their own kinds through `@search`.
"""

import re
from typing import NamedTuple

from django.db.models import Q, Value

from cases import clock, context, hooks, numbers, rights
from cases.context import Context
from cases.models import Case, Party
from cases.names import Bigrams
from cases.pages.names import line, parties_of, short_number
from cases.statements import Statement
from teams.actor import Actor

LIMIT = 20
SCAN = 200  # rows of a frequent word that are looked at, the newest first where the index allows
LETTERS = re.compile(r"[a-zA-Z]{2,}")
TAIL = re.compile(r"\d{1,9}")
CERTIFICATE = re.compile(r"[0-9A-Za-z]{4,18}")

BY_TAIL = Statement(
    "search_tail",
    "SELECT id FROM cases_case WHERE serial IS NOT NULL AND reverse(serial::text) LIKE reverse(%s::text) || '%%'"
    " ORDER BY (serial::text = %s::text) DESC, id DESC LIMIT %s::int",
)
BY_NAME = Statement(
    "search_name",
    "SELECT DISTINCT case_id FROM (SELECT case_id FROM cases_party"
    " WHERE bigrams(name) @> bigrams(%s::text) AND lower(name) LIKE %s::text LIMIT %s::int) found",
)
BY_FIRST = Statement(
    "search_first",
    "SELECT DISTINCT case_id FROM (SELECT case_id FROM cases_party WHERE name LIKE %s::text LIMIT %s::int) found",
)
BY_INITIALS = Statement(
    "search_initials",
    "SELECT DISTINCT case_id FROM (SELECT case_id FROM cases_party"
    " WHERE bigrams(initials) @> bigrams(%s::text) AND initials LIKE %s::text LIMIT %s::int) found",
)
BY_CERTIFICATE = Statement(
    "search_certificate",
    "SELECT DISTINCT case_id FROM (SELECT case_id FROM cases_party WHERE certificate_number <> ''"
    " AND reverse(certificate_number) LIKE reverse(%s::text) || '%%' LIMIT %s::int) found",
)


class Hit(NamedTuple):
    """One row: what it is, where it stands, who has it; without `url` the reader may not open it."""

    kind: str
    title: str
    text: str
    holder: str
    url: str
    full: str = ""


def find(text: str, actor: Actor, limit: int = LIMIT) -> list[Hit]:
    """Cases first, the newest at the top; then what rooms know."""
    rights.require_office(actor, "locate")
    text = numbers.clean(text)
    if not text:
        return []
    found = cases_of(case_ids(text), actor, limit)
    for search in hooks.of("search"):
        found += search(text, actor, limit - len(found)) if len(found) < limit else []
    return found


def case_ids(text: str) -> list[int]:
    """Candidates for the text, by every way it can be read."""
    if number := numbers.parse(text, year=clock.today().year):
        return list(Case.objects.filter(number=str(number)).values_list("pk", flat=True))
    like = escape(text)
    found: list[tuple] = []
    if TAIL.fullmatch(text):
        found += BY_TAIL.rows(text, text, LIMIT)
    if CERTIFICATE.fullmatch(text) and any(sign.isdigit() for sign in text):
        found += BY_CERTIFICATE.rows(text.upper(), SCAN)
    if LETTERS.fullmatch(text):
        found += BY_INITIALS.rows(text.lower(), f"%{like.lower()}%", SCAN)
    if not text.isdigit():
        found += BY_NAME.rows(text, f"%{like.lower()}%", SCAN) if len(text) > 1 else BY_FIRST.rows(f"{like}%", SCAN)
    return [row[0] for row in dict.fromkeys(found)]


def escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def cases_of(ids: list[int], actor: Actor, limit: int) -> list[Hit]:
    """What may be located of them: confidential ones only for who is named on them."""
    if not ids:
        return []
    rank = {pk: place for place, pk in enumerate(ids)}
    hidden = Q(confidential=True) | Q(state_secret=True)
    open_ones = list(Case.objects.filter(~hidden, pk__in=ids).order_by("-pk")[:limit])
    own = list(rights.visible(actor, Case.objects.filter(hidden, pk__in=ids))[:limit])
    cases = sorted([*open_ones, *own], key=lambda case: (rank[case.pk] if len(ids) <= limit else 0, -case.pk))[:limit]
    ctx, standings, parties = context.read(), rights.standings(actor, cases), parties_of(cases)
    return [hit(ctx, case, parties, standings[case.pk].view) for case in cases if not standings[case.pk].recused]


def hit(ctx: Context, case: Case, parties, may_view: bool) -> Hit:
    team, roster = ctx.roster.team(case.team_id), ctx.roster
    who = [team.name, roster.name(case.handler_id), roster.phone(case.handler_id) or team.phone] if team else []
    return Hit(
        case.get_stage_display(),
        short_number(case, ctx.today.year),
        line(case, parties),
        " ".join(filter(None, who)),
        f"/cases/{case.pk}/" if may_view else "",
        case.number,
    )


def matching(text: str) -> Q:
    """The same reading as a filter of the case list, where nothing is capped."""
    text = numbers.clean(text)
    if not text:
        return Q()
    if number := numbers.parse(text, year=clock.today().year):
        return Q(number=str(number))
    found, parties = Q(), Party.objects.alias(grams=Bigrams("name"), letters=Bigrams("initials"))
    if TAIL.fullmatch(text):
        found |= Q(pk__in=[pk for (pk,) in BY_TAIL.rows(text, text, SCAN)])
    if CERTIFICATE.fullmatch(text) and any(sign.isdigit() for sign in text):
        found |= Q(pk__in=[pk for (pk,) in BY_CERTIFICATE.rows(text.upper(), SCAN)])
    if LETTERS.fullmatch(text):
        wanted = Bigrams(Value(text.lower()))
        found |= Q(pk__in=parties.filter(letters__contains=wanted, initials__contains=text.lower()).values("case"))
    if len(text) > 1:
        named = parties.filter(grams__contains=Bigrams(Value(text)), name__icontains=text)
        return found | Q(pk__in=named.values("case"))
    return found | Q(pk__in=parties.filter(name__startswith=text).values("case"))
