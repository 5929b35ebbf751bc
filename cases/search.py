"""Ctrl K: from what people remember of a case to who has it now. Locate for every officer, a link for who may view.

What is typed says how it is looked for: a number in any brackets, tail digits, a name (two characters anywhere, one at
its beginning), the initials of a name, the tail of a certificate. Rooms add their own kinds through `@search`.
"""

import re
from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.urls import reverse

from cases import clock, context, hooks, numbers, permissions, rights
from cases.context import Context
from cases.models import Case, Party
from cases.names import Bigrams, initials
from cases.pages.names import line, parties_of, short_number
from cases.statements import Statement
from teams.actor import Actor

LIMIT = 20
SCAN = 200  # rows that are enough for nearly every word
MOST = 5000  # rows of a common word that are looked at; of one more common still, the newest cases are read instead
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
ALL_BY_TAIL = (
    "SELECT id FROM cases_case WHERE serial IS NOT NULL AND reverse(serial::text) LIKE reverse(%s::text) || '%%'"
)
ALL_BY_CERTIFICATE = (
    "SELECT case_id FROM cases_party WHERE certificate_number <> ''"
    " AND reverse(certificate_number) LIKE reverse(%s::text) || '%%'"
)
# A word more common than `MOST` is found on every few cases: read them from the newest on, until a page is full.
NEWEST = Statement(
    "search_newest",
    "SELECT c.id FROM (SELECT id, serial FROM cases_case"
    " WHERE (NOT confidential AND NOT state_secret OR id = ANY(%s::bigint[])) AND id <> ALL(%s::bigint[])"
    " ORDER BY id DESC) c CROSS JOIN LATERAL ("
    "SELECT 1 WHERE reverse(c.serial::text) LIKE reverse(%s::text) UNION ALL"
    " SELECT 1 FROM cases_party p WHERE p.case_id = c.id AND (lower(p.name) LIKE ANY(%s::text[])"
    " OR p.initials LIKE %s::text OR p.certificate_number LIKE %s::text) LIMIT 1) found"
    " ORDER BY c.id DESC LIMIT %s::int",
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
    """What was found, and how many cases there are in all; None when they are too many to be counted."""

    hits: list[Hit]
    total: int | None


def find(text: str, actor: Actor, limit: int = LIMIT) -> list[Hit]:
    return look(text, actor, limit).hits


def look(text: str, actor: Actor, limit: int = LIMIT) -> Answer:
    """Pages of the program by their names, then cases, the newest at the top; then what rooms know.

    However common the word, the cases shown are the newest of all that match and may be located: the exact tail of a
    number before them.
    """
    rights.require_office(actor, "locate")
    if not numbers.clean(text):
        return Answer([], 0)
    ids, more = candidates(text)
    if more:
        ids, more = candidates(text, MOST)
    if more:
        ids = newest(text, actor, limit)
    text = numbers.clean(text)
    found = cases_of(ids, actor, limit, text)
    total = None if more else count_of(ids, actor) if len(ids) > limit else len(found)
    for search in (each for kind in hooks.kinds("search") for each in hooks.of("search", kind)):
        found += search(text, actor, limit - len(found)) if len(found) < limit else []
    return Answer([*pages_of(text, actor), *found], total)


def candidates(text: str, scan: int = SCAN) -> tuple[list[int], bool]:
    """Cases the text may mean, by every way it can be read; True when there are more than `scan` rows of one."""
    names, text = spellings(text), numbers.clean(text)
    if number := numbers.parse(text, year=clock.today().year):
        return list(Case.objects.filter(number=str(number)).values_list("pk", flat=True)), False
    scans: list[list[tuple]] = []
    if TAIL.fullmatch(text):
        scans.append([(pk, 1) for (pk,) in BY_TAIL.rows(text, text, scan)])
    if certificate(text):
        scans.append(BY_CERTIFICATE.rows(text.upper(), scan))
    if LETTERS.fullmatch(text):
        scans.append(BY_INITIALS.rows(text.lower(), f"%{text.lower()}%", scan))
    for name in names if len(text) > 1 or not text.isdigit() else ():
        like = escape(name)
        named = BY_NAME.rows(name, f"%{like.lower()}%", scan) if len(name) > 1 else BY_FIRST.rows(f"{like}%", scan)
        scans.append(named)
    ids = dict.fromkeys(row[0] for rows in scans for row in rows)
    return list(ids), any(sum(count for _, count in rows) >= scan for rows in scans)


def certificate(text: str) -> bool:
    return bool(CERTIFICATE.fullmatch(text)) and any(sign.isdigit() for sign in text)


def newest(text: str, actor: Actor, limit: int) -> list[int]:
    """The newest cases of a word that is on every few of them, of those the officer may locate; the exact number too."""
    names, text = spellings(text), numbers.clean(text)
    named = [] if len(text) == 1 and text.isdigit() else [escape(name).lower() for name in names]
    own = list(rights.visible(actor, Case.objects.filter(HIDDEN)).values_list("pk", flat=True)[:MOST])
    found = NEWEST.rows(
        own,
        rights.recused_from(actor),
        f"%{text}" if TAIL.fullmatch(text) else None,
        [f"{like}%" if len(like) == 1 else f"%{like}%" for like in named],
        f"%{text.lower()}%" if LETTERS.fullmatch(text) else None,
        f"%{text.upper()}" if certificate(text) else None,
        limit,
    )
    exact = Case.objects.filter(serial=int(text)) if TAIL.fullmatch(text) else Case.objects.none()
    return [*exact.order_by("-pk").values_list("pk", flat=True)[:limit], *(pk for (pk,) in found)]


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
        known = action != "admin" and (
            not action or permissions.mark(action, actor.post, actor.kind, actor.special) != "."
        )
        if known and (wanted in label or initials(label).startswith(wanted)):
            found.append(Hit("页面", label, "打开这一页", "", reverse(name)))
    return found[:PAGES]


def escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


HIDDEN = Q(confidential=True) | Q(state_secret=True)


def located(ids: list[int], actor: Actor) -> tuple[QuerySet[Case], QuerySet[Case]]:
    """What may be located of them: the open ones, and the confidential ones on which the officer is named."""
    found = Case.objects.filter(pk__in=ids).exclude(pk__in=rights.recused_from(actor))
    return found.filter(~HIDDEN), rights.visible(actor, found.filter(HIDDEN))


def count_of(ids: list[int], actor: Actor) -> int:
    return sum(cases.count() for cases in located(ids, actor))


def cases_of(ids: list[int], actor: Actor, limit: int, text: str = "") -> list[Hit]:
    """A row each; where there are more than fit, the exact number first and then the newest."""
    if not ids:
        return []
    serial = int(text) if TAIL.fullmatch(text) else None
    rank = {pk: place for place, pk in enumerate(ids)} if len(ids) <= limit else {}
    exact = ExpressionWrapper(Q(serial=serial), output_field=BooleanField())
    first = () if serial is None else (exact.desc(nulls_last=True),)
    rows = [case for cases in located(ids, actor) for case in cases.order_by(*first, "-pk")[:limit]]
    rows.sort(key=lambda case: (serial is not None and case.serial != serial, rank.get(case.pk, 0), -case.pk))
    cases = rows[:limit]
    ctx, standings, parties = context.read(), rights.standings(actor, cases), parties_of(cases)
    return [hit(ctx, case, parties, standings[case.pk].view) for case in cases]


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
        found |= Q(pk__in=RawSQL(ALL_BY_TAIL, [text]))
    if certificate(text):
        found |= Q(pk__in=RawSQL(ALL_BY_CERTIFICATE, [text.upper()]))
    if LETTERS.fullmatch(text):
        wanted = Bigrams(Value(text.lower()))
        found |= Q(pk__in=parties.filter(letters__contains=wanted, initials__contains=text.lower()).values("case"))
    for name in names:
        first = parties.filter(name__startswith=name)
        named = parties.filter(grams__contains=Bigrams(Value(name)), name__icontains=name) if len(name) > 1 else first
        found |= Q(pk__in=named.values("case"))
    return found
