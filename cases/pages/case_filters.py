"""The filters of the case list: what the address says, what it means, and how an officer would say it."""

import re

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases import amounts, context, dates, permissions, search
from cases.certificates import mask_certificate
from cases.context import Context
from cases.models import Case, WorkItem
from cases.workflow import Kind, Stage
from teams.actor import Actor

FILTERS = (
    # key,       label
    ("q",        "查找"),
    ("stage",    "环节"),
    ("kind",     "类型"),
    ("team",     "团队"),
    ("handler",  "承办"),
    ("light",    "期限"),
    ("flag",     "标记"),
    ("from",     "立案自"),
    ("to",       "立案至"),
    ("least",    "标的不少于（元）"),
    ("most",     "标的不多于（元）"),
    ("ids",      "所选案件"),
)  # fmt: skip
LABEL = dict(FILTERS)
KEYS = tuple(LABEL)
LIGHTS = (("overdue", "已超期"), ("today", "今日到期"), ("soon", "3 日内到期"), ("paused", "暂停计期"))
FLAGS = (("livelihood", "涉民生"), ("enterprise", "涉企"), ("confidential", "不公开"))
READ = {"from": dates.read_date, "to": dates.read_date, "least": amounts.read_amount, "most": amounts.read_amount}
ME = "me"
MOST_CHOSEN = 200


def powers(actor: Actor) -> dict[str, str]:
    """What the officer's post may do at all; whether on this case is asked when it is done."""
    return permissions.actions_with(actor.post, actor.kind)


def checked(given: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """Dates and amounts as they are meant; what cannot be read is left out and named."""
    found, wrong = dict(given), []
    for key, reader in READ.items():
        if found.get(key):
            try:
                found[key] = str(reader(found[key]))
            except ValueError as error:
                wrong.append(f"{LABEL[key]}：{error}")
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
    if (
        person := actor.user_id
        if given["handler"] == ME
        else int(given["handler"])
        if given["handler"].isdigit()
        else None
    ):
        cases = cases.filter(Q(handler_id=person) | Q(clerk_id=person))
    if given["flag"] in dict(FLAGS):
        cases = cases.filter(**{given["flag"]: True})
    if given["light"] in dict(LIGHTS):
        cases = cases.filter(Exists(lit(given["light"])))
    if given["ids"]:
        cases = cases.filter(pk__in=chosen(given["ids"]))
    if given["q"]:
        cases = cases.filter(search.matching(given["q"]))
    return cases


def chosen(text: str) -> list[int]:
    """Keys of ticked cases as an address carries them: 3,17,20."""
    return [int(pk) for pk in re.findall(r"\d{1,15}", text)[:MOST_CHOSEN]]


def lit(key: str) -> QuerySet[WorkItem]:
    """Open items of the case under this light."""
    from cases.pages.work_lists import due

    return due(context.read(), WorkItem.objects.filter(case=OuterRef("pk"), open=True), key)


def handler_choices(ctx: Context, team: str, actor: Actor) -> list[tuple[str, str]]:
    """Oneself, and the members of the chosen team (or of one's own)."""
    team_id = int(team) if team.isdigit() else actor.team_id
    members = ctx.roster.members(team_id) if team_id else []
    return [(ME, "我承办的"), *((str(m.user_id), m.name) for m in members if m.user_id != actor.user_id)]


def words(ctx: Context, given: dict[str, str]) -> str:
    """The filters as one sentence; a certificate number that was searched for is told masked."""
    team = ctx.roster.team(int(given["team"])) if given["team"].isdigit() else None
    person = (
        "我承办的"
        if given["handler"] == ME
        else ctx.roster.name(int(given["handler"]))
        if given["handler"].isdigit()
        else ""
    )
    told = {
        **given,
        "q": masked(given["q"]),
        "stage": dict(Stage.choices).get(given["stage"], given["stage"]),
        "kind": dict(Kind.choices).get(given["kind"], given["kind"]),
        "team": team.name if team else "",
        "handler": person,
        "light": dict(LIGHTS).get(given["light"], ""),
        "flag": dict(FLAGS).get(given["flag"], ""),
        "ids": f"{len(chosen(given['ids']))} 件" if given["ids"] else "",
    }
    return "；".join(f"{label}：{told[key]}" for key, label in FILTERS if told[key])


def masked(text: str) -> str:
    """A search for a certificate number is told without the number."""
    return mask_certificate(text) if re.fullmatch(r"[0-9A-Za-z]{15,}", text) else text
