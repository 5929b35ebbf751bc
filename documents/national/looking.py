"""The preview of an export: every row judged by a worker, nothing written. What it found lies as a file for a day."""

import json
from datetime import datetime
from pathlib import Path

from cases import context, jobs, materials
from cases.models import Job
from documents.dossier import images
from documents.national import reading, taking
from documents.national.judging import Judge, Judged
from documents.national.kinds import COLUMN, NODE, PREFIX, Kind
from teams.actor import Actor

JOB = "national.look"


def ask(sha256: str, name: str, kind: str, taken_at: datetime, by: Actor) -> Job:
    """Asked again while it runs, the same one."""
    told = {"sha256": sha256, "name": name, "kind": kind, "taken_at": taken_at.isoformat()}
    return jobs.enqueue(JOB, f"{sha256}:{kind}:{taken_at:%Y%m%d%H%M}", told, by)


def look(job: Job) -> None:
    """The job: what the rows come to, as the page shows them, and where it lies."""
    told = job.payload
    sheet = reading.workbook(materials.path_of(told["sha256"]).read_bytes(), told["name"], told["kind"])
    judge, rows = Judge(context.read(), sheet, datetime.fromisoformat(told["taken_at"])), []
    for portion in judge.portions():
        rows += [_kept(each, sheet.kind) for each in portion]
        jobs.tell_progress(job, len(rows), 0)
    report = {
        "kind": sheet.kind.key, "sheet": sheet.title, "columns": list(sheet.columns),
        "heads": [_heading(key, sheet.units) for key in sheet.columns], "rows": rows,
    }  # fmt: skip
    path = _path(job)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    half.write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
    half.replace(path)


def report_of(job: Job) -> dict:
    """What it found; empty while it is looking, or once it has been swept."""
    path = _path(job)
    return json.loads(path.read_bytes()) if job.state == Job.State.DONE and path.exists() else {}


def _path(job: Job) -> Path:
    """With what else is made from the file: swept with it when nobody has taken it in."""
    return images.folder_of(job.payload["sha256"]) / f"look-{job.pk}.json"


def _heading(key: str, units: dict[str, str]) -> str:
    unit = units.get(key, "")
    return f"{COLUMN[key].names[0]}（{unit}）" if unit else COLUMN[key].names[0]


def _column(kind: Kind, field: str) -> str:
    """Which column of the export says what differs: of a node the one with its day."""
    if field == "archived":
        return "archived_on"
    if not field.startswith(PREFIX):
        return field
    return next((column for column, node in kind.dates if PREFIX + node == field), "day")


def _kept(each: Judged, kind: Kind) -> dict:
    return {
        "row": each.told.row,
        "case": each.case.pk if each.case else 0,
        "outcome": each.outcome,
        "cells": each.told.cells,
        "why": taking.why(each),
        "states": [
            f"登记「{NODE[one.node].label}」{f'，办结 {one.items} 项' if one.items else ''}" for one in each.stated
        ],
        "differs": [(_column(kind, said.field), said.field, said.ours) for said in each.differing],
    }
