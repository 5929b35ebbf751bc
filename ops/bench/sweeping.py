"""The sweep of due items beside one statement, and a sweep that finds nothing."""

from django.db import connection, transaction

from ops.bench.figure import Figure, timed


def sweep_figure() -> Figure:
    from cases import context, sweep
    from cases.models import ItemSignal

    ctx = context.read()
    # As safe to run twice as ours, but in one transaction.
    due = """
WITH seen AS (
    UPDATE cases_workitem SET warned_for = due_at WHERE open AND NOT paused AND warn_at <= now()
    AND NOT (warned_for = due_at AND warned_for IS NOT NULL) RETURNING id, due_at
) INSERT INTO cases_itemsignal (item_id, kind, due_at, at) SELECT id, 'bench', due_at, now() FROM seen ON CONFLICT DO NOTHING
"""

    def one_statement() -> int:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(due)
            return cursor.rowcount

    all_due()
    limit = timed(one_statement, 1)
    all_due()
    found = ItemSignal.objects.filter(kind="bench").count()
    ours = timed(lambda: sweep.sweep(ctx, "warn", "warn_at", sweep.DUTIES, sweep.near), 1)
    return Figure(f"sweep of {found} due items / one statement", ours / limit, 1.5, f"{ours:.2f} s")


def all_due() -> None:
    """Every clock warns now, and nothing has been said of it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_workitem SET warn_at = now() - interval '1 hour', warned_for = NULL"
            " WHERE open AND warn_at IS NOT NULL"
        )
        cursor.execute("VACUUM ANALYZE cases_workitem")


def idle_seconds(rounds: int) -> float:
    """Of a sweep when nothing is due."""
    from cases import context, sweep

    ctx = context.read()
    sweep.sweep(ctx, "warn", "warn_at", sweep.DUTIES, sweep.near)
    return timed(lambda: sweep.sweep(ctx, "warn", "warn_at", sweep.DUTIES, sweep.near), rounds)
