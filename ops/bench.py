"""Each figure beside its limit, measured in the same run:  python -m ops.bench [--small]

Only the ratios travel between machines; limits and goals are those of the design. Cases are multiplied by set-based
SQL in a database of their own, which is dropped afterwards.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter
from typing import NamedTuple

import django
from django.db import connection, transaction


class Figure(NamedTuple):
    name: str
    value: float  # a ratio
    goal: float
    note: str

    def __str__(self) -> str:
        mark = "ok  " if self.value <= self.goal else "OVER"
        return f"{mark} {self.name:<46} {self.value:8.2f}  (goal ≤ {self.goal:g})  {self.note}"


def timed(act: Callable[[], object], rounds: int) -> float:
    """Median seconds of one call."""
    spent = []
    for _ in range(rounds):
        began = perf_counter()
        act()
        spent.append(perf_counter() - began)
    return median(spent)


def side_by_side(ours: Callable[[], object], limit: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Both measured in turn, so that the machine's mood meets both."""
    one, other = [], []
    for _ in range(rounds):
        one.append(timed(ours, 1))
        other.append(timed(limit, 1))
    return median(one), median(other)


# One step, and a batch, beside the raw statements that write the same rows


def step_figures(rounds: int, batch: int) -> list[Figure]:
    from cases import steps
    from tests import make

    leader = make.actor("reception", "regular_officer")
    facts = {"mode": "withdrawn_from_docket", "reason": "重复"}
    queue, raw_queue = make.cases(rounds), make.cases(rounds)
    statements = count(lambda: steps.take_step(make.case(), "report_closing", leader, **facts)) - count(
        lambda: make.case()
    )
    ours, raw = side_by_side(
        lambda: steps.take_step(queue.pop(), "report_closing", leader, **facts),
        lambda: raw_step([raw_queue.pop().pk]),
        rounds,
    )
    many = make.cases(batch)
    together = timed(lambda: steps.take_steps(many, "report_closing", leader, **facts), 1) / batch
    return [
        Figure(
            "one step / the same rows by raw SQL", ours / raw, 2.5, f"{ours * 1000:.1f} ms, {statements} statements"
        ),
        Figure(
            f"a batch of {batch}, per case / raw SQL one by one",
            together / raw,
            0.3,
            f"{together * 1000:.2f} ms a case",
        ),
    ]


def count(act: Callable[[], object]) -> int:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


RAW = """
SELECT * FROM cases_case WHERE id = %(id)s FOR NO KEY UPDATE;
UPDATE cases_case SET stage = 'closing', closing_from = 'reception', closing_mode = 'withdrawn_from_docket', head = md5(random()::text), entries = entries + 1 WHERE id = %(id)s;
INSERT INTO cases_journalentry (stream, no, case_id, what, key, label, by_label, happened_at, entered_at, backdated, facts, prev, hash, xid)
  VALUES ('raw:%(id)s', 2, %(id)s, 'step', 'report_closing', 'x', 'x', now(), now(), false, '{}', 'x', 'y', 1);
INSERT INTO cases_workitem (case_id, rule, subject, title, team_id, started_at, opened_at, variant, length, extensions, due_on, due_at, provisional,
  derivation, rule_version, calendar_version, open, outcome, paused, wait_reason, urgent, follows_case, note, late_reason)
  SELECT %(id)s, 'archives.pre_closing', '', 'x', team_id, now(), now(), '', '', '[]', current_date, now(), false, '[]', 1, 1, true, '', false, '', false, false, '', ''
  FROM cases_case WHERE id = %(id)s;
INSERT INTO cases_casesight (team_id, case_id, since_at) SELECT id, %(id)s, now() FROM teams_team WHERE code = 'archives' ON CONFLICT DO NOTHING;
"""


def raw_step(ids: list[int]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for pk in ids:
            cursor.execute(RAW, {"id": pk})


# First pages, as the bureau grows


def multiply(to: int) -> None:
    """Copies of what is there, with their items and sights, until there are so many cases."""
    from cases.models import Case

    with connection.cursor() as cursor:
        have = Case.objects.count()
        if have >= to:
            return
        columns = [
            f.column
            for f in Case._meta.concrete_fields
            if f.column not in ("id", "number", "serial", "head", "entries")
        ]
        names = ", ".join(columns)
        cursor.execute("SELECT min(id) FROM cases_case")
        (first,) = cursor.fetchone()
        cursor.execute(
            f"INSERT INTO cases_case (number, serial, head, entries, {names})"
            f" SELECT 'bench ' || nextval('cases_version_number'), NULL, '', 0, {names} FROM cases_case, generate_series(1, %s) WHERE id = %s",
            [to - have, first],
        )
        cursor.execute(
            "INSERT INTO cases_workitem (case_id, rule, subject, title, team_id, person_id, started_at, opened_at, variant, length, extensions,"
            " due_on, due_at, warn_at, provisional, derivation, rule_version, calendar_version, open, outcome, paused, wait_reason, urgent,"
            " follows_case, note, late_reason)"
            " SELECT c.id, i.rule, '', i.title, i.team_id, i.person_id, i.started_at, i.opened_at, '', '', '[]', i.due_on,"
            " i.due_at + (c.id %% 100000) * interval '1 minute', i.warn_at + (c.id %% 100000) * interval '1 minute', false, '[]', 1, i.calendar_version,"
            " true, '', false, '', false, i.follows_case, '', ''"
            " FROM cases_case c, cases_workitem i WHERE i.case_id = %s AND i.rule = 'reception.first_day' AND c.id <> %s"
            " AND NOT EXISTS (SELECT FROM cases_workitem w WHERE w.case_id = c.id AND w.rule = i.rule)",
            [first, first],
        )
        cursor.execute(
            "INSERT INTO cases_casesight (team_id, case_id, since_at) SELECT team_id, id, now() FROM cases_case WHERE team_id IS NOT NULL ON CONFLICT DO NOTHING"
        )
        cursor.execute("ANALYZE cases_case, cases_workitem, cases_casesight")


def page_figures(small: int, large: int, rounds: int) -> list[Figure]:
    pages = {"first page of the case list": "/cases/", "workbench": "/workbench/", "team queue": "/queue/"}
    spent: dict[str, list[float]] = {name: [] for name in pages}
    for size in (small, large):
        multiply(size)
        client = browser()
        for name, path in pages.items():
            spent[name].append(timed(partial(open_page, client, path), rounds))
    return [
        Figure(f"{name}, {large} / {small} cases", two / one, 1.6, f"{two * 1000:.0f} ms")
        for name, (one, two) in spent.items()
    ]


def browser():
    from django.test import Client

    from tests import make

    client = Client()
    client.force_login(make.actor("reception", "clerk").user)
    return client


def open_page(client, path: str) -> None:
    if client.get(path).status_code != 200:
        raise SystemExit(f"{path} does not open")


# The sweep beside one statement


def sweep_figure() -> Figure:
    from cases import context, sweep
    from cases.models import ItemSignal

    ctx = context.read()
    due = "INSERT INTO cases_itemsignal (item_id, kind, due_at, at) SELECT id, 'bench', due_at, now() FROM cases_workitem WHERE open AND NOT paused AND warn_at <= now()"

    def one_statement() -> int:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(due)
            return cursor.rowcount

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_workitem SET warn_at = now() - interval '1 hour' WHERE open AND warn_at IS NOT NULL"
        )
    limit = timed(one_statement, 1)
    found = ItemSignal.objects.filter(kind="bench").count()
    ours = timed(lambda: sweep.sweep(ctx, "warn", "warn_at", sweep.DUTIES, lambda ids: None), 1)
    return Figure(f"sweep of {found} due items / one statement", ours / limit, 1.5, f"{ours:.2f} s")


def run(*, small: bool = False) -> list[Figure]:
    rounds, batch, sizes = (5, 20, (200, 1000)) if small else (60, 1000, (10_000, 100_000))
    figures = step_figures(rounds, batch)
    figures += page_figures(*sizes, 5 if small else 25)
    return [*figures, sweep_figure()]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huanglong_exec.settings")
    os.environ["TEST_DB"] = "bench"
    django.setup()
    from django.conf import settings

    from tests.conftest import load

    settings.LOGGING_CONFIG = None
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        load()
        for figure in run(small="--small" in sys.argv):
            print(figure)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
