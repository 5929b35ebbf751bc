"""What the import pages show: the preview with its marks cell by cell, past imports, the rows that became no case."""

from decimal import Decimal
from typing import NamedTuple

from django.core.cache import cache

from cases import context, materials
from cases.intake import import_file
from cases.intake.columns import LABELS, SYNONYMS
from cases.intake.long_lists import said
from cases.models import Approval, ImportBatch, ImportRow
from cases.pages.lights import stamp

SHOWN = 30  # rows of a page of the preview
KEPT = 3600  # seconds a preview is kept
Outcome = ImportRow.Outcome
TAGS = {"imported": "gr", "imported_with_warning": "am", "rejected": "re"}
AHEAD = {
    "imported": "可导入",
    "imported_with_warning": "可导入（有提示）",
    "rejected": "不能导入",
    "duplicate": "重复，不导入",
}
KEYS = {label: key for key, label in LABELS.items()}
WHERE = {"party_name": "debtor", "party_certificate": "debtor_certificate", "party_phone": "debtor_phone"}


class Cell(NamedTuple):
    """One cell of the preview: bad stops its row, doubt is assumed or doubtful; `why` says so."""

    text: str
    mark: str = ""
    why: str = ""


def report_of(sha256: str, name: str, actor):
    """The dry run of a stored list, kept for an hour: turning its pages does not read it again."""
    key = f"import:{sha256}:{actor.team_id}"
    report = cache.get(key)
    if report is None:
        with materials.path_of(sha256).open("rb") as source:
            report = import_file(source, name, actor, dry_run=True)
        cache.set(key, report, KEPT)
    return report


def preview(report, only: bool, page: int) -> dict:
    """One page of the rows, all or only those with something to look at."""
    rows = [row for row in report.rows if row.problems or not only]
    shown = rows[page * SHOWN : (page + 1) * SHOWN]
    present = {key for row in report.rows[:200] for key, text in row.cells.items() if text}
    keys = [key for key in SYNONYMS if key in present or (key == "number" and report.rows)]
    good = sum(report.counts.get(key, 0) for key in ("imported", "imported_with_warning"))
    return {
        "sheet": report.title,
        "notes": report.notes,
        "counts": [(AHEAD[key], TAGS.get(key, ""), report.counts[key]) for key in AHEAD if key in report.counts],
        "good": good,
        "left": len(report.rows) - good,
        "total": len(report.rows),
        "questions": sum(bool(row.problems) for row in report.rows),
        "heads": [LABELS[key] for key in keys],
        "rows": [_row(row, keys) for row in shown],
        "page": page,
        "more": len(rows) > (page + 1) * SHOWN,
    }


def _row(row, keys: list[str]) -> dict:
    marks: dict[str, tuple[str, str]] = {}
    for problem in row.problems:
        label, _, why = problem.partition("：")
        key = KEYS.get(label, "")
        mark = "doubt" if problem in row.doubts or row.outcome == Outcome.DUPLICATE else "bad"
        if marks.get(key, ("",))[0] != "bad":
            marks[key] = (mark, why)
    return {
        "row": row.row,
        "label": AHEAD[row.outcome],
        "tag": TAGS.get(row.outcome, ""),
        "cells": [Cell(row.cells.get(key, ""), *marks.get(key, ())) for key in keys],
        "problems": row.problems,
    }


def line(row: ImportRow) -> dict:
    """One row of a finished import."""
    return {
        "row": row.row,
        "label": row.get_outcome_display(),
        "tag": TAGS.get(row.outcome, ""),
        "number": row.number,
        "url": f"/cases/{row.case_id}/" if row.case_id else "",
        "problems": row.problems,
        "creditors": row.values.get("creditors", ""),
        "debtors": row.values.get("debtors", ""),
        "amount": f"{Decimal(row.values['amount']):,}" if row.values.get("amount") else "",
    }


def failed(batch: ImportBatch) -> tuple[list[tuple[str, str]], list[dict]]:
    """Columns and rows of the workbook to mend: what stood in each row that became no case, and why."""
    rows = list(batch.rows.filter(outcome__in=(Outcome.REJECTED, Outcome.DUPLICATE)).order_by("row"))
    present = {key for row in rows for key in row.values.get("cells", {})}
    keys = [key for key in SYNONYMS if key in present] or ["number"]
    columns = [(LABELS[key], "number" if key == "number" else "text") for key in keys]
    lines = [
        {
            **{LABELS[key]: row.values.get("cells", {"number": row.number}).get(key, "") for key in keys},
            "原行号": str(row.row),
            "未导入的原因": "；".join(row.problems),
        }
        for row in rows
    ]
    return [*columns, ("原行号", "short"), ("未导入的原因", "wide")], lines


def batches() -> list[dict]:
    """The last imports, the newest first."""
    ctx = context.read()
    asked = Approval.objects.filter(act="case_void", state="waiting", subject__startswith="import:")
    waiting = set(asked.values_list("subject", flat=True))
    return [head(batch, ctx, waiting) for batch in ImportBatch.objects.order_by("-pk")[:20]]


def head(batch: ImportBatch, ctx, waiting: set[str]) -> dict:
    return {
        "id": batch.pk,
        "file": batch.file_name,
        "at": stamp(ctx, batch.at),
        "by": ctx.roster.name(batch.by_id) or "系统",
        "counts": said(batch.counts),
        "undone": bool(batch.undone_at),
        "waiting": f"import:{batch.pk}" in waiting,
        "imported": any(batch.counts.get(key) for key in ("imported", "imported_with_warning")),
        "failed": any(batch.counts.get(key) for key in ("rejected", "duplicate")),
    }
