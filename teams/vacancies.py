"""编制与空缺: per team and post how many there should be, are, lack, are too many; teams that cannot rule."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from teams import queries
from teams.models import EstablishmentLine, Post, Posting, Special, Team


class Row(NamedTuple):
    title: str
    due: int
    present: int
    lacking: int
    surplus: int


class TeamRows(NamedTuple):
    team: Team
    leader: str
    rows: list[Row]
    due: int
    present: int
    lacking: int
    surplus: int
    cannot_rule: bool


def table(day: date) -> list[TeamRows]:
    """Five queries, however many teams."""
    lines: dict[str, list[EstablishmentLine]] = {}
    for line in EstablishmentLine.objects.order_by("id"):
        lines.setdefault(line.team_kind, []).append(line)
    present: dict[int, Counter] = {}
    leaders: dict[int, str] = {}
    for row in Posting.objects.on(day).filter(person__is_active=True).select_related("person"):
        present.setdefault(row.team_id, Counter())[(row.post, row.special)] += 1
        if row.leads:
            leaders[row.team_id] = row.person.name
    red = queries.officer_led_without_judge(day)
    teams = Team.objects.filter(active=True, kind__in=lines).order_by("id")
    return [
        count(team, lines[team.kind], present.get(team.pk, Counter()), leaders.get(team.pk, ""), team.pk in red)
        for team in teams
    ]


def count(team: Team, lines: list[EstablishmentLine], present: Counter, leader: str, red: bool) -> TeamRows:
    """Set the people of one team against its establishment; who fits no line is too many."""
    rest, rows = Counter(present), []
    for line in lines:
        posts = [(post, line.special) for post in (line.post, line.alternative) if post]
        there = sum(rest.pop(each, 0) for each in posts)
        rows.append(Row(line.title, line.number, there, max(line.number - there, 0), max(there - line.number, 0)))
    for (post, special), there in sorted(rest.items()):
        title = Post(post).label + (f"（{Special(special).label}）" if special else "")
        rows.append(Row(title, 0, there, 0, there))
    sums = [sum(row[index] for row in rows) for index in range(1, 5)]
    return TeamRows(team, leader, rows, *sums, red)  # type: ignore[call-arg]


def total(teams: list[TeamRows]) -> dict[str, int]:
    names = ("due", "present", "lacking", "surplus")
    return {name: sum(getattr(team, name) for team in teams) for name in names} | {
        "red": sum(t.cannot_rule for t in teams)
    }
