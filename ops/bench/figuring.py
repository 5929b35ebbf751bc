"""质效分析 of a bureau whose cases spread over three years: the first page of the figures, against one second."""

from functools import partial

from django.db import connection, transaction
from django.test import Client

from cases import context
from cases.present import present
from ops.bench.figure import Figure, analyse, timed
from ops.bench.pages import open_page
from quality import kept
from quality.pages import stats_page

SPREAD = """
UPDATE cases_case k SET filed_on = d.filed, reached_at = d.filed + interval '10 hours',
 closed_on = d.closed, stage = CASE WHEN d.closed IS NULL THEN c.stage ELSE 'closed' END,
 closed_team_id = CASE WHEN d.closed IS NULL THEN NULL ELSE c.team_id END,
 closing_mode = CASE WHEN d.closed IS NULL THEN '' ELSE (ARRAY['fully_enforced', 'terminal_closure', 'termination', 'withdrawn_from_docket'])[1 + c.id % 4] END,
 team_id = t.ids[1 + c.id % array_length(t.ids, 1)]
FROM (SELECT id, filed, CASE WHEN id % 5 > 0 AND filed + took <= current_date THEN filed + took END AS closed
      FROM (SELECT id, current_date - (id % 1000)::int AS filed, (20 + id % 170)::int AS took FROM cases_case) x) d,
 (SELECT array_agg(id) AS ids FROM teams_team WHERE kind IN ('fast', 'regular', 'terminal')) t, cases_case c
WHERE c.id = d.id AND k.id = c.id
"""
DUTIES = """
UPDATE cases_workitem i SET due_on = c.filed_on + (i.id % 3)::int, due_at = c.filed_on + ((i.id % 3) + 1) * interval '1 day',
 open = false, outcome = 'done', finished_at = c.filed_on + (i.id % 4) * interval '1 day', entered_at = now(), team_id = c.team_id
FROM cases_case c WHERE c.id = i.case_id AND c.filed_on < current_date - 3
"""


def spread() -> None:
    """Filed over a thousand days, four of five closed, their duties done, some of them late."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(SPREAD)
        cursor.execute(DUTIES)
        cursor.execute("SET session_replication_role = DEFAULT")
    analyse()


def stats_figure(size: int, rounds: int) -> Figure:
    """The page as the director opens it: this month, every team, twelve months of trends; counted by the worker, then
    read as it is kept. Undone afterwards."""
    from tests import make

    with transaction.atomic():
        spread()
        client = Client()
        client.force_login(present(make.director().user))
        open_page(client, "/stats/")
        counted = timed(_count_anew, 3)
        spent = timed(partial(open_page, client, "/stats/"), rounds)
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE cases_case, cases_workitem")
    said = f"{spent * 1000:.0f} ms; counted by the worker in {counted * 1000:.0f} ms"
    return Figure(f"figures of {size} cases as kept / one second", spent, 1, said)


def _count_anew() -> None:
    ask = stats_page.asked({}, context.read())
    kept.keep(stats_page.key_of(ask), stats_page.counted(context.read(), ask))
