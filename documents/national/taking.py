"""An export taken in: looked at first, then by a worker in one transaction; the same file again changes nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection, transaction

from cases import context, jobs, journal, materials, rights, work
from cases.models import Case, Job, WorkItem
from documents.exchange.manifest import Broken, Package
from documents.models import NationalExport
from documents.national import differences, entering, moments, ours, reading, spoken
from documents.national.judging import Judge, Judged, Said, Stated
from documents.national.kinds import KIND, NODE, NODES
from documents.national.reading import Sheet
from teams.actor import SYSTEM, Actor
from teams.notices import tell

JOB, PACKAGE, FILE = "national.export", "national.export", "export.xlsx"
KEPT = 500  # rows that were not used, kept with their reasons
State = NationalExport.State
WORDS = (
    ("same", "一致"), ("states", "登记"), ("differs", "不一致"), ("older", "已有较新导出"), ("unknown", "没有此案"), ("bad", "没有采用"),
)  # fmt: skip
HIDDEN = "不公开案件，没有采用，由承办人员核对"
DEEDS = (("events", "登记事件"), ("finished", "办结事项"), ("new", "新列不一致"), ("ended", "消除不一致"))
UNKNOWN = "案号：本程序没有此案，请先用「立案导入」登记"


@transaction.atomic
def begin(kind: str, name: str, by: Actor, taken_at: datetime, **source: Any) -> NationalExport:
    """Ask for the import of what was exported at `taken_at`: `sha256` of a stored file, or `rows` and `package`."""
    if by.user_id:
        rights.require_office(by, "national_import")
    given = {"kind": kind, "name": name[:200], "by_id": by.user_id, "at": context.read().now}
    row = NationalExport.objects.create(**given, taken_at=moments.past(taken_at), **source)
    jobs.enqueue(JOB, str(row.pk), {"export": row.pk}, by if by.user_id else None)
    facts = {
        "export": row.pk,
        "kind": kind,
        "sha256": row.sha256,
        "package": row.package or "",
        "taken_at": taken_at.isoformat(),
    }
    journal.write([journal.Line(None, "import", JOB, f"导入执行系统导出（{KIND[kind].label}）：{row.name}", facts)], by)
    return row


def arrived(package: Package) -> bool:
    """A package of the exchange folder; False for one that was read before. Broken or Refused: it is put aside."""
    if NationalExport.objects.filter(package=package.id).exists():
        return False
    kind, rows = package.payload.get("kind", ""), package.payload.get("rows")
    if kind not in KIND:
        raise Broken(f"payload.json 的 kind 应为 {' 或 '.join(KIND)}。")
    name, made_at = f"交换目录 {package.id}", moments.of_package(package.created)
    if made_at is None:
        raise Broken("manifest.json 的 created 应为时刻，如 2026-11-27T10:31:00+08:00。")
    if FILE in package.files:
        sheet = reading.workbook(package.files[FILE], FILE, kind)
        made_at = moments.stated(sheet.above) or made_at
        sha256, _, _ = materials.store(ContentFile(package.files[FILE], name=FILE))
        begin(kind, name, SYSTEM, made_at, sha256=sha256, package=package.id)
        return True
    begin(kind, name, SYSTEM, made_at, rows=_checked(rows, kind), package=package.id)
    return True


def _checked(rows: Any, kind: str) -> list[Mapping[str, str]]:
    if (
        not isinstance(rows, list)
        or not 0 < len(rows) <= reading.MOST
        or not all(isinstance(each, dict) for each in rows)
    ):
        raise Broken(f"应附 {FILE}，或在 payload.json 的 rows 给出不超过 {reading.MOST} 行的清单。")
    if not all(isinstance(cell, str) and len(cell) <= 500 for each in rows for cell in each.values()):
        raise Broken("payload.json 的 rows 各格应为不超过 500 字的文字。")
    reading.rows(rows, "rows", kind)
    return rows


def take_in(job: Job) -> None:
    """The job: everything of the export in its one transaction, one export after the other: what two say at once is
    recorded once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('documents.national'))")
    row = NationalExport.objects.select_for_update().get(pk=job.payload["export"])
    if row.state == State.DONE:
        return
    sheet = _sheet_of(row)
    judge, counts, problems = Judge(context.read(), sheet, row.taken_at), Counter[str](), list[list]()
    said: list[Said] = []
    stated: list[tuple[Judged, Stated]] = []
    for portion in judge.portions():
        for each in portion:
            said += each.compared
            stated += [(each, one) for one in each.stated]
            counts[each.outcome] += 1
            problems += [[each.told.row, each.told.number, words] for words in why(each)]
        row.total += len(portion)
        jobs.tell_progress(job, row.total, 0)
    counts["new"], counts["ended"] = differences.put(row, said)
    spoken.put(row, [each.key for each in said] + [one.key for _, one in stated])
    for anchor in [node.states for node in NODES if node.states]:
        meant = [pair for pair in stated if NODE[pair[1].node].states == anchor]
        recorded, finished, late = record(row, anchor, meant)
        counts["events"] += recorded
        counts["finished"] += finished
        problems += late
        jobs.tell_progress(job, row.total, row.total)
    _finish(row, counts, sorted(problems, key=lambda each: each[0]))


def _sheet_of(row: NationalExport) -> Sheet:
    if row.sha256:
        return reading.workbook(materials.path_of(row.sha256).read_bytes(), row.name, row.kind)
    return reading.rows(row.rows, row.name, row.kind)


def why(each: Judged) -> list[str]:
    """Why the row, or a part of it, was not used; of a sensitive case without what stands in it."""
    if each.outcome == "unknown":
        return [UNKNOWN]
    return [said(each.case, words) for words in (*each.problems, *each.older)]


def said(case: Case | None, words: str) -> str:
    return HIDDEN if case and (case.confidential or case.state_secret) else words


def record(export: NationalExport, anchor: str, meant: Iterable[tuple[Judged, Stated]]) -> tuple[int, int, list[list]]:
    """One event on all its cases: (recorded, items finished, rows that turned out doubtful)."""
    meant = list(meant)
    if not meant:
        return 0, 0, []
    waiting = ours.waiting({one.case.pk for _, one in meant}, anchor)
    happened: dict[tuple[int, str], work.Happened] = {}
    doubtful: list[list] = []
    finished: dict[int, tuple[WorkItem, str, datetime]] = {}
    for judged, one in meant:
        items = waiting.get(one.case.pk, [])
        if doubt := work.doubt(anchor, one.case, one.subject, items):
            doubtful.append([judged.told.row, judged.told.number, said(one.case, f"{NODE[one.node].label}：{doubt}")])
            continue
        happened.setdefault((one.case.pk, one.subject), _happened(export, one))
        met = [item for item in items if ours.same(item.subject, one.subject)]
        finished |= {item.pk: (item, one.dated.receipt, one.dated.at) for item in met}
    late = f"执行系统导出「{export.name}」"[:200]
    events = work.record_events(happened.values(), anchor, context.read().now, SYSTEM, late=late)
    entering.from_export(finished.values())
    return len(events), len(finished), doubtful


def _happened(export: NationalExport, one: Stated) -> work.Happened:
    dated = one.dated
    receipt = f"，回执号 {dated.receipt}" if dated.receipt else ""
    facts = {"by": "national", "export": export.pk, **({"receipt": dated.receipt} if dated.receipt else {})}
    note = f"执行系统{NODE[one.node].label}{receipt}（{KIND[export.kind].label}导出）"
    return work.Happened(one.case, facts, one.subject, at=dated.at, note=note)


def _finish(row: NationalExport, counts: Counter[str], problems: list[list]) -> None:
    row.counts, row.problems, row.rows = dict(+counts), problems[:KEPT], []
    row.state, row.done_at = State.DONE, context.read().now
    row.save()
    roster = context.read().roster
    people = [row.by_id] if row.by_id else [roster.leader(team.id) for team in roster.teams_of("quality")]
    tell(
        people,
        f"执行系统导出「{row.name}」已导入：{words(row)}。",
        f"/national/{row.pk}/",
        key=f"national:{row.pk}",
        kind="result",
    )


def words(row: NationalExport) -> str:
    """「一致 24，不一致 3；登记事件 5，办结事项 4」"""
    rows = "，".join(f"{label} {row.counts[key]}" for key, label in WORDS if row.counts.get(key))
    return "；".join(filter(None, (rows or "没有数据行", deeds(row))))


def deeds(row: NationalExport) -> str:
    """What followed from it."""
    return "，".join(f"{label} {row.counts[key]}" for key, label in DEEDS if row.counts.get(key))
