"""People, teams, postings and what stands beside them; notices."""

from teams.models.beside import Acting, DutyBailiff, DutyJudge, Leave, PairedJudge
from teams.models.login import FailedLogIn, LogIn
from teams.models.notice import Notice
from teams.models.posting import ADMINISTRATORS, LEADERS, Post, Posting, Special
from teams.models.preferences import Preferences
from teams.models.team import EstablishmentLine, Team, TeamGroup, TeamKind
from teams.models.user import PasswordHash, User

__all__ = [
    "ADMINISTRATORS",
    "LEADERS",
    "Acting",
    "DutyBailiff",
    "DutyJudge",
    "EstablishmentLine",
    "FailedLogIn",
    "Leave",
    "LogIn",
    "Notice",
    "PairedJudge",
    "PasswordHash",
    "Post",
    "Posting",
    "Preferences",
    "Special",
    "Team",
    "TeamGroup",
    "TeamKind",
    "User",
]
