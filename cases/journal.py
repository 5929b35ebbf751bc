"""The one writer of the journal, its seals, and the check of both.

`write` needs the cases of its lines locked by the caller: the head of a chain stands on the case row.
"""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import connection

from cases import clock
from cases.models import Case, JournalEntry, JournalHead, JournalSeal
from cases.statements import Call, Statement, canonical
from teams import origin
from teams.actor import Actor

FIELDS = ("stream", "no", "what", "key", "label", "by", "by_label", "happened_at", "entered_at", "facts", "prev")


class Line(NamedTuple):
    """One thing to write down. Without a case it goes to the chain of the officer who did it."""

    case: Case | None
    what: str  # step item event approval material right read hand note import
    key: str
    label: str
    facts: dict = {}
    happened_at: datetime | None = None  # when it happened, if that was not now
    backdated: bool = False


def moment(at: datetime) -> str:
    """UTC with microseconds, as it is hashed."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def digest(row: dict) -> str:
    fields = [moment(row[name]) if name.endswith("_at") else row[name] for name in FIELDS]
    if row.get("ip"):  # entries from before addresses were kept have none in their hash
        fields.append(row["ip"])
    return hashlib.sha256(canonical(fields).encode()).hexdigest()


def chain(lines: Iterable[Line], by: Actor) -> list[dict]:
    """Turn lines into rows of their chains and move the heads of the cases in memory."""
    now, who, rows = clock.now(), by.label[:80], []
    own: JournalHead | None = None
    head: Case | JournalHead | None
    for line in lines:
        head = line.case
        if head is None:
            head = own = own or lock_stream(f"user:{by.user_id or 0}")
        row: dict = {
            "stream": head.stream,
            "no": head.entries + 1,
            "case": line.case.pk if line.case else None,
            "what": line.what,
            "key": line.key,
            "label": line.label[:200],
            "by": by.user_id,
            "by_label": who,
            "happened_at": line.happened_at or now,
            "entered_at": now,
            "backdated": line.backdated,
            "facts": {**line.facts, "backdated": True} if line.backdated else line.facts,  # the mark is hashed too
            "ip": origin.address.get(),
            "prev": head.head,
        }
        row["hash"] = head.head = digest(row)
        head.entries = row["no"]
        rows.append(row)
    if own:
        own.save(update_fields=["head", "entries"])
    return rows


def lock_stream(stream: str) -> JournalHead:
    JournalHead.objects.bulk_create([JournalHead(stream=stream)], ignore_conflicts=True)
    return JournalHead.objects.select_for_update().get(pk=stream)


INSERT = Statement(
    "journal_insert",
    """
INSERT INTO cases_journalentry (stream, no, case_id, what, key, label, by_id, by_label, happened_at, entered_at,
                                backdated, facts, ip, prev, hash, xid)
SELECT *, pg_current_xact_id()::text::bigint
FROM unnest(%s::text[], %s::int[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::text[],
            %s::timestamptz[], %s::timestamptz[], %s::bool[], %s::jsonb[], %s::text[], %s::text[], %s::text[])
""",
)
HEADS = Statement(
    "journal_heads",
    "UPDATE cases_case c SET head = v.head, entries = v.entries"
    " FROM unnest(%s::bigint[], %s::text[], %s::int[]) v(id, head, entries)"
    " WHERE c.id = v.id AND c.entries < v.entries",
)
COLUMNS = (
    "stream", "no", "case", "what", "key", "label", "by", "by_label",
    "happened_at", "entered_at", "backdated", "facts", "ip", "prev", "hash",
)  # fmt: skip


def insert(rows: list[dict]) -> None:
    """Write chained rows with one statement."""
    if rows:
        INSERT.run(*insertion(rows)[1]).close()


def insertion(rows: list[dict]) -> Call:
    """The statement that writes chained rows, for a message of several."""
    columns = [[canonical(row["facts"]) if name == "facts" else row[name] for row in rows] for name in COLUMNS]
    return INSERT, columns


def save_heads(cases: Iterable[Case]) -> None:
    """Store the heads of cases whose rows nothing else is about to write."""
    cases = list({case.pk: case for case in cases}.values())
    if not cases:
        return
    ids, heads, entries = zip(*((case.pk, case.head, case.entries) for case in cases), strict=True)
    with HEADS.run(list(ids), list(heads), list(entries)) as cursor:
        if cursor.rowcount != len(cases):
            raise RuntimeError("journal head moved under a lock that was not held")


def write(lines: Iterable[Line], by: Actor) -> None:
    """Write lines of locked cases (or of the officer's own chain) and move their heads: two statements."""
    lines = list(lines)
    insert(chain(lines, by))
    save_heads(line.case for line in lines if line.case)


# Seals


def seal() -> JournalSeal | None:
    """Seal every entry whose transaction is finished for all; nothing new, no seal."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('cases.seal'))")
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        below = cursor.fetchone()[0]
    last = JournalSeal.objects.order_by("-id").first()
    hashes, last_id = sealed_hashes(last.below_xid if last else 0, below)
    if not hashes:
        return None
    prev = last.hash if last else ""
    return JournalSeal.objects.create(
        at=clock.now(),
        below_xid=below,
        count=len(hashes),
        last_id=last_id,
        prev=prev,
        hash=hashlib.sha256("\n".join([prev, *hashes]).encode()).hexdigest(),
    )


def sealed_hashes(from_xid: int, below_xid: int) -> tuple[list[str], int]:
    rows = list(
        JournalEntry.objects.filter(xid__gte=from_xid, xid__lt=below_xid).order_by("id").values_list("id", "hash")
    )
    return [row[1] for row in rows], rows[-1][0] if rows else 0
