"""How much each team and each person has in hand: capped counts, one index walk apiece, one statement."""

from datetime import timedelta

from django.db.models import Count

from cases import lists, rights
from cases.context import Context
from cases.models import Case
from cases.pages.lights import tomorrow
from cases.statements import Statement
from cases.workflow import OVER
from teams.actor import Actor

# Whoever is recused from a case finds it in no count either (flow §7).
HIDDEN = f"WITH hidden AS (SELECT {rights.HIDDEN.format(me='%s::bigint', day='%s::date')} AS cases)"
KNOWN = "(i.case_id = ANY((SELECT cases FROM hidden)::bigint[])) IS NOT TRUE"
SEEN = f"{KNOWN} AND i.open AND NOT i.paused AND i.wait_until IS NULL AND (i.show_at IS NULL OR i.show_at <= %s::timestamptz)"
TEAMS = Statement(
    "team_loads",
    f"{HIDDEN} SELECT t,"
    f" (SELECT count(*) FROM (SELECT FROM cases_workitem i WHERE i.team_id = t AND {SEEN}"
    f" ORDER BY i.due_at, i.id LIMIT {lists.CAP + 1}) every),"
    f" (SELECT count(*) FROM (SELECT FROM cases_workitem i WHERE i.team_id = t AND {SEEN}"
    f" AND i.due_at <= %s::timestamptz ORDER BY i.due_at, i.id LIMIT {lists.CAP + 1}) late),"
    f" (SELECT count(*) FROM (SELECT FROM cases_workitem i WHERE i.team_id = t AND {SEEN}"
    " AND i.due_at > %s::timestamptz AND i.due_at <= %s::timestamptz"
    f" ORDER BY i.due_at, i.id LIMIT {lists.CAP + 1}) today) FROM unnest(%s::bigint[]) t",
)


def teams(ctx: Context, actor: Actor) -> list[dict]:
    """Every working team: what is open, late, due today; the latest first."""
    wanted = [team for team in ctx.roster.teams.values() if team.kind not in ("leadership", "administration")]
    me = actor.user_id, ctx.today
    found = TEAMS.rows(*me, *[ctx.now] * 5, tomorrow(ctx), [team.id for team in wanted])
    rows = [
        {
            "name": ctx.roster.teams[pk].name,
            "leader": ctx.roster.name(ctx.roster.leader(pk)),
            "url": f"/queue/{pk}/",
            "count": open_,
            "late_count": late,
            "today_count": today,
            "open": said(open_),
            "late": said(late),
            "today": said(today),
            "red": late > 0,
            "rank": -late,
        }
        for pk, open_, late, today in found
    ]
    return sorted(rows, key=lambda row: row["rank"])


TILES = Statement(
    "queue_tiles",
    f"""
{HIDDEN}, me AS (SELECT %s::bigint AS team, %s::timestamptz AS now, %s::timestamptz AS night, %s::timestamptz AS soon),
every AS (
    SELECT due_at, paused, wait_until, show_at FROM cases_workitem i
    WHERE team_id = (SELECT team FROM me) AND open AND {KNOWN}
    ORDER BY due_at, id LIMIT {lists.CAP + 1}
), seen AS (
    SELECT due_at FROM every WHERE wait_until IS NULL AND NOT paused AND (show_at IS NULL OR show_at <= (SELECT now FROM me))
)
SELECT (SELECT count(*) FROM seen),
       (SELECT count(*) FROM seen WHERE due_at <= me.now),
       (SELECT count(*) FROM seen WHERE due_at > me.now AND due_at <= me.night),
       (SELECT count(*) FROM seen WHERE due_at > me.night AND due_at <= me.soon),
       (SELECT count(*) FROM every WHERE wait_until IS NOT NULL AND NOT paused),
       (SELECT count(*) FROM every WHERE paused)
FROM me
""",
)


def tiles(ctx: Context, actor: Actor, team_id: int) -> dict[str, int]:
    """The counts of a team's queue by tile, from one walk of it, capped."""
    night = tomorrow(ctx)
    row = TILES.rows(actor.user_id, ctx.today, team_id, ctx.now, night, night + timedelta(days=3))[0]
    return dict(zip(("", "overdue", "today", "soon", "waiting", "paused"), row, strict=True))


HELD = Statement(
    "member_loads",
    f"{HIDDEN} SELECT p, count(*) FILTER (WHERE seen), count(*) FILTER (WHERE seen AND late), count(*) FILTER (WHERE held)"
    " FROM unnest(%s::bigint[]) p LEFT JOIN LATERAL (SELECT i.due_at <= %s::timestamptz AS late,"
    " (i.wait_until IS NOT NULL OR i.paused) AS held, (i.wait_until IS NULL AND NOT i.paused"
    " AND (i.show_at IS NULL OR i.show_at <= %s::timestamptz)) AS seen FROM cases_workitem i"
    f" WHERE i.person_id = p AND i.open AND {KNOWN} AND i.team_id = %s::bigint ORDER BY i.due_at, i.id LIMIT {lists.CAP + 1}"
    ") i ON true GROUP BY p",
)


def members(ctx: Context, actor: Actor, team_id: int | None, chosen: str = "", path: str = "/queue/") -> list[dict]:
    """Each member of the team: in hand, late, and held (waiting or paused) shown apart; one statement."""
    people = ctx.roster.members(team_id)
    found = {
        row[0]: row[1:]
        for row in HELD.rows(actor.user_id, ctx.today, [m.user_id for m in people], ctx.now, ctx.now, team_id)
    }
    most = max((found[m.user_id][0] for m in people), default=0) or 1
    return [
        {
            "id": m.user_id,
            "name": m.name,
            "leads": m.leads,
            "away": ctx.roster.away(m.user_id),
            "url": f"{path}?person={m.user_id}",
            "current": chosen == str(m.user_id),
            "count": said(found[m.user_id][0]),
            "late": said(found[m.user_id][1]) if found[m.user_id][1] else "",
            "held": said(found[m.user_id][2]) if found[m.user_id][2] else "",
            "width": round(found[m.user_id][0] / most * 60),
        }
        for m in people
    ]


def said(count: int) -> str:
    return f"{lists.CAP}+" if count > lists.CAP else str(count)


def open_cases(team_ids: list[int]) -> dict[int, int]:
    """Open cases of each team."""
    return dict(
        Case.objects.filter(team__in=team_ids).exclude(stage__in=OVER).values_list("team_id").annotate(Count("id"))
    )
