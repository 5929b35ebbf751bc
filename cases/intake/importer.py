"""Import: read, check, register in portions; the same file twice changes nothing; a bad row stops no other."""

import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from django.db import transaction

from cases import clock, journal, rights
from cases.intake import checks, workbook
from cases.intake.checks import Reading
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

    def as_json(self) -> dict:
        return dict(vars(self))


@dataclass
class Report:
    rows: list[RowResult] = field(default_factory=list)
    batch: ImportBatch | None = None
    title: str = ""

    @property
    def counts(self) -> dict[str, int]:
        return dict(Counter(row.outcome for row in self.rows))


def import_file(
    source: BinaryIO, name: str, by: Actor, *, dry_run: bool = False, progress: Callable[[int], None] | None = None
) -> Report:
    """Import a filing list. With `dry_run` nothing is stored. Raises Refused when the file itself cannot be read."""
    rights.require_office(by, "import")
    content = source.read()
    sheets = workbook.read(io.BytesIO(content), name)
    report, seen = Report(title=sheets.title), {}
    if not dry_run:
        report.batch = _batch(content, name, sheets.title, by)
    lines = iter(sheets.lines)
    while portion := list(islice(lines, PORTION)):
        readings = [checks.read(line, sheets.parties) for line in portion]
        report.rows += _take(readings, seen, report.batch, by)
        if progress:
            progress(len(report.rows))
    if report.batch is not None:
        _finish(report, by)
    return report


def _batch(content: bytes, name: str, sheet: str, by: Actor) -> ImportBatch:
    digest = hashlib.sha256(content).hexdigest()
    return ImportBatch.objects.create(
        file_name=name[:200], sha256=digest, sheet=sheet[:100], at=clock.now(), by_id=by.user_id, team_id=by.team_id
    )


@transaction.atomic
def _take(readings: list[Reading], seen: dict[str, int], batch: ImportBatch | None, by: Actor) -> list[RowResult]:
    """One portion in one transaction: good rows become cases, the others stay in the report."""
    used = set(
        Case.objects.filter(number__in=[r.registration.number for r in readings if r.registration]).values_list(
            "number", flat=True
        )
    )
    good: list[Reading] = []
    results = [_judge(reading, seen, used, good) for reading in readings]
    for reading, warning in _again(good).items():
        results_of = next(r for r in results if r.row == reading)
        results_of.problems.append(warning)
        results_of.outcome = Outcome.WARNING
    if batch is not None:
        cases = register([reading.registration for reading in good], by, batch=batch) if good else []
        _rows(batch, results, {reading.row: case for reading, case in zip(good, cases, strict=True)})
    return results


def _judge(reading: Reading, seen: dict[str, int], used: set[str], good: list[Reading]) -> RowResult:
    made = reading.registration
    number = made.number if made else reading.number
    result = RowResult(reading.row, Outcome.REJECTED, number, problems=[*reading.problems, *reading.warnings])
    if made is None:
        return result
    result.creditors = sum(party.role == "creditor" for party in made.parties)
    result.debtors = sum(party.role == "debtor" for party in made.parties)
    result.amount = f"{made.amount:.2f}"
    if number in seen:
        result.outcome, result.problems = Outcome.DUPLICATE, [f"案号：与第 {seen[number]} 行重复"]
    elif number in used:
        result.outcome, result.problems = Outcome.DUPLICATE, ["案号：已登记过，没有再次导入"]
    else:
        seen[number] = reading.row
        good.append(reading)
        result.outcome = Outcome.WARNING if reading.warnings else Outcome.IMPORTED
    return result


def _again(good: list[Reading]) -> dict[int, str]:
    """A second first-case on the same basis with the same creditor warns."""
    bases = {
        r.registration.bases[0].number
        for r in good
        if r.registration.kind == "first" and r.registration.bases[0].number
    }
    held: dict[tuple[str, str], str] = {}
    rows = Basis.objects.filter(number__in=bases, case__kind="first", case__parties__role=Party.Role.CREDITOR)
    for number, name, case_number in rows.values_list("number", "case__parties__name", "case__number"):
        held[number, name] = case_number
    found = {}
    for reading in good:
        basis = reading.registration.bases[0].number
        names = [party.name for party in reading.registration.parties if party.role == "creditor"]
        for key in ((basis, name) for name in names if basis and reading.registration.kind == "first"):
            if key in held and held[key] != reading.registration.number:
                found[reading.row] = (
                    f"执行依据文号：同一依据、同一申请人已有首次执行案件 {held[key]}，请核对是否重复立案"
                )
            held.setdefault(key, reading.registration.number)
    return found


def _rows(batch: ImportBatch, results: Iterable[RowResult], cases: dict[int, Case]) -> None:
    ImportRow.objects.bulk_create(
        [
            ImportRow(
                batch=batch, row=r.row, outcome=r.outcome, number=r.number[:60], problems=r.problems, case=cases.get(r.row),
                values={"creditors": r.creditors, "debtors": r.debtors, "amount": r.amount},
            )
            for r in results
        ]
    )  # fmt: skip


@transaction.atomic
def _finish(report: Report, by: Actor) -> None:
    if report.batch is None:
        raise Refused("没有可以保存的导入。")
    report.batch.counts = report.counts
    report.batch.save(update_fields=["counts"])
    facts = {"batch": report.batch.pk, "sha256": report.batch.sha256, **report.counts}
    journal.write([journal.Line(None, "import", "import", f"导入立案清单：{report.batch.file_name}", facts)], by)
