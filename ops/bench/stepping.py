"""One step, and a batch, beside the raw statements that write the same rows."""

from django.db import connection, transaction

from ops.bench.figure import Figure, analyse, count, side_by_side, timed


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
    decision = f"""INSERT INTO quality_triagedecision
 (case_id, proposed, criterion, certain, reasons, track, reason, team_id, how, figures, at)
 VALUES (%(id)s, 'fast', 'quick', false, '[]', 'fast', 'x', {fast}, 'hand', '[]', now());
"""
    step = raw("triage_fast", "fast", fast, "'quality.triage', 'case.handler_fixed'", "'documents.handler_notice'")
    return step + decision


def raw_step(message: str, pk: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(message, {"id": pk})
