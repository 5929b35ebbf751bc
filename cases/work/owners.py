"""Whose an item is from birth: the team that table 3 names, and a person of it (flow §1)."""

from cases.context import Context
from cases.deadlines import Rule
from cases.models import Case
from teams.actor import Actor

SPECIALS = {
    "documents": "documents",
    "quality.offline_query": "offline_triage",
    "quality.triage": "offline_triage",
    "quality.platform_matter": "quality_platform",
    "funds": "funds_restrictions",
    "auction": "auction",
}


def owner(ctx: Context, rule: Rule, case: Case | None, by: Actor) -> int | None:
    """The team whose item it is: `holder`, or the one team of a kind, or the case's team when it is of the kind;
    `receiver` is the team of whoever states the event."""
    if untriaged(rule, case) and (team := ctx.roster.team_of(ctx.roster.duty or 0)):
        return team.id
    who = rule.watched_by if rule.kind == "watch" and rule.watched_by else rule.team
    kinds = who.split()
    if "receiver" in kinds:
        return by.team_id or (case.team_id if case else None)
    if case is not None:
        team = ctx.roster.team(case.team_id)
        if "holder" in kinds or (team and team.kind in kinds):
            return case.team_id
    for kind in kinds:
        teams = ctx.roster.teams_of(kind)
        if len(teams) == 1:
            return teams[0].id
    return None


BEFORE_TRIAGE = {"enforcement.clue", "enforcement.clue_urgent"}


def untriaged(rule: Rule, case: Case | None) -> bool:
    """A clue of a case that has no team yet is the duty judge's (flow §8, 6)."""
    return rule.key in BEFORE_TRIAGE and case is not None and case.stage in ("reception", "preparation")


def assignee(ctx: Context, rule: Rule, case: Case | None, team_id: int) -> int | None:
    """A person from birth: the holder of the special post, else the case's clerk or handler, else the leader."""
    if untriaged(rule, case) and ctx.roster.duty:
        return ctx.roster.duty
    special = SPECIALS.get(rule.key) or SPECIALS.get(rule.key.partition(".")[0], "")
    if special and ctx.roster.members(team_id, special=special):
        return ctx.roster.first_assignee(team_id, special, case.pk if case else 0)
    if case is not None and case.team_id == team_id and (case.clerk_id or case.handler_id):
        return case.clerk_id or case.handler_id
    return ctx.roster.first_assignee(team_id, "", case.pk if case and case.pk else 0)
