"""The numbers of the workbench, each capped: one statement for the tiles and tabs of an officer."""

from datetime import timedelta
from typing import NamedTuple

from cases import lists, rights
from cases.context import Context
from cases.pages import loads
from cases.pages.lights import tomorrow
from cases.pages.work_lists import NUDGE, ONLY, REMINDED, midnight
from cases.statements import Statement
from teams.actor import Actor

# Every count of the page with one walk of the person's queue, capped.
COUNTS = Statement(
    "workbench_counts",
    f"""
WITH me AS (
    SELECT %s::bigint AS id, %s::bigint AS team, %s::timestamptz AS now, %s::timestamptz AS today,
           %s::timestamptz AS night, %s::timestamptz AS soon, %s::timestamptz AS month, %s::timestamptz AS since,
           %s::date AS day
), hidden AS (
    SELECT {rights.HIDDEN.format(me="(SELECT id FROM me)", day="(SELECT day FROM me)")} AS cases
), mine AS (
    SELECT id, due_at, paused, wait_until, show_at FROM cases_workitem i
    WHERE person_id = (SELECT id FROM me) AND open AND {loads.KNOWN} ORDER BY due_at, id LIMIT {lists.CAP + 1}
), seen AS (
    SELECT * FROM mine WHERE wait_until IS NULL AND NOT paused AND (show_at IS NULL OR show_at <= (SELECT now FROM me))
), told AS (
    SELECT url, max(at) AS at FROM (
        SELECT n.url, n.created_at AS at FROM mine JOIN teams_notice n ON n.url = '/items/' || mine.id || '/'
        WHERE n.person_id = (SELECT id FROM me) AND {NUDGE} AND n.answered_at IS NULL
        UNION ALL
        SELECT n.url, n.created_at FROM teams_notice n WHERE n.person_id = (SELECT id FROM me) AND n.read_at IS NULL
        AND n.kind IN ('nudge', 'ring') AND NOT ({NUDGE})
    ) t GROUP BY url
), sent AS (
    SELECT substring(url FROM '^/items/([0-9]+)/$')::bigint AS item, answered_at FROM teams_notice
    WHERE sender_id = (SELECT id FROM me) AND kind = 'nudge' AND created_at >= (SELECT since FROM me)
    ORDER BY id DESC LIMIT {ONLY}
), reminded AS (
    SELECT i.id, EXISTS (SELECT FROM sent WHERE item = i.id AND answered_at IS NULL) AS unanswered
    FROM cases_workitem i WHERE i.open AND i.person_id IS DISTINCT FROM (SELECT id FROM me) AND {loads.KNOWN}
    AND i.id IN (SELECT item FROM sent)
), asked AS (
    SELECT id FROM cases_workitem i WHERE asked_by_id = (SELECT id FROM me) AND open AND {loads.KNOWN}
    AND person_id IS DISTINCT FROM (SELECT id FROM me) LIMIT {lists.CAP + 1}
), done AS (
    SELECT finished_at < due_at AS in_time FROM cases_workitem i WHERE finished_by_id = (SELECT id FROM me) AND NOT open
    AND {loads.KNOWN} AND entered_at >= (SELECT month FROM me) AND outcome = 'done' LIMIT {lists.CAP}
)
SELECT (SELECT count(*) FROM seen),
       (SELECT count(*) FROM seen WHERE due_at <= me.now),
       (SELECT count(*) FROM seen WHERE due_at <= me.now AND due_at >= me.today),
       (SELECT count(*) FROM seen WHERE due_at > me.now AND due_at <= me.night),
       (SELECT count(*) FROM seen WHERE due_at > me.night AND due_at <= me.soon),
       (SELECT count(*) FROM told),
       (SELECT count(*) FROM told WHERE at >= me.today),
       (SELECT count(*) FROM mine WHERE wait_until IS NOT NULL AND NOT paused),
       (SELECT count(*) FROM mine WHERE paused),
       (SELECT count(*) FROM done),
       (SELECT count(*) FROM done WHERE in_time),
       (SELECT count(*) FROM (SELECT FROM cases_workitem i WHERE team_id = me.team AND open AND NOT paused AND {loads.KNOWN}
        AND wait_until IS NULL AND (show_at IS NULL OR show_at <= me.now) ORDER BY due_at, id LIMIT {lists.CAP + 1}) t),
       (SELECT count(*) FROM (SELECT id FROM asked UNION SELECT id FROM reminded) a),
       (SELECT count(*) FROM reminded WHERE unanswered),
       (SELECT count(*) FROM (SELECT FROM cases_approvalplace WHERE signer_id = me.id AND state = 'waiting'
        LIMIT {lists.CAP + 1}) s),
       (SELECT max(id) FROM mine)
FROM me
""",
)


class Counts(NamedTuple):
    """What `COUNTS` gives, each at most `lists.CAP` + 1; `overdue_new` and `nudged_new`: since midnight."""

    mine: int
    overdue: int
    overdue_new: int
    today: int
    soon: int
    nudged: int
    nudged_new: int
    waiting: int
    paused: int
    done: int
    in_time: int
    team: int
    asked: int
    reminded: int
    sign: int
    newest: int | None


def counts_of(ctx: Context, actor: Actor) -> Counts:
    night = tomorrow(ctx)
    first = midnight(ctx).replace(day=1)
    soon = night + timedelta(days=3)
    since = ctx.now - REMINDED
    return Counts(
        *COUNTS.rows(actor.user_id, actor.team_id, ctx.now, midnight(ctx), night, soon, first, since, ctx.today)[0]
    )
