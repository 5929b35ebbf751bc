"""How much each team and each person has in hand: capped counts, one index walk apiece, one statement."""

from cases import lists
from cases.context import Context
from cases.pages.lights import tomorrow
from cases.statements import Statement

SEEN = "i.open AND NOT i.paused AND i.wait_until IS NULL AND (i.show_at IS NULL OR i.show_at <= %s::timestamptz)"
TEAMS = Statement(
    "team_loads",
    "SELECT t,"
    f" (SELECT count(*) FROM (SELECT FROM cases_workitem i WHERE i.team_id = t AND {SEEN}"
    f" ORDER BY i.due_at, i.id LIMIT {lists.CAP + 1}) every),"
    " (SELECT count(*) FROM (SELECT FROM cases_workitem i WHERE i.team_id = t AND i.open AND NOT i.paused"
    f" AND i.wait_until IS NULL AND i.due_at <= %s::timestamptz ORDER BY i.due_at, i.id LIMIT {lists.CAP + 1}) late),"
    " (SELECT count(*) FROM (SELECT FROM cases_workitem i WHERE i.team_id = t AND i.open AND NOT i.paused"
    " AND i.wait_until IS NULL AND i.due_at > %s::timestamptz AND i.due_at <= %s::timestamptz"
    f" ORDER BY i.due_at, i.id LIMIT {lists.CAP + 1}) today) FROM unnest(%s::bigint[]) t",
)


def teams(ctx: Context) -> list[dict]:
    """Every working team: what is open, late, due today; the latest first."""
    wanted = [team for team in ctx.roster.teams.values() if team.kind not in ("leadership", "administration")]
    found = TEAMS.rows(ctx.now, ctx.now, ctx.now, tomorrow(ctx), [team.id for team in wanted])
    rows = [
        {
            "name": ctx.roster.teams[pk].name,
            "leader": ctx.roster.name(ctx.roster.leader(pk)),
            "url": f"/queue/{pk}/",
            "open": said(open_),
            "late": said(late),
            "today": said(today),
            "red": late > 0,
            "rank": -late,
        }
        for pk, open_, late, today in found
    ]
    return sorted(rows, key=lambda row: row["rank"])


def members(ctx: Context, team_id: int) -> list[dict]:
    people = ctx.roster.members(team_id)
    counts = lists.capped_by_person(team_id, [m.user_id for m in people], ctx.now)
    return [{"name": m.name, "url": f"/queue/?person={m.user_id}", "count": counts[m.user_id]} for m in people]


def said(count: int) -> str:
    return f"{lists.CAP}+" if count > lists.CAP else str(count)
