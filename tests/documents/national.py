"""Exports as files and packages, and the worker's part done at once."""

from datetime import datetime
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from cases import clock, jobs, materials
from cases.models import Case, Job
from documents.models import Difference, NationalExport
from documents.national import reading, taking
from teams.actor import Actor
from tests import make


def clerk() -> Actor:
    return make.actor("quality", "clerk")


def book(rows: list[dict], *, above: str = "") -> bytes:
    """A workbook with these rows under their headings."""
    made = Workbook()
    sheet = made.active
    if above:
        sheet.append([above])
    heads = list(dict.fromkeys(head for row in rows for head in row))
    sheet.append(heads)
    for row in rows:
        sheet.append([row.get(head) for head in heads])
    held = BytesIO()
    made.save(held)
    return held.getvalue()


def upload(rows: list[dict], name: str = "导出.xlsx", **more) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, book(rows, **more))


def take(rows: list[dict], *, by: Actor | None = None, kind: str = "", at: datetime | None = None) -> NationalExport:
    """The export taken in through the door, as the page does it."""
    content = book(rows)
    sha256, _, _ = materials.store(ContentFile(content, name="导出.xlsx"))
    found = reading.workbook(content, "导出.xlsx", kind).kind.key
    row = taking.begin(found, "导出.xlsx", by or clerk(), at or clock.now(), sha256=sha256)
    for job in Job.objects.filter(kind=taking.JOB, state="waiting"):
        assert jobs.run(job.pk), job.result
    return NationalExport.objects.get(pk=row.pk)


def filing(case: Case, **changed) -> dict:
    """The row of the national list of filings that agrees with the case."""
    return {
        "案号": case.number, "立案日期": case.filed_on, "案由": case.cause, "执行标的（元）": float(case.amount),
        "申请执行人": "阎怡娟", "被执行人": case.parties.get(role="debtor").name, **changed,
    }  # fmt: skip


def open_ones() -> list[tuple[str, str, str]]:
    rows = Difference.objects.exclude(state="ended").order_by("pk")
    return list(rows.values_list("field", "ours", "theirs"))
