"""`/national/`: an export looked at row by row before it is taken in; past exports and what came of them."""

from cases import context, jobs, rights
from cases.models import Case, Job
from cases.pages.lights import stamp
from cases.pages.queue_rows import unseen_of
from documents.models import NationalExport
from documents.national import looking, taking
from documents.national.kinds import KIND, label_of
from documents.pages.differences_page import amount
from teams.actor import Actor

SHOWN = 30
TAGS = {"same": "", "states": "gr", "differs": "am", "older": "", "unknown": "am", "bad": "re"}
LABELS = {**dict(taking.WORDS), "states": "将登记"}
HIDDEN = "不公开案件，由承办人员处理"


def looked(job: Job) -> dict:
    """How far the judging of the rows is, and whether it has failed."""
    done, _ = jobs.progress_of(job)
    error = job.result.get("error", "") if job.state == Job.State.FAILED else ""
    return {"read": done, "of": done or 1, "error": error, "report": looking.report_of(job)}


def preview(report: dict, only: bool, page: int, actor: Actor) -> dict:
    rows = [row for row in report["rows"] if not only or row["outcome"] not in ("same", "states")]
    shown = rows[page * SHOWN : (page + 1) * SHOWN]
    hidden = unseen_of(actor, Case.objects.filter(pk__in={row["case"] for row in shown if row["case"]}))
    counts = {key: sum(row["outcome"] == key for row in report["rows"]) for key in LABELS}
    return {
        "kind": KIND[report["kind"]].label,
        "note": KIND[report["kind"]].note,
        "sheet": report["sheet"],
        "total": len(report["rows"]),
        "counts": [(LABELS[key], TAGS[key], count) for key, count in counts.items() if count],
        "questions": sum(counts[key] for key in ("differs", "unknown", "bad")),
        "heads": report["heads"],
        "rows": [_row(row, report["columns"], row["case"] in hidden) for row in shown],
        "more": len(rows) > (page + 1) * SHOWN,
    }


def _row(row: dict, columns: list[str], hidden: bool) -> dict:
    """Of a case that the reader may not view nothing is said but what stands in his own file."""
    differs = [
        (column, f"{label_of(field)}：本程序 {amount(field, ours) or '未登记'}")
        for column, field, ours in row["differs"]
    ]
    marks = {} if hidden else dict(differs)
    words = [HIDDEN] if hidden else [*row["why"], *row["states"], *(text for _, text in differs)]
    label, tag = (rights.MASKED, "") if hidden else (LABELS[row["outcome"]], TAGS[row["outcome"]])
    return {
        "row": row["row"],
        "label": label,
        "tag": tag,
        "words": words,
        "cells": [(row["cells"].get(key, ""), marks.get(key, "")) for key in columns],
    }


def exports() -> list[dict]:
    """The last ones, the newest first."""
    ctx = context.read()
    return [head(row, ctx) for row in NationalExport.objects.order_by("-pk")[:20]]


def head(row: NationalExport, ctx) -> dict:
    return {
        "id": row.pk,
        "name": row.name,
        "kind": KIND[row.kind].label,
        "at": stamp(ctx, row.at),
        "taken": stamp(ctx, row.taken_at),
        "by": ctx.roster.name(row.by_id) or "交换目录",
        "done": row.state == NationalExport.State.DONE,
        "words": taking.words(row) if row.state == NationalExport.State.DONE else "",
        "deeds": taking.deeds(row) or "没有需要登记的变化",
        "error": error_of(row),
    }


def error_of(row: NationalExport) -> str:
    """Why it will not be taken in any more."""
    if row.state == NationalExport.State.DONE:
        return ""
    job = Job.objects.filter(kind=taking.JOB, key=str(row.pk)).order_by("-pk").first()
    return job.result.get("error", "") if job and job.state == Job.State.FAILED else ""


def one(row: NationalExport) -> dict:
    job = Job.objects.filter(kind=taking.JOB, key=str(row.pk)).order_by("-pk").first()
    done, total = jobs.progress_of(job) if job else (0, 0)
    return {
        "export": head(row, context.read()),
        "counts": [(LABELS[key] if key != "states" else "已登记", TAGS[key], row.counts[key]) for key in LABELS if row.counts.get(key)],
        "problems": [{"row": number, "number": text, "why": words} for number, text, words in row.problems],
        "cut": len(row.problems) == taking.KEPT,
        "read": done,
        "of": total or done or 1,
    }  # fmt: skip
