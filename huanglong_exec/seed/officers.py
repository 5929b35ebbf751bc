"""Who acts in the demo: somebody of a team and post, as of the clock's day."""

from cases import clock, context
from cases.models import Case
from teams.actor import Actor
from teams.models import Posting


def actor(
    team: str = "", post: str = "", *, team_id: int | None = None, user_id: int | None = None, nth: int = 0
) -> Actor:
    rows = Posting.objects.on(clock.today()).select_related("person", "team").order_by("-leads", "id")
    if team:
        rows = rows.filter(team__code=team)
    if team_id:
        rows = rows.filter(team=team_id)
    if post:
        rows = rows.filter(post=post)
    if user_id:
        rows = rows.filter(person=user_id)
    row = next(iter(rows[nth : nth + 1]), None)
    if row is None:
        raise LookupError(f"nobody at {team or team_id} {post}")
    return Actor.of(row.person, row, clock.today())


def holder(case: Case, *posts: str) -> Actor:
    """Somebody of the team that holds the case, of the first post that is there."""
    for post in posts or ("clerk",):
        if context.read().roster.members(case.team_id, post):
            return actor(team_id=case.team_id, post=post)
    return actor(team_id=case.team_id)


def leader(case: Case) -> Actor:
    return actor(team_id=case.team_id)


def panel(but: int) -> list[int]:
    """Three judges, the maker not among them."""
    judges = Posting.objects.on(clock.today()).filter(post="judge").exclude(person=but).order_by("id")
    return list(judges.values_list("person_id", flat=True)[:3])
