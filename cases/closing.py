"""Reporting a case for closing and asking for the signature: which act decides depends on the mode (flow §6)."""

from cases import context, signing
from cases.models import Case, Material
from cases.workflow import ClosingMode
from teams.actor import Actor
from teams.models import Posting, User


def act_of(mode: str) -> str:
    return "terminal_closure" if mode == ClosingMode.TERMINAL else "closing"


def maker_of(case: Case) -> Actor:
    """Whoever reported the closing, at his posting in the case's team; else the team's leader."""
    ctx = context.read()
    for user_id in (case.reported_by_id, ctx.roster.leader(case.team_id)):
        posting = (
            Posting.objects.on(ctx.today)
            .filter(person=user_id, team=case.team_id)
            .select_related("team", "person")
            .first()
        )
        if posting:
            return Actor.of(posting.person, posting, ctx.today)
    return Actor.of(User.objects.get(pk=case.reported_by_id), None, ctx.today)


def ask(case: Case) -> None:
    """Ask, in the maker's name, for the act that closes the case."""
    consent = case.report.get("consent")
    signing.ask(
        case,
        act_of(case.closing_mode),
        maker_of(case),
        proposal={"mode": case.closing_mode, **({"consent": "1"} if consent else {})},
        panel=case.report.get("panel") or (),
        materials=Material.objects.filter(pk=consent) if consent else (),
        by_system=True,
    )
