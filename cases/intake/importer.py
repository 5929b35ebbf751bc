"""Import: read, check, register in portions; the same file twice changes nothing; a bad row stops no other.

One transaction for the whole list: an import that is killed has done nothing, and is simply begun again.
"""

import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice, product
from typing import BinaryIO

from django.db import IntegrityError, transaction

from cases import clock, journal, rights
from cases.intake import checks, workbook
from cases.intake.reading import Reading
from cases.models import Basis, Case, ImportBatch, ImportRow, Party
from cases.refusals import Refused
from cases.steps import register
from teams.actor import Actor

PORTION = 200
Outcome = ImportRow.Outcome


@dataclass
class RowResult:
    """What came of one data row, as reports and the preview show it."""

    row: int
    outcome: str
    number: str = ""
    creditors: int = 0
    debtors: int = 0
    amount: str = ""
    problems: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)  # those of the problems that stop nothing
    cells: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict:
        """The row as reports give it; its cells and which problem weighs what are for the screen."""
        return {key: value for key, value in vars(self).items() if key not in ("doubts", "cells")}


@dataclass
class Report:
    rows: list[RowResult] = field(default_factory=list)
    batch: ImportBatch | None = None
    title: str = ""
    notes: list[str] = field(default_factory=list)  # of the workbook: what was not read

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(row.outcome for row in self.rows))


@transaction.atomic
def import_file(
    source: BinaryIO, name: str, by: Actor, *, dry_run: bool = False, progress: Callable[[int], None] | None = None
) -> Report:
    """Import a filing list. With `dry_run` nothing is stored. Raises Refused when the file itself cannot be read."""
    rights.require_office(by, "import")
    content = source.read()
    sheets = workbook.read(io.BytesIO(content), name)
    report = Report(title=sheets.title)
    seen: Seen = {}
    if not dry_run:
        report.batch = _batch(content, name, sheets.title, by)
    lines = iter(sheets.lines)
    while portion := list(islice(lines, PORTION)):
        readings = [checks.read(line, sheets.parties) for line in portion]
        for reading in readings:
            sheets.unread.discard(reading.number)
        report.rows += _take(readings, seen, report.batch, by)
        if progress:
            progress(len(report.rows))
    report.notes = sheets.notes
    if sheets.unread:
        numbers = "、".join(sorted(sheets.unread)[:10])
        report.notes.append(f"当事人表里有 {len(sheets.unread)} 个案号不在清单中，没有导入：{numbers}。")
    if report.batch is not None:
        _finish(report.batch, report.counts, by)
    return report


def _batch(content: bytes, name: str, sheet: str, by: Actor) -> ImportBatch:
    digest = hashlib.sha256(content).hexdigest()
    return ImportBatch.objects.create(
        file_name=name[:200], sha256=digest, sheet=sheet[:100], at=clock.now(), by_id=by.user_id, team_id=by.team_id
    )


Seen = dict[str, tuple[int, set[str]]]  # number: the row that had it, and the names of its parties


def _take(readings: list[Reading], seen: Seen, batch: ImportBatch | None, by: Actor) -> list[RowResult]:
    """One portion. Where somebody else registers the same number at the same moment, it is judged once more."""
    before = dict(seen)
    try:
        with transaction.atomic():
            return _register(readings, seen, batch, by)
    except Refused as refusal:
        if not isinstance(refusal.__cause__, IntegrityError):
            raise
        seen.clear()
        seen.update(before)
        with transaction.atomic():
            return _register(readings, seen, batch, by)


def _register(readings: list[Reading], seen: Seen, batch: ImportBatch | None, by: Actor) -> list[RowResult]:
    """Good rows become cases, the others stay in the report."""
    numbers = [reading.registration.number for reading in readings if reading.registration]
    used = set(Case.objects.filter(number__in=numbers).values_list("number", flat=True))
    good: list[Reading] = []
    results = [_judge(reading, seen, used, good) for reading in readings]
    warnings = _again(good)
    for result in results:
        if result.row in warnings:
            result.problems.append(warnings[result.row])
            result.doubts.append(warnings[result.row])
            result.outcome = Outcome.WARNING
    if batch is not None:
        cases = register([reading.registration for reading in good], by, batch=batch) if good else []
        _rows(batch, results, {reading.row: case for reading, case in zip(good, cases, strict=True)})
    return results


def _judge(reading: Reading, seen: Seen, used: set[str], good: list[Reading]) -> RowResult:
    made = reading.registration
    number = made.number if made else reading.number
    result = RowResult(reading.row, Outcome.REJECTED, number, problems=[*reading.problems, *reading.warnings])
    result.doubts, result.cells = list(reading.warnings), reading.cells
    if made is None:
        return result
    names = {party.name for party in made.parties}
    result.creditors = sum(party.role == "creditor" for party in made.parties)
    result.debtors = sum(party.role == "debtor" for party in made.parties)
    result.amount = f"{made.amount:.2f}"
    if number in seen:
        row, others = seen[number]
        apart = "" if names == others else "，但当事人不同：一案的当事人请填在同一行，或在案件里补登"
        result.outcome, result.problems = Outcome.DUPLICATE, [f"案号：与第 {row} 行重复{apart}"]
    elif number in used:
        result.outcome, result.problems = Outcome.DUPLICATE, ["案号：已登记过，没有再次导入"]
    else:
        seen[number] = (reading.row, names)
        good.append(reading)
        result.outcome = Outcome.WARNING if reading.warnings else Outcome.IMPORTED
    return result


def _again(good: list[Reading]) -> dict[int, str]:
    """A second first-case on the same basis with the same creditor warns; by row."""
    firsts = [(r.row, r.registration) for r in good if r.registration and r.registration.kind == "first"]
    bases = {basis.number for _, made in firsts for basis in made.bases if basis.number}
    held: dict[tuple[str, str], str] = {}
    rows = Basis.objects.filter(number__in=bases, case__kind="first", case__parties__role=Party.Role.CREDITOR)
    for number, name, case_number in rows.values_list("number", "case__parties__name", "case__number"):
        held[number, name] = case_number
    found = {}
    for row, made in firsts:
        names = [party.name for party in made.parties if party.role == "creditor"]
        for key in product((basis.number for basis in made.bases if basis.number), names):
            if held.setdefault(key, made.number) != made.number:
                found[row] = f"执行依据文号：同一依据、同一申请人已有首次执行案件 {held[key]}，请核对是否重复立案"
    return found


def _rows(batch: ImportBatch, results: Iterable[RowResult], cases: dict[int, Case]) -> None:
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                batch=batch, row=r.row, outcome=r.outcome, number=r.number[:60], problems=r.problems, case=cases.get(r.row),
                values={"creditors": r.creditors, "debtors": r.debtors, "amount": r.amount, **_kept(r)},
            )
            for r in results
        ]
    )  # fmt: skip


def _kept(result: RowResult) -> dict:
    """The cells of a row that became no case, so that it can be given back to be mended."""
    return {"cells": result.cells} if result.outcome in (Outcome.REJECTED, Outcome.DUPLICATE) else {}


def _finish(batch: ImportBatch, counts: dict[str, int], by: Actor) -> None:
    batch.counts = counts
    batch.save(update_fields=["counts"])
    facts = {"batch": batch.pk, "sha256": batch.sha256, **counts}
    journal.write([journal.Line(None, "import", "import", f"导入立案清单：{batch.file_name}", facts)], by)
