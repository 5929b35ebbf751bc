"""`/national/`: an export looked at row by row before it is taken in; past exports and what came of them."""

from django.core.cache import cache

from cases import context, jobs
from cases.models import Case, Job
from cases.pages.lights import stamp
from cases.pages.queue_rows import unseen_of
from documents.models import NationalExport
from documents.national import taking
from documents.national.judging import Judged
from documents.national.kinds import COLUMN, KIND, NODE, label_of
from documents.pages.differences_page import amount
from teams.actor import Actor

SHOWN, KEPT = 30, 3600
TAGS = {"same": "", "states": "gr", "differs": "am", "unknown": "am", "bad": "re"}
LABELS = {**dict(taking.WORDS), "states": "将登记"}
HIDDEN = "不公开案件，由承办人员处理"


def report_of(sha256: str, name: str, kind: str) -> dict:
    """What the preview shows of a stored file, kept for an hour: turning its pages does not read it again."""
    key = f"national:{sha256}:{kind}:{context.read().today}"
    found = cache.get(key)
    if found is None:
        sheet, judged = taking.look(sha256, name, kind)
        found = {
            "kind": sheet.kind.key,
            "sheet": sheet.title,
            "columns": list(sheet.columns),
            "heads": [_heading(key, sheet.units) for key in sheet.columns],
            "rows": [_kept(each) for each in judged],
        }
        cache.set(key, found, KEPT)
    return found


def _heading(key: str, units: dict[str, str]) -> str:
    unit = units.get(key, "")
    return f"{COLUMN[key].names[0]}（{unit}）" if unit else COLUMN[key].names[0]


def _kept(each: Judged) -> dict:
    return {
        "row": each.told.row,
        "case": each.case.pk if each.case else 0,
        "outcome": each.outcome,
        "cells": each.told.cells,
        "why": taking.why(each),
        "states": [
            f"登记「{NODE[one.node].label}」{f'，办结 {one.items} 项' if one.items else ''}" for one in each.stated
        ],
        "differs": [
            (each_.field.partition(":")[0], f"{label_of(each_.field)}：本程序 {amount(each_.field, each_.ours) or '未登记'}")
            for each_ in each.differing
        ],
    }  # fmt: skip


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
    marks = {} if hidden else dict(row["differs"])
    words = [HIDDEN] if hidden else [*row["why"], *row["states"], *(text for _, text in row["differs"])]
    label, tag = ("*案件", "") if hidden else (LABELS[row["outcome"]], TAGS[row["outcome"]])
    return {
        "row": row["row"],
        "label": label,
        "tag": tag,
        "words": words,
        "cells": [(row["cells"].get(key, ""), marks.get(key, marks.get("archived", "") if key == "archived_on" else ""))
                  for key in columns],
    }  # fmt: skip


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
