"""The lists of work items an officer may open, and the filters over them: read by workbench, queue, print and export."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from operator import itemgetter

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.dateparse import parse_date

from cases import lists, rights
from cases.context import Context
from cases.deadlines import RULE
from cases.models import WorkItem
from cases.pages.lights import tomorrow
from teams.actor import Actor
from teams.models import Notice

ROWS = 35  # of one page: 50 would build more than 1,500 elements beside the teams' loads (ux §6.4)
ONLY = 200  # rows that a batch may leave behind and show again
NUDGE = "n.kind = 'nudge' AND n.sender_id IS NOT NULL AND n.key = ''"  # by an officer: it waits for an answer
REMINDED = timedelta(days=60)  # how long a reminder is looked after


def mine(actor: Actor) -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(person_id=actor.user_id, open=True)


def shown(ctx: Context, items: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """Long clocks enter queues from their lead only; what waits is counted apart."""
    return items.filter(Q(show_at__isnull=True) | Q(show_at__lte=ctx.now), wait_until__isnull=True)


def held(items: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """What waits for a day, and what is paused."""
    return items.filter(Q(wait_until__isnull=False) | Q(paused=True))


def midnight(ctx: Context) -> datetime:
    """The moment today began."""
    return datetime.combine(ctx.today, time(0), ctx.now.tzinfo)


def due(ctx: Context, items: QuerySet[WorkItem], key: str) -> QuerySet[WorkItem]:
    """The filter of a tile."""
    night = tomorrow(ctx)
    return {
        "overdue": items.filter(due_at__lte=ctx.now, paused=False),
        "today": items.filter(due_at__gt=ctx.now, due_at__lte=night, paused=False),
        "soon": items.filter(due_at__gt=night, due_at__lte=night + timedelta(days=3), paused=False),
        "paused": items.filter(paused=True),
    }.get(key, items)


def tab_items(ctx: Context, actor: Actor, tab: str) -> QuerySet[WorkItem]:
    every = WorkItem.objects.all()
    if tab == "team":
        whole = every.filter(open=True, paused=False)
        own = actor.kind != "leadership"  # who leads the bureau looks at what the teams owe
        return shown(ctx, whole.filter(team_id=actor.team_id) if own else whole.exclude(team_id=actor.team_id))
    if tab == "asked":
        of_mine = Q(asked_by_id=actor.user_id) | Q(pk__in=reminded(ctx, actor))
        return every.filter(of_mine, open=True).exclude(person_id=actor.user_id)
    if tab == "done":
        return every.filter(finished_by_id=actor.user_id, open=False)
    if tab == "copied":
        mine_too = Q(case__handler_id=actor.user_id) | Q(case__clerk_id=actor.user_id)
        return shown(ctx, every.filter(mine_too, open=True)).exclude(team_id=actor.team_id)
    if tab == "waiting":
        return held(mine(actor))
    return shown(ctx, mine(actor)).filter(paused=False)


def filtered(ctx: Context, actor: Actor, items: QuerySet[WorkItem], given: dict[str, str]) -> QuerySet[WorkItem]:
    """Tile, day, words, kind of item, source team, person, 涉民生, and what a batch left behind."""
    items = due(ctx, rights.listed(actor, items), given["due"])
    if given["due"] == "nudged":
        items = items.filter(pk__in=nudged(actor))
    if given["due"] == "reminded":
        items = items.filter(pk__in=reminded(ctx, actor, unanswered=True))
    if day := parse(given["day"]):
        items = items.filter(due_on=day)
    if given["rule"] in RULE:
        items = items.filter(rule=given["rule"])
    if given["source"].isdigit():
        items = items.filter(source_team_id=int(given["source"]))
    if given["person"].isdigit():
        items = items.filter(person_id=int(given["person"]))
    if given["livelihood"]:
        items = items.filter(case__livelihood=True)
    if given["only"]:
        items = items.filter(pk__in=[int(pk) for pk in given["only"].split(",")[:ONLY] if pk.isdigit()])
    return searched(items, given["q"])


def kinds(ctx: Context, items: QuerySet[WorkItem], others: Iterable[WorkItem] = ()) -> dict[str, list[tuple[str, str]]]:
    """What a filter bar offers: the kinds of item and the source teams of the first thousand, and of `others`."""
    first = items.order_by("due_at", "id").values_list("rule", "source_team_id")[: lists.CAP]
    pairs = {*first, *((item.rule, item.source_team_id) for item in others)}
    rules = {rule for rule, _ in pairs if rule in RULE}
    teams = sorted({team for _, team in pairs if team})
    return {
        "rules": sorted(((rule, RULE[rule].label) for rule in rules), key=itemgetter(1)),
        "sources": [(str(pk), team.name) for pk in teams if (team := ctx.roster.team(pk))],
    }


def parse(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def searched(items: QuerySet[WorkItem], text: str) -> QuerySet[WorkItem]:
    if not text:
        return items
    return items.filter(
        Q(title__icontains=text) | Q(case__number__contains=text) | Q(case__parties__name__contains=text)
    ).distinct()


def _items_of(notices: QuerySet[Notice]) -> list[int]:
    urls = notices.filter(url__startswith="/items/").order_by("-id").values_list("url", flat=True)[:ONLY]
    return [int(part) for url in urls if (part := url.strip("/").rpartition("/")[2]).isdigit()]


def nudged(actor: Actor) -> list[int]:
    """Items of which a reminder to this officer speaks that he has not answered; of the program's own, not read."""
    return _items_of(reminders_to(actor))


def reminders_to(actor: Actor) -> QuerySet[Notice]:
    """催办、急办 that still wait for this officer: an officer's until its answer, the others until they are read."""
    asks = Q(kind="nudge", sender__isnull=False, key="")
    own = mine(actor).annotate(address=Concat(Value("/items/"), Cast("pk", CharField()), Value("/")))
    of_mine = Exists(own.filter(address=OuterRef("url")))
    waits = Q(asks, of_mine, answered_at__isnull=True) | (~asks & Q(read_at__isnull=True))
    return Notice.objects.filter(waits, person_id=actor.user_id, kind__in=("nudge", "ring"))


def reminded(ctx: Context, actor: Actor, *, unanswered: bool = False) -> list[int]:
    """Items of which this officer has reminded others; `unanswered`: nobody has said yet that he knows."""
    sent = Notice.objects.filter(sender_id=actor.user_id, kind="nudge", created_at__gte=ctx.now - REMINDED)
    return _items_of(sent.filter(answered_at__isnull=True) if unanswered else sent)
