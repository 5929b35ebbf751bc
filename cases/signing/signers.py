"""Who signs a place: derived from the staffing of the day at asking, on arrival, and again at the signature.

Never by time, never closed on its maker, never nobody: where the holder of a post is the maker, recused or absent,
his acting deputy signs if he is absent and has given the power, else the next post up (flow §6).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cases import recused
from cases.approvals import ACT, Place
from cases.context import Context
from cases.models import Approval, ApprovalPlace, Case
from cases.roster import Roster
from teams.models import Post

PRESIDING = "presiding"  # 主持工作: a power that names it covers the whole office, statutory acts included
OUTSIDE = {Post.CONTRACTOR, Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDIT_ADMIN}
NEXT_UP = (Post.JUDGE, Post.BUREAU_DIRECTOR, Post.VICE_PRESIDENT, Post.COURT_PRESIDENT)


class Turn(NamedTuple):
    """One person who may sign a place now, for whom, and why it is he."""

    user_id: int
    on_behalf_of: int | None = None
    instead_of: str = ""


@dataclass(frozen=True)
class Sheet:
    """What decides who signs, besides the place itself."""

    act: str
    team_id: int | None  # whose judge signs: the case's team, without a case the asking team
    asked_in: int | None  # the asking team
    maker_id: int | None
    roster: Roster
    recused: frozenset[int] = frozenset()
    panel: tuple[int, ...] = ()

    @classmethod
    def of(cls, ctx: Context, approval: Approval, recused: frozenset[int]) -> "Sheet":
        case = approval.case
        return cls(
            approval.act,
            case.team_id if case and case.team_id else approval.team_id,
            approval.team_id,
            approval.maker_id,
            ctx.roster,
            recused,
            tuple(approval.proposal.get("panel", ())),
        )


def recused_from(cases: Iterable[Case], day) -> dict[int, frozenset[int]]:
    """Who may have nothing to do with which case: one query for a list."""
    return recused.of_cases((case.pk for case in cases), day)


def turns(place: Place, sheet: Sheet, seat: int = 0) -> list[Turn]:
    """Everybody who may sign the place now; it waits for the first. Empty: nobody may, and nothing goes out."""
    if place.post == "panel":
        return [Turn(user) for user in sheet.panel[seat : seat + 1] if not barred(user, sheet, place.own)]
    if place.post == "second_person":
        team = (m for m in sheet.roster.members(sheet.asked_in) if m.post not in OUTSIDE)
        return [Turn(m.user_id) for m in team if not barred(m.user_id, sheet) and not sheet.roster.away(m.user_id)]
    why = ""
    absent: list = []
    for own, holders in ladder(place, sheet):
        rung = _rung(place, sheet, holders, own and place.own, why)
        if rung.turns:
            return rung.turns
        why, absent = why or rung.why, absent or rung.absent
    return absent


def turn_of(place: Place, sheet: Sheet, user_id: int | None, seat: int = 0) -> Turn | None:
    return next((turn for turn in turns(place, sheet, seat) if turn.user_id == user_id), None)


def barred(user_id: int, sheet: Sheet, own: bool = False) -> str:
    """Why this person may not sign this sheet at all."""
    if user_id in sheet.recused:
        return f"{sheet.roster.name(user_id)}回避本案"
    if user_id == sheet.maker_id and not own:
        return f"{sheet.roster.name(user_id)}系报请人"
    return ""


def ladder(place: Place, sheet: Sheet) -> Iterator[tuple[bool, list[int]]]:
    """The place's own holders, then each next post up; the statutory acts of the president stay with the office."""
    if place.post == "signing_judge":
        rungs = sheet.roster.signing_judges(sheet.team_id)
        if not any(rungs):
            return
        yield from ((True, rung) for rung in rungs)
        above = NEXT_UP[1:]
    elif place.post == "archives_leader":
        yield True, _leaders(sheet.roster, "archives")
        above = NEXT_UP[1:]
    else:
        yield True, sheet.roster.office(place.post)
        above = NEXT_UP[NEXT_UP.index(place.post) + 1 :] if place.post in NEXT_UP else NEXT_UP[1:]  # type: ignore[assignment]
    for post in above:
        yield False, sheet.roster.office(post)


def _leaders(roster: Roster, kind: str) -> list[int]:
    return [leader for team in roster.teams_of(kind) if (leader := roster.leader(team.id))]


class Rung(NamedTuple):
    turns: list[Turn]
    absent: list[Turn]  # holders on leave: they sign if nobody up to the top can
    why: str


def _rung(place: Place, sheet: Sheet, holders: list[int], own: bool, why: str) -> Rung:
    """Who of one post may sign: those present, deputies of the absent, then the absent holder himself."""
    roster, reasons = sheet.roster, []
    present, deputies, absent = [], [], []
    for holder in holders:
        if reason := barred(holder, sheet, own):
            reasons.append(reason)
            continue
        deputy = _deputy(place, sheet, holder)
        if roster.away(holder):
            reasons.append(f"{roster.name(holder)}不在岗")
            absent.append(Turn(holder, None, why))
        else:
            present.append(Turn(holder, None, why))
        if deputy and not barred(deputy, sheet):
            deputies.append(Turn(deputy, holder, why))
    if not holders:
        reasons.append(f"{place.label}空缺")
    if present or deputies or place.statutory:
        return Rung([*present, *deputies, *absent], [], "")
    return Rung([], absent, "、".join(reasons))


def _deputy(place: Place, sheet: Sheet, holder: int) -> int | None:
    """授权代签 in force for the act; what the law leaves to the president, only whoever is appointed 主持工作."""
    for power in sheet.roster.powers:
        if power.holder_id == holder and PRESIDING in power.acts and not sheet.roster.away(power.deputy_id):
            return power.deputy_id
    if place.statutory or not ACT[sheet.act].delegable:
        return None
    return sheet.roster.acting_for(holder, sheet.act)


def nobody(place: Place | ApprovalPlace, sheet: Sheet) -> str:
    """The red line: why nothing goes out."""
    team = sheet.roster.team(sheet.team_id)
    name = team.name if team else "本案"
    if getattr(place, "post", "") == "signing_judge":
        return f"无可签发的法官：{name}无员额法官，也无配对法官和轮值法官，文书不得发出。请在人员管理中指定配对法官或轮值法官。"
    return f"「{place.label}」无人可签：请在人员管理中补足任职或办理授权。"
