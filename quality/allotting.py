"""Which team gets a case: the debtor's other cases together up to the cap, else the least load; recusal respected.

The figures that decide are kept with the decision (`TriageDecision.figures`).
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q

from cases import recused
from cases.context import Context
from cases.models import Case, Party
from cases.pages.loads import open_cases
from cases.refusals import Refused
from cases.roster import TeamRow
from cases.workflow import Stage
from quality.models import TriageDecision

How = TriageDecision.How
HELD = (Stage.FAST, Stage.REGULAR, Stage.SUSPENDED, Stage.CLOSING)
Key = tuple[str, str]


class Choice(NamedTuple):
    team: TeamRow
    how: str
    figures: list[dict]  # of every team of the track: team, open cases, same debtor's, barred


class Allotment:
    """Loads as they stand, and as they grow while a batch is allotted."""

    def __init__(self, ctx: Context, cases: Iterable[Case]):
        self.ctx, cases = ctx, list(cases)
        self.teams = {
            kind: [t for t in ctx.roster.teams_of(kind) if ctx.roster.leader(t.id)] for kind in ("fast", "regular")
        }
        every = [team.id for teams in self.teams.values() for team in teams]
        self.open = dict.fromkeys(every, 0) | open_cases(every)
        self.cap = ctx.settings.number("same_debtor_cap")
        self.barred = recused.of_cases((case.pk for case in cases), ctx.today)
        self.keys = debtors(cases)
        self.held = held_cases({key for keys in self.keys.values() for key in keys}, every)

    def choose(self, case: Case, kind: str, team_id: int = 0) -> Choice:
        """The team for the case on this track; `team_id` names one chosen by hand."""
        figures = {each["team_id"]: each for each in self.figures(case, kind)}
        free = [team for team in self.teams[kind] if not figures[team.id]["barred"]]
        if team_id:
            return self._by_hand(case, kind, team_id, figures)
        if not free:
            raise Refused(f"{case.number}：各团队均有人员回避，请报局长指定。")
        together = [team for team in free if 0 < figures[team.id]["same"] < self.cap]
        if together:
            team = max(together, key=lambda each: (figures[each.id]["same"], -self.open[each.id]))
            return Choice(team, How.DEBTOR, list(figures.values()))
        return Choice(min(free, key=lambda each: (self.open[each.id], each.code)), How.LOAD, list(figures.values()))

    def figures(self, case: Case, kind: str) -> list[dict]:
        return [self._figures(case, team) for team in self.teams[kind]]

    def free(self, case: Case, kind: str) -> bool:
        """Whether any team of the track may have the case."""
        return any(not each["barred"] for each in self.figures(case, kind))

    def _by_hand(self, case: Case, kind: str, team_id: int, figures: dict[int, dict]) -> Choice:
        team = next((team for team in self.teams[kind] if team.id == team_id), None)
        if team is None:
            raise Refused(
                f"{case.number}：所选团队不是可承办的{'快执' if kind == 'fast' else '普执'}团队，请重新选择。"
            )
        if figures[team.id]["barred"]:
            raise Refused(f"{case.number}：{team.name}有人员回避本案，请选择其他团队。")
        return Choice(team, How.HAND, list(figures.values()))

    def _figures(self, case: Case, team: TeamRow) -> dict:
        barred = self.barred.get(case.pk, frozenset())
        same = set().union(*(self.held.get(key, {}).get(team.id, set()) for key in self.keys.get(case.pk, ()))) - {
            case.pk
        }
        return {
            "team": team.name,
            "team_id": team.id,
            "open": self.open[team.id],
            "same": len(same),
            "barred": any(member.user_id in barred for member in self.ctx.roster.members(team.id)),
        }

    def give(self, case: Case, team_id: int) -> None:
        """The case is the team's from now on: the next one of the batch counts it."""
        self.open[team_id] += 1
        for key in self.keys.get(case.pk, ()):
            self.held.setdefault(key, {}).setdefault(team_id, set()).add(case.pk)


def debtors(cases: list[Case]) -> dict[int, set[Key]]:
    """By what the debtors of each case are known: the certificate, of an organisation without one its name."""
    found: dict[int, set[Key]] = {}
    rows = Party.objects.filter(case__in=cases, role=Party.Role.DEBTOR)
    for pk, number, name, kind in rows.values_list("case_id", "certificate_number", "name", "type"):
        if number:
            found.setdefault(pk, set()).add(("certificate", number))
        elif kind != Party.Type.NATURAL:
            found.setdefault(pk, set()).add(("name", name))
    return found


def held_cases(keys: set[Key], teams: list[int]) -> dict[Key, dict[int, set[int]]]:
    """The open cases of these debtors in these teams."""
    found: dict[Key, dict[int, set[int]]] = {}
    numbers = [value for key, value in keys if key == "certificate"]
    names = [value for key, value in keys if key == "name"]
    if not keys:
        return found
    known = Q(certificate_number__in=numbers) | Q(name__in=names, certificate_number="")
    rows = Party.objects.filter(known, role=Party.Role.DEBTOR, case__stage__in=HELD, case__team__in=teams)
    for number, name, team, case in rows.values_list("certificate_number", "name", "case__team_id", "case_id"):
        key = ("certificate", number) if number else ("name", name)
        found.setdefault(key, {}).setdefault(team, set()).add(case)
    return found
