"""编制与空缺: per team and post how many there should be, who is there, who lacks; teams that cannot rule; who is on duty."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from teams import queries
from teams.models import DutyJudge, EstablishmentLine, Leave, PairedJudge, Post, Posting, Special, Team

AHEAD = timedelta(weeks=4)  # duty judges are to be named so far ahead


class Row(NamedTuple):
    title: str
    due: int
    present: int
    lacking: int
    surplus: int
    names: tuple[str, ...] = ()
    post: str = ""
    special: str = ""


class TeamRows(NamedTuple):
    team: Team
    leader: str
    rows: list[Row]
    due: int
    present: int
    lacking: int
    surplus: int
    cannot_rule: bool
    leader_post: str = ""
    paired: str = ""
    away: tuple[str, ...] = ()


def table(day: date) -> list[TeamRows]:
    """Seven queries, however many teams."""
    lines: dict[str, list[EstablishmentLine]] = {}
    for line in EstablishmentLine.objects.order_by("id"):
        lines.setdefault(line.team_kind, []).append(line)
    present: dict[int, list[Posting]] = {}
    for row in Posting.objects.on(day).filter(person__is_active=True).select_related("person").order_by("-leads", "id"):
        present.setdefault(row.team_id, []).append(row)
    red = queries.officer_led_without_judge(day)
    paired = dict(PairedJudge.objects.on(day).values_list("team_id", "judge__name"))
    away = set(Leave.objects.on(day).values_list("person_id", flat=True))
    teams = Team.objects.filter(active=True, kind__in=lines).order_by("id")
    return [
        count(team, lines[team.kind], present.get(team.pk, []), team.pk in red)._replace(
            paired=paired.get(team.pk, ""),
            away=tuple(p.person.name for p in present.get(team.pk, []) if p.person_id in away),
        )
        for team in teams
    ]


def count(team: Team, lines: list[EstablishmentLine], present: list[Posting], red: bool) -> TeamRows:
    """Set the people of one team against its establishment; who fits no line is too many."""
    rest: dict[tuple[str, str], list[Posting]] = {}
    for each in present:
        rest.setdefault((each.post, each.special), []).append(each)
    rows = []
    for line in lines:
        posts = [(post, line.special) for post in (line.post, line.alternative) if post]
        there = [each for post in posts for each in rest.pop(post, [])]
        rows.append(_row(line.title, line.number, there, line.post, line.special))
    for (post, special), there in sorted(rest.items()):
        title = Post(post).label + (f"（{Special(special).label}）" if special else "")
        rows.append(_row(title, 0, there, post, special))
    sums = [sum(row[index] for row in rows) for index in range(1, 5)]
    leader = next((each for each in present if each.leads), None)
    name, post = (leader.person.name, leader.post) if leader else ("", "")
    return TeamRows(team, name, rows, *sums, red, post)  # type: ignore[call-arg, arg-type]


def _row(title: str, due: int, there: list[Posting], post: str, special: str) -> Row:
    names, number = tuple(each.person.name for each in there), len(there)
    return Row(title, due, number, max(due - number, 0), max(number - due, 0), names, post, special)


def total(teams: list[TeamRows]) -> dict[str, int]:
    names = ("due", "present", "lacking", "surplus")
    return {name: sum(getattr(team, name) for team in teams) for name in names} | {
        "red": sum(t.cannot_rule for t in teams)
    }


def duties(now: datetime) -> dict:
    """Who is on duty this week and tonight, and from which day on nobody is named."""
    day = now.date()
    judge, tonight = queries.duty_judge(day), datetime.combine(day, datetime.max.time(), now.tzinfo)
    open_from, last = day, day + AHEAD
    spans = DutyJudge.objects.filter(to_on__gte=day, from_on__lte=last).order_by("from_on")
    for begins, ends in spans.values_list("from_on", "to_on"):
        if begins > open_from:
            break
        open_from = max(open_from, ends + timedelta(days=1))
    return {
        "judge": judge.name if judge else "",
        "bailiffs": [person.name for person in queries.duty_bailiffs(tonight)],
        "open_from": open_from if open_from <= last else None,
    }
