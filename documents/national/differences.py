"""「两系统不一致」: found by an export, ended by itself when both say the same, or settled with a reason."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from cases import context, journal, rights
from cases.locks import lock_case
from cases.models import Case
from cases.refusals import Refused, Stale, Unseen
from documents.models import Difference, NationalExport
from documents.national import ours
from documents.national.judging import Said
from documents.national.kinds import PREFIX, label_of
from teams.actor import Actor

State = Difference.State
STEP = 1000
ALL = ("quality", "leadership")  # see those of every case they may view; a team those of the cases it holds


def put(export: NationalExport, said: Iterable[Said]) -> tuple[int, int]:
    """Store what an export says: (new, ended). What stands there already the same is left alone."""
    said, now = list(said), context.read().now
    held = {
        (row.case_id, row.field, row.subject): row
        for row in Difference.objects.select_for_update().filter(case__in={each.case for each in said}).exclude(state=State.ENDED).order_by("pk")
    }  # fmt: skip
    new, changed, ended, again = [], [], [], []
    for each in said:
        row = held.get(each.key)
        if each.ours == each.theirs:
            ended += [row] if row else []
        elif row is None:
            new.append(
                Difference(
                    case_id=each.case, field=each.field, subject=each.subject, ours=each.ours[:200],
                    theirs=each.theirs[:200], export=export, found_at=now,
                )
            )  # fmt: skip
        elif row.theirs != each.theirs[:200]:
            row.theirs, row.ours, row.export = each.theirs[:200], each.ours[:200], export
            # what was said of it was of another value
            row.state, row.reason, row.by, row.at = State.OPEN, "", None, None
            changed.append(row)
        else:
            again.append(row.pk)
    Difference.objects.filter(pk__in=again).update(export=export)  # the newest that says so
    Difference.objects.bulk_create(new, batch_size=STEP)
    names = ["theirs", "ours", "export", "state", "reason", "by", "at"]
    Difference.objects.bulk_update(changed, names, batch_size=STEP)
    return len(new), _end(ended)


def _end(rows: Iterable[Difference]) -> int:
    ids = [row.pk for row in rows]
    return Difference.objects.filter(pk__in=ids).update(state=State.ENDED, at=context.read().now) if ids else 0


@transaction.atomic
def check() -> int:
    """Look at every difference again: those that ended, and what we say now of the others. How many ended."""
    after, total = 0, 0
    while rows := list(
        Difference.objects.select_for_update(skip_locked=True)
        .exclude(state=State.ENDED).filter(pk__gt=after).order_by("pk")[:STEP]
    ):  # fmt: skip
        after = rows[-1].pk
        now = _now(rows)
        moved = [row for row in rows if row.ours != now[row.pk][:200]]
        for row in moved:
            row.ours = now[row.pk][:200]
        Difference.objects.bulk_update(moved, ["ours"], batch_size=STEP)
        total += _end(row for row in rows if row.ours == row.theirs)
    return total


def _now(rows: list[Difference]) -> dict[int, str]:
    """What stands here now, in the words in which it is compared."""
    cases = list(Case.objects.filter(pk__in={row.case_id for row in rows}))
    nodes = {row.field.removeprefix(PREFIX) for row in rows if row.field.startswith(PREFIX)}
    here = ours.fields(cases, {row.field for row in rows})
    days: ours.Days = ours.days([case.pk for case in cases], nodes) if nodes else defaultdict(list)
    return {
        row.pk: _day(row, days) if row.field.startswith(PREFIX) else here[row.case_id].get(row.field, row.ours)
        for row in rows
    }


def _day(row: Difference, days: ours.Days) -> str:
    node, theirs = row.field.removeprefix(PREFIX), date.fromisoformat(row.theirs)
    here = ours.day_of(days, row.case_id, node, row.subject, theirs)
    return here.isoformat() if here else ""


def listed(actor: Actor) -> QuerySet[Difference]:
    """Those the officer sees: of cases he may list, and outside the quality team of those his team holds."""
    rows = Difference.objects.filter(case__in=rights.visible(actor))
    return rows if actor.kind in ALL else rows.filter(case__team_id__in=[actor.team_id, *actor.paired])


@transaction.atomic
def settle(row: Difference, state: str, reason: str, by: Actor) -> Difference:
    """对方待更正, or explained; back to open without a reason. It still ends by itself when both agree."""
    rights.require_office(by, "settle_difference")
    if not listed(by).filter(pk=row.pk).exists():
        raise Unseen(str(row.pk))
    fresh = Difference.objects.select_for_update().get(pk=row.pk)  # before its case, as an import takes them
    case = lock_case(row.case_id)
    if fresh.state == State.ENDED:
        raise Stale(f"「{label_of(fresh.field)}」两系统已经一致，不必处理。")
    if state not in (State.OPEN, State.THEIRS, State.EXPLAINED):
        raise Refused("请选择「对方待更正」或「已说明」。")
    if state != State.OPEN and not reason.strip():
        raise Refused(f"标为「{State(state).label}」须写明原因。")
    fresh.state, fresh.reason = state, "" if state == State.OPEN else reason.strip()[:200]
    fresh.by_id, fresh.at = by.user_id, context.read().now
    fresh.save(update_fields=["state", "reason", "by", "at"])
    text = f"两系统不一致（{label_of(fresh.field)}）：{State(state).label}"
    facts = {"difference": fresh.pk, "ours": fresh.ours, "theirs": fresh.theirs, "reason": fresh.reason}
    journal.write([journal.Line(case, "national", "settle", text, facts)], by)
    return fresh
