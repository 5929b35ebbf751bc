"""Table 7, the establishment of the plan: 27 teams, 107 people. Loaded as reference data; the admin corrects it."""

from typing import NamedTuple

from teams.models import Post, Special, TeamGroup, TeamKind

K, P, S = TeamKind, Post, Special


class Line(NamedTuple):
    kind: str
    post: str
    number: int
    leads: bool = False
    alternative: str = ""
    special: str = ""


# fmt: off
TEAMS = (  # kind, how many, short name, group
    (K.RECEPTION,               1, "初次接待团队",     TeamGroup.COMMAND_CENTER),
    (K.QUALITY,                 1, "综合质效管理团队", TeamGroup.COMMAND_CENTER),
    (K.ARCHIVES,                1, "卷宗管理中心",     TeamGroup.COMMAND_CENTER),
    (K.PRESERVATION_REVIEW,     1, "执行保全审查团队", TeamGroup.COMMAND_CENTER),
    (K.PRESERVATION_ENFORCEMENT, 1, "执行保全实施团队", TeamGroup.COMMAND_CENTER),
    (K.COERCION,                1, "执行强制事务团队", TeamGroup.COMMAND_CENTER),
    (K.FAST,                    8, "快执",             TeamGroup.IMPLEMENTATION),
    (K.REGULAR,                 6, "普执",             TeamGroup.IMPLEMENTATION),
    (K.TERMINAL,                6, "终本",             TeamGroup.IMPLEMENTATION),
    (K.PETITIONS,               1, "执行信访和党建团队", TeamGroup.PETITIONS),
)
OUTSIDE = (K.LEADERSHIP, K.ADJUDICATION, K.ADMINISTRATION)

LINES = (
    Line(K.RECEPTION,                P.REGULAR_OFFICER,     1, leads=True),
    Line(K.RECEPTION,                P.CLERK,               2),
    Line(K.QUALITY,                  P.REGULAR_OFFICER,     1, leads=True),
    Line(K.QUALITY,                  P.CLERK,               1, special=S.DOCUMENTS),
    Line(K.QUALITY,                  P.CLERK,               2, special=S.OFFLINE_TRIAGE),
    Line(K.QUALITY,                  P.CLERK,               1, special=S.QUALITY_PLATFORM),
    Line(K.QUALITY,                  P.CLERK,               1, special=S.FUNDS_RESTRICTIONS),
    Line(K.QUALITY,                  P.CLERK,               1, special=S.AUCTION),
    Line(K.ARCHIVES,                 P.REGULAR_OFFICER,     1, leads=True),
    Line(K.ARCHIVES,                 P.CLERK,               4),
    Line(K.ARCHIVES,                 P.CONTRACTOR,          4),
    Line(K.PRESERVATION_REVIEW,      P.JUDGE,               1, leads=True),
    Line(K.PRESERVATION_REVIEW,      P.CLERK,               2),
    Line(K.PRESERVATION_ENFORCEMENT, P.JUDGE,               1, leads=True),
    Line(K.PRESERVATION_ENFORCEMENT, P.CLERK,               5),
    Line(K.COERCION,                 P.JUDGE,               1, leads=True),
    Line(K.COERCION,                 P.CLERK,               1),
    Line(K.COERCION,                 P.BAILIFF,             6),
    Line(K.FAST,                     P.JUDGE,               1, leads=True, alternative=P.ENFORCEMENT_OFFICER),
    Line(K.FAST,                     P.CLERK,               3),
    Line(K.REGULAR,                  P.JUDGE,               1, leads=True, alternative=P.ENFORCEMENT_OFFICER),
    Line(K.REGULAR,                  P.CLERK,               2),
    Line(K.TERMINAL,                 P.ENFORCEMENT_OFFICER, 1, leads=True),
    Line(K.TERMINAL,                 P.CLERK,               2),
    Line(K.PETITIONS,                P.BUREAU_COMMISSAR,    1, leads=True),
    Line(K.PETITIONS,                P.CLERK,               2),
)
# fmt: on

NUMERALS = "一二三四五六七八九十"


def teams() -> list[dict]:
    """One dictionary of fields for each of the 27 teams and the three outside the plan."""
    rows = []
    for kind, how_many, name, group in TEAMS:
        for number in range(1, how_many + 1):
            alone = how_many == 1
            rows.append(
                {
                    "code": kind.value if alone else f"{kind.value}-{number:02}",
                    "kind": kind.value,
                    "number": None if alone else number,
                    "name": name if alone else f"{name}{NUMERALS[number - 1]}团队",
                    "group": group.value,
                }
            )
    rows += [{"code": k.value, "kind": k.value, "number": None, "name": k.label, "group": ""} for k in OUTSIDE]
    return rows


def people() -> int:
    """How many people the plan gives the teams."""
    how_many = {kind: number for kind, number, _, _ in TEAMS}
    return sum(line.number * how_many[line.kind] for line in LINES)  # type: ignore[index]
