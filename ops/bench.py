"""Each figure beside its limit, measured in the same run:  python -m ops.bench [--small]

Only the ratios travel between machines; limits and goals are those of the design. Cases are multiplied by set-based
SQL in a database of their own, which is dropped afterwards.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import resource
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
    from teams.models import Team
    from tests import make

    clerk, quality = make.actor("reception", "clerk"), make.actor("quality", "regular_officer")
    queue, raw_queue = ready(rounds + 5), ready(rounds)
    batches, raw_many = [prepared(batch) for _ in range(3)], prepared(rounds)
    teams = dict(Team.objects.values_list("code", "pk"))
    fast, passing, triage = teams["fast-03"], raw_pass_on(teams["quality"]), raw_triage(teams["fast-03"])
    analyse()
    for _ in range(4):
        steps.take_step(queue.pop(), "pass_on", clerk)
    last = queue.pop()
    statements = count(lambda: steps.take_step(last, "pass_on", clerk))
    ours, raw = side_by_side(
        lambda: steps.take_step(queue.pop(), "pass_on", clerk), lambda: raw_step(passing, raw_queue.pop().pk), rounds
    )
    one_triage = timed(lambda: raw_step(triage, raw_many.pop().pk), rounds)
    together = timed(lambda: steps.take_steps(batches.pop(), "triage_fast", quality, team=fast), 3) / batch
    return [
        Figure(
            "one step / the same rows by raw SQL", ours / raw, 2.5, f"{ours * 1000:.1f} ms, {statements} statements"
        ),
        Figure(
            f"triage of {batch} in a batch, each / raw SQL",
            together / one_triage,
            0.3,
            f"{together * 1000:.2f} ms a case",
        ),
    ]


def prepared(how_many: int) -> list:
    """Cases ready for triage: papers issued, queries answered."""
    from cases import clock, steps
    from cases.models import Tick, WorkItem
    from teams.actor import SYSTEM

    now = clock.now()
    cases = steps.take_steps(ready(how_many), "pass_on", SYSTEM).taken
    Tick.objects.filter(item__case__in=cases, rule="reception.network_query").update(state="na", reason="-")
    WorkItem.objects.filter(case__in=cases, rule__in=("documents.standard_set", "quality.offline_query")).update(
        open=False, outcome="done", finished_at=now, entered_at=now
    )
    return cases


def ready(how_many: int) -> list:
    """Cases in reception with nothing left to do there."""
    from cases.models import Tick, WorkItem
    from cases.work import PARTS
    from tests import make

    cases = make.cases(how_many)
    items = WorkItem.objects.filter(case__in=cases, rule="reception.first_day")
    Tick.objects.bulk_create(
        Tick(item=item, rule=rule, state="done", happened_at=item.started_at, entered_at=item.started_at)
        for item in items
        for rule in PARTS["reception.first_day"]
    )
    return cases


def analyse() -> None:
    """Statistics as after a night in service; and what the bench itself holds is none of the collector's business."""
    gc.collect()
    gc.freeze()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def count(act: Callable[[], object]) -> int:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


ITEM = """case_id, rule, subject, title, team_id, started_at, opened_at, variant, length, extensions, due_on, due_at,
 provisional, derivation, rule_version, calendar_version, open, outcome, paused, wait_reason, urgent, follows_case, note,
 late_reason"""


def raw(step: str, stage: str, team: int, done: str, opened: str) -> str:
    """One message that writes what the step writes: case, journal, items that end, follow and begin, sight."""
    return f"""
SELECT * FROM cases_case WHERE id = %(id)s FOR NO KEY UPDATE;
SELECT * FROM cases_workitem WHERE case_id = %(id)s AND open FOR NO KEY UPDATE;
UPDATE cases_case SET stage = '{stage}', team_id = {team}, arrived_at = now(), handler_id = NULL, clerk_id = NULL,
 head = md5(random()::text), entries = entries + 1 WHERE id = %(id)s;
INSERT INTO cases_journalentry
 (stream, no, case_id, what, key, label, by_label, happened_at, entered_at, backdated, facts, prev, hash, xid)
 VALUES ('raw:%(id)s', 2, %(id)s, 'step', '{step}', 'x', 'x', now(), now(), false, '{{"from": "x", "to": "{stage}"}}', 'x', 'y', 1);
UPDATE cases_workitem SET open = false, outcome = 'done', finished_at = now(), entered_at = now()
 WHERE case_id = %(id)s AND open AND rule IN ({done});
UPDATE cases_workitem SET team_id = {team}, person_id = NULL, wait_until = NULL WHERE case_id = %(id)s AND open AND follows_case;
INSERT INTO cases_workitem ({ITEM})
 SELECT %(id)s, rule, '', 'x', {team}, now(), now(), '', '', '[]', current_date, now(), false, '["一", "二", "三"]', 1, 1, true, '',
  false, '', false, false, '', ''
 FROM unnest(ARRAY[{opened}]) rule;
INSERT INTO cases_casesight (team_id, case_id, since_at) VALUES ({team}, %(id)s, now()) ON CONFLICT DO NOTHING;
"""


def raw_pass_on(quality: int) -> str:
    done = "'reception.first_day', 'enforcement.ask_clues'"
    opened = "'documents.standard_set', 'documents.e_service', 'quality.offline_query', 'quality.triage'"
    return raw("pass_on", "preparation", quality, done, opened)


def raw_triage(fast: int) -> str:
    return raw("triage_fast", "fast", fast, "'quality.triage', 'case.handler_fixed'", "'documents.handler_notice'")


def raw_step(message: str, pk: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(message, {"id": pk})


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
        cursor.execute("ANALYZE")


NAMES = """
INSERT INTO cases_party (case_id, role, position, type, name, initials, certificate, certificate_number, certificate_doubt, sex, phone, address,
 representative, e_service, e_service_to, standing)
SELECT c.id, 'debtor', 1, 'natural_person', chr(19968 + (random() * 3000)::int) || chr(19968 + (random() * 3000)::int)
 || chr(19968 + (random() * 3000)::int), '', '', '', '', '', '', '', '', false, '', 'active'
FROM cases_case c WHERE NOT EXISTS (SELECT FROM cases_party p WHERE p.case_id = c.id)
"""


def search_figures(small: int, large: int, rounds: int) -> list[Figure]:
    """Two characters of a name somewhere in the middle of the registry; against reading every name."""
    from cases import search

    spent = []
    for size in (small, large):
        multiply(size)
        with connection.cursor() as cursor:
            cursor.execute(NAMES)
            cursor.execute("ANALYZE cases_party")
            cursor.execute("SELECT substr(name, 2, 2) FROM cases_party WHERE role = 'debtor' ORDER BY id DESC LIMIT 50")
            words = [word for (word,) in cursor.fetchall()]
        search.case_ids(words[0])
        spent.append(timed(lambda words=words: [search.case_ids(word) for word in words], rounds) / len(words))
    scan = timed(lambda: scan_names(words[0]), rounds)
    return [
        Figure(
            f"a name by two characters, {large} / {small} cases", spent[1] / spent[0], 1.6, f"{spent[1] * 1000:.2f} ms"
        ),
        Figure(
            "the same / reading every name", spent[1] / scan, 1 / 500 * 1_000_000 / large, f"scan {scan * 1000:.1f} ms"
        ),
    ]


def scan_names(word: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL enable_bitmapscan = off; SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off"
        )
        cursor.execute("SELECT case_id FROM cases_party WHERE name LIKE %s", [f"%{word}%"])
        cursor.fetchall()


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
    # As safe to run twice as ours, but in one transaction.
    due = (
        "INSERT INTO cases_itemsignal (item_id, kind, due_at, at) SELECT id, 'bench', due_at, now() FROM cases_workitem i"
        " WHERE open AND NOT paused AND warn_at <= now() ON CONFLICT DO NOTHING"
    )

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
    ours = timed(lambda: sweep.sweep(ctx, "warn", "warn_at", sweep.DUTIES), 1)
    return Figure(f"sweep of {found} due items / one statement", ours / limit, 1.5, f"{ours:.2f} s")


# Several processes, and a long list


def process_figure(steps: int) -> Figure:
    """Four processes on two cores get through at least 1.8 times as many steps as one."""
    one = together(1, steps)
    four = together(4, steps)
    return Figure("a step with 4 processes / with 1", four / (4 * one), 1 / 1.8, f"{4 * steps / four:.0f} steps/s")


def together(processes: int, steps: int) -> float:
    """Seconds until each of them has taken its steps; they begin at once."""
    import multiprocessing

    shares = [[case.pk for case in ready(steps)] for _ in range(processes)]
    connection.close()
    fork = multiprocessing.get_context("fork")
    start, done = fork.Barrier(processes + 1), fork.Barrier(processes + 1)
    workers = [fork.Process(target=take_steps, args=(share, start, done)) for share in shares]
    for worker in workers:
        worker.start()
    start.wait()
    began = perf_counter()
    done.wait()
    spent = perf_counter() - began
    for worker in workers:
        worker.join()
    return spent


def take_steps(share: list[int], start, done) -> None:
    from cases import steps
    from cases.models import Case
    from tests import make

    clerk, cases = make.actor("reception", "clerk"), list(Case.objects.filter(pk__in=share))
    start.wait()
    for case in cases:
        steps.take_step(case, "pass_on", clerk)
    done.wait()
    connection.close()


def import_figure(rows: int) -> Figure:
    """A filing list of so many rows, against a minute for ten thousand."""
    from cases.intake import import_file
    from teams.actor import SYSTEM

    source, limit = filing_list(rows), 60 * rows / 10_000
    spent = timed(lambda: import_file(source, "bench.xlsx", SYSTEM), 1)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Figure(
        f"import of {rows} rows / a minute for 10 000", spent / limit, 1, f"{spent:.1f} s, {memory:.0f} MB at most"
    )


def filing_list(rows: int) -> io.BytesIO:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(
        ["案号", "案件类型", "立案日期", "案由", "执行依据文号", "作出单位", "申请标的（元）", "申请执行人", "被执行人"]
    )
    for n in range(rows):
        sheet.append(
            [
                f"（2026）豫0902执{200_001 + n}号", "首次执行案件", "2026-11-20", "民间借贷纠纷", f"（2026）豫0902民初{n + 1}号",
                "濮阳市华龙区人民法院", 1591.32, f"申请人{n}", f"被执行人{n}",
            ]
        )  # fmt: skip
    content = io.BytesIO()
    book.save(content)
    content.seek(0)
    return content


def run(*, small: bool = False) -> list[Figure]:
    rounds, batch, sizes, rows = (5, 20, (200, 1000), 50) if small else (60, 1000, (10_000, 100_000), 10_000)
    figures = [*step_figures(rounds, batch), process_figure(5 if small else 250), import_figure(rows)]
    gc.collect()
    figures += page_figures(*sizes, 5 if small else 25)
    return [*figures, *search_figures(*sizes, 3 if small else 9), sweep_figure()]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huanglong_exec.settings")
    os.environ |= {"TEST_DB": "bench", "DATABASE_URL": os.environ["DB_OWNER_URL"]}
    django.setup()
    from tests.conftest import load

    logging.disable(logging.WARNING)
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        load()
        for figure in run(small="--small" in sys.argv):
            print(figure)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main()
