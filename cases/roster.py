"""The staffing of one day as a value: who is in which team, leads it, is away, signs for whom."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from teams.models import Acting, DutyJudge, Leave, PairedJudge, Post, Posting, Team, User


class TeamRow(NamedTuple):
    id: int
    code: str
    kind: str
    number: int | None
    name: str
    phone: str


class Member(NamedTuple):
    user_id: int
    name: str
    phone: str
    team_id: int
    post: str
    special: str
    leads: bool


class Power(NamedTuple):
    """授权代签 in force: the deputy signs the holder's acts; an empty tuple of acts means every delegable one."""

    holder_id: int
    deputy_id: int
    acts: tuple[str, ...]


def running(day: date) -> Q:
    return Q(from_on__lte=day) & (Q(to_on__isnull=True) | Q(to_on__gte=day))


@dataclass(frozen=True)
class Roster:
    day: date
    teams: dict[int, TeamRow]
    posted: dict[int, list[Member]]
    names: dict[int, tuple[str, str]]
    absent: dict[int, int | None]
    pairs: dict[int, int]
    duty: int | None
    powers: list[Power]
    codes: dict[str, TeamRow] = field(default_factory=dict)

    @classmethod
    def load(cls, day: date) -> "Roster":
        teams = {
            row[0]: TeamRow(*row)
            for row in Team.objects.order_by("id").values_list("id", "code", "kind", "number", "name", "phone")
        }
        posted: dict[int, list[Member]] = {}
        for row in (
            Posting.objects.filter(running(day), person__is_active=True)
            .order_by("-leads", "id")
            .values_list("person_id", "person__name", "person__phone", "team_id", "post", "special", "leads")
        ):
            posted.setdefault(row[3], []).append(Member(*row))
        return cls(
            day=day,
            teams=teams,
            posted=posted,
            names={pk: (name, phone) for pk, name, phone in User.objects.values_list("pk", "name", "phone")},
            absent=dict(Leave.objects.filter(running(day)).values_list("person_id", "stand_in_id")),
            pairs=dict(PairedJudge.objects.filter(running(day)).values_list("team_id", "judge_id")),
            duty=DutyJudge.objects.filter(running(day)).order_by("-from_on").values_list("judge_id", flat=True).first(),
            powers=[
                Power(holder, deputy, tuple(acts))
                for holder, deputy, acts in Acting.objects.filter(running(day), revoked_on__isnull=True).values_list(
                    "holder_id", "deputy_id", "acts"
                )
            ],
            codes={row.code: row for row in teams.values()},
        )

    def team(self, team_id: int | None) -> TeamRow | None:
        return self.teams.get(team_id) if team_id else None

    def row(self, team_id: int | None) -> TeamRow:
        """The team where there must be one; KeyError if there is none."""
        return self.teams[team_id or 0]

    def coded(self, code: str) -> TeamRow:
        return self.codes[code]

    def teams_of(self, kind: str) -> list[TeamRow]:
        return sorted((team for team in self.teams.values() if team.kind == kind), key=lambda team: team.code)

    def members(self, team_id: int | None, post: str = "", special: str = "") -> list[Member]:
        return [
            member
            for member in self.posted.get(team_id or 0, ())
            if (not post or member.post == post) and (not special or member.special == special)
        ]

    def leader(self, team_id: int | None) -> int | None:
        members = self.members(team_id)
        return next((m.user_id for m in members if m.leads), members[0].user_id if members else None)

    def judge(self, team_id: int | None) -> int | None:
        """The team's own 员额法官."""
        return next((m.user_id for m in self.members(team_id, Post.JUDGE)), None)

    def paired_judge(self, team_id: int | None) -> int | None:
        return self.pairs.get(team_id or 0)

    def duty_judge(self) -> int | None:
        return self.duty

    def signing_judges(self, team_id: int | None) -> list[list[int]]:
        """The team's 员额法官, else its paired judge and for an absent one the duty judge, else the duty judge."""
        if own := [member.user_id for member in self.members(team_id, Post.JUDGE)]:
            return [own]
        named = [self.paired_judge(team_id), self.duty_judge()]
        return [[judge] for judge in dict.fromkeys(named) if judge]

    def office(self, post: str) -> list[int]:
        """Holders of a post of the bureau or the court."""
        return [m.user_id for members in self.posted.values() for m in members if m.post == post]

    def away(self, user_id: int) -> bool:
        return user_id in self.absent

    def stand_in(self, user_id: int) -> int | None:
        return self.absent.get(user_id)

    def acting_for(self, holder_id: int, act: str) -> int | None:
        """Who holds the power to sign this act for the holder, if anybody present does."""
        for power in self.powers:
            if (
                power.holder_id == holder_id
                and (not power.acts or act in power.acts)
                and not self.away(power.deputy_id)
            ):
                return power.deputy_id
        return None

    def name(self, user_id: int | None) -> str:
        return self.names.get(user_id or 0, ("", ""))[0]

    def phone(self, user_id: int | None) -> str:
        return self.names.get(user_id or 0, ("", ""))[1]

    def team_of(self, user_id: int | None) -> TeamRow | None:
        return next(
            (self.teams[t] for t, members in self.posted.items() if any(m.user_id == user_id for m in members)), None
        )

    def first_assignee(self, team_id: int, special: str = "", turn: int = 0) -> int | None:
        """A present member for an item from birth: the holder of the post in turn, else a clerk, else the leader."""
        for group in (
            special and self.members(team_id, special=special),
            self.members(team_id, Post.CLERK),
            self.members(team_id),
        ):
            present = [m.user_id for m in group or () if not self.away(m.user_id)]
            if present:
                return present[turn % len(present)]
        return self.leader(team_id)

    def present(self, user_id: int | None, team_id: int) -> int | None:
        """The person, or on leave the stand-in if he is of the team and there, or somebody present in the team."""
        if user_id is None or user_id not in self.absent:
            return user_id
        stand_in = self.absent[user_id]
        if stand_in and self.belongs(stand_in, team_id) and not self.away(stand_in):
            return stand_in
        return self.first_assignee(team_id)

    def belongs(self, user_id: int, team_id: int | None) -> bool:
        return any(member.user_id == user_id for member in self.members(team_id))
