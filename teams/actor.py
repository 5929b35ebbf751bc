"""Who acts: one person at one post of one team on one day. Every service takes it as `by=`."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from teams import moment
from teams.models import PairedJudge, Post, Posting, Team, User


@dataclass(frozen=True)
class Actor:
    """Two postings never add up: an actor has one."""

    user: User | None
    posting: Posting | None
    team: Team | None
    post: str
    day: date | None = None

    @classmethod
    def of(cls, user: User, posting: Posting | None = None, day: date | None = None) -> "Actor":
        """The person at this posting, or at the first of those in force on the day."""
        from teams.queries import postings_of

        day = day or moment.today()
        if posting is None:
            posting = next(iter(postings_of(user, day)), None)
            if posting is None:
                raise ValueError(f"{user} has no posting on {day}")
        return cls(user, posting, posting.team, posting.post, day)

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user else None

    @property
    def team_id(self) -> int | None:
        return self.team.pk if self.team else None

    @property
    def kind(self) -> str:
        return self.team.kind if self.team else ""

    @property
    def team_name(self) -> str:
        return self.team.name if self.team else "系统"

    @property
    def leads(self) -> bool:
        return bool(self.posting and self.posting.leads)

    @cached_property
    def paired(self) -> tuple[int, ...]:
        """The teams whose paired judge he is on this day: he signs for them, so he sees what they see (flow §2, §6)."""
        if self.post != Post.JUDGE or self.user_id is None:
            return ()
        rows = PairedJudge.objects.on(self.day or moment.today()).filter(judge=self.user_id)
        return tuple(rows.values_list("team_id", flat=True))

    @property
    def special(self) -> str:
        """The special post of the quality team, where he has one."""
        return self.posting.special if self.posting else ""

    @property
    def name(self) -> str:
        return self.user.name if self.user else "系统"

    @property
    def label(self) -> str:
        """「书记员 | 快执三团队」"""
        return self.posting.label if self.posting else "系统"


SYSTEM = Actor(user=None, posting=None, team=None, post="", day=None)
