"""Ctrl K: from what people remember of a case to who has it now. Locate for every officer, a link for who may view.

What is typed says how it is looked for: a number in any brackets, tail digits, a name (two characters anywhere, one at
its beginning), the initials of a name, the tail of a certificate. Rooms add their own kinds through `@search`.
"""

import re
from typing import NamedTuple

from django.db.models import Q, Value
from django.urls import reverse

from cases import clock, context, hooks, numbers, permissions, rights
from cases.context import Context
from cases.models import Case, Party
from cases.names import Bigrams, initials
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
    "SELECT case_id, count(*) FROM (SELECT case_id FROM cases_party"
    " WHERE bigrams(name) @> bigrams(%s::text) AND lower(name) LIKE %s::text LIMIT %s::int) found GROUP BY case_id",
)
BY_FIRST = Statement(
    "search_first",
    "SELECT case_id, count(*) FROM (SELECT case_id FROM cases_party WHERE name LIKE %s::text LIMIT %s::int) found GROUP BY case_id",
)
BY_INITIALS = Statement(
    "search_initials",
    "SELECT case_id, count(*) FROM (SELECT case_id FROM cases_party"
    " WHERE bigrams(initials) @> bigrams(%s::text) AND initials LIKE %s::text LIMIT %s::int) found GROUP BY case_id",
)
BY_CERTIFICATE = Statement(
    "search_certificate",
    "SELECT case_id, count(*) FROM (SELECT case_id FROM cases_party WHERE certificate_number <> ''"
    " AND reverse(certificate_number) LIKE reverse(%s::text) || '%%' LIMIT %s::int) found GROUP BY case_id",
)


class Hit(NamedTuple):
    """One row: what it is, where it stands, who has it; without `url` the reader may not open it."""

    kind: str
    title: str
    text: str
    holder: str
    url: str
    full: str = ""


class Answer(NamedTuple):
    """What was found, and whether the words are so frequent that only `SCAN` of the parties were looked at."""

    hits: list[Hit]
    frequent: bool


def find(text: str, actor: Actor, limit: int = LIMIT) -> list[Hit]:
    return look(text, actor, limit).hits


def look(text: str, actor: Actor, limit: int = LIMIT) -> Answer:
    """Pages of the program by their names, then cases, the newest at the top; then what rooms know."""
    rights.require_office(actor, "locate")
    if not numbers.clean(text):
        return Answer([], False)
    ids, frequent = candidates(text)
    text = numbers.clean(text)
    found = cases_of(ids, actor, limit)
    for search in hooks.of("search"):
        found += search(text, actor, limit - len(found)) if len(found) < limit else []
    return Answer([*pages_of(text, actor), *found], frequent)


def candidates(text: str) -> tuple[list[int], bool]:
    """Cases the text may mean, by every way it can be read; True when a frequent word was cut short."""
    names, text = spellings(text), numbers.clean(text)
    if number := numbers.parse(text, year=clock.today().year):
        return list(Case.objects.filter(number=str(number)).values_list("pk", flat=True)), False
    found, scans = [], []
    if TAIL.fullmatch(text):
        found += BY_TAIL.rows(text, text, LIMIT)
    if CERTIFICATE.fullmatch(text) and any(sign.isdigit() for sign in text):
        scans.append(BY_CERTIFICATE.rows(text.upper(), SCAN))
    if LETTERS.fullmatch(text):
        scans.append(BY_INITIALS.rows(text.lower(), f"%{text.lower()}%", SCAN))
    for name in names if len(text) > 1 or not text.isdigit() else ():
        like = escape(name)
        named = BY_NAME.rows(name, f"%{like.lower()}%", SCAN) if len(name) > 1 else BY_FIRST.rows(f"{like}%", SCAN)
        scans.append(named)
    ids = dict.fromkeys(row[0] for rows in (found, *scans) for row in rows)
    return list(ids), any(sum(count for _, count in rows) >= SCAN for rows in scans)


FULL_WIDTH = str.maketrans("()", "（）")


def spellings(text: str) -> list[str]:
    """How a name may be written: as typed, without blanks, with brackets of either width."""
    plain = numbers.clean(text)
    return [name for name in dict.fromkeys((plain, text.strip(), plain.translate(FULL_WIDTH))) if name]


COMMANDS = (
    # name,          address,             action needed
    ("打印今日清单", "cases:print_today", "print"),
    ("报请查看不公开案件", "cases:access", "ask:confidential_access"),
    ("个人设置",     "teams:me",          ""),
    ("帮助",         "teams:help",        ""),
)  # fmt: skip
PAGES = 4


def pages_of(text: str, actor: Actor) -> list[Hit]:
    """Pages and commands by their name, two characters from anywhere in it, or by its initials: 「期限」, qxrl."""
    from cases.frame import NAV

    wanted, found = text.lower(), []
    if len(wanted) < 2:
        return []
    for label, name, action in (*((row[1], row[2], row[4]) for row in NAV), *COMMANDS):
        known = action != "admin" and (not action or permissions.mark(action, actor.post, actor.kind) != ".")
        if known and (wanted in label or initials(label).startswith(wanted)):
            found.append(Hit("页面", label, "打开这一页", "", reverse(name)))
    return found[:PAGES]


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
    names, text = spellings(text), numbers.clean(text)
    if not text:
        return Q()
    if number := numbers.parse(text, year=clock.today().year):
        return Q(number=str(number))
    found, parties = Q(), Party.objects.alias(grams=Bigrams("name"), letters=Bigrams("initials"))
    if TAIL.fullmatch(text):
        found |= Q(pk__in=[pk for (pk,) in BY_TAIL.rows(text, text, SCAN)])
    if CERTIFICATE.fullmatch(text) and any(sign.isdigit() for sign in text):
        found |= Q(pk__in=[pk for pk, _ in BY_CERTIFICATE.rows(text.upper(), SCAN)])
    if LETTERS.fullmatch(text):
        wanted = Bigrams(Value(text.lower()))
        found |= Q(pk__in=parties.filter(letters__contains=wanted, initials__contains=text.lower()).values("case"))
    for name in names:
        first = parties.filter(name__startswith=name)
        named = parties.filter(grams__contains=Bigrams(Value(name)), name__icontains=name) if len(name) > 1 else first
        found |= Q(pk__in=named.values("case"))
    return found
