"""提起归档 → 质检 → 系统归档 → 上架. The machine checks every file; a second person one in ten and every permanent one."""

import secrets

from django.db import transaction

from archives import contents, packing
from archives.models import Volume
from cases import context, jobs, journal, rights, steps, work
from cases.context import Context
from cases.hooks import Reason
from cases.locks import lock_case
from cases.models import Case, Job, WorkItem
from cases.present import present
from cases.refusals import Forbidden, Refused, Stale
from cases.workflow import Stage
from documents import codes
from documents.models import Bundle
from teams.actor import Actor
from teams.notices import tell

State = Volume.State
CLOSED = (Stage.CLOSED, Stage.TERMINAL)
FILE_CASE = "archives.file_case"


def code_of(volume: Volume) -> str:
    return codes.of(codes.VOLUME, volume.pk)


@transaction.atomic
def ask(case: Case, by: Actor, *, retention: str, fonds: str = "", catalogue: str = "") -> Volume:
    """提起归档: the machine's check must have no red line."""
    ctx, fresh = context.read(), lock_case(case.pk)
    rights.require(by, fresh, "arrange_file")
    if fresh.stage not in CLOSED:
        raise Refused(Reason("结案后才能归档：本案尚未结案。", "查看案件", f"/cases/{fresh.pk}/"))
    if Volume.objects.filter(case=fresh).exclude(state__in=(State.RETURNED, State.SHELVED)).exists():
        raise Stale("本案已提起归档，请刷新后查看。")
    held = contents.of(fresh)
    if red := [line.text for line in contents.check(fresh, held) if line.state == "red"]:
        raise Refused(*[f"机器核验未通过：{text}。" for text in red[:6]])
    sampled = retention == Volume.Retention.PERMANENT or _drawn(fresh) or _lot(ctx)
    volume = Volume.objects.create(
        case=fresh, state=State.CHECKING if sampled else State.PASSED, retention=retention, fonds=fonds, catalogue=catalogue,
        pages_main=contents.pages(held.main), pages_secret=contents.pages(held.secret), papers=len(held.bound),
        facts_hash=held.mark, sampled=sampled, asked_by_id=present(by.user_id), asked_at=ctx.now,
    )  # fmt: skip
    facts = {"volume": volume.pk, "pages": volume.pages_main + volume.pages_secret, "sampled": sampled}
    _tell(fresh, "ask", "提起归档", facts, by)
    return volume


def _drawn(case: Case) -> bool:
    """Once drawn, a file stays drawn: nobody returns his own to draw another lot, and what failed is looked at again."""
    return Volume.objects.filter(case=case, state=State.RETURNED, sampled=True).exists()


def _lot(ctx: Context) -> bool:
    return secrets.randbelow(100) < ctx.settings.number("quality_sample")


@transaction.atomic
def decide(volume: Volume, passed: bool, note: str, by: Actor) -> Volume:
    """质检 by a second person: pass, or back with what is wrong."""
    case, fresh = _locked(volume, by, State.CHECKING)
    if fresh.asked_by_id == by.user_id:
        raise Forbidden("质检须由提起归档以外的另一人进行。")
    if not passed and not note.strip():
        raise Refused("退回须写明问题。")
    if passed:
        _unchanged(case, fresh)
    fresh.state = State.PASSED if passed else State.RETURNED
    fresh.checked_by_id, fresh.checked_at, fresh.check_note = by.user_id, context.read().now, note.strip()[:300]
    fresh.save(update_fields=["state", "checked_by", "checked_at", "check_note"])
    _tell(case, "check", "质检通过" if passed else "质检退回", {"volume": fresh.pk, "note": fresh.check_note}, by)
    return fresh


@transaction.atomic
def withdraw(volume: Volume, reason: str, by: Actor) -> None:
    """Back to arranging, before it is packed."""
    case, fresh = _locked(volume, by, State.CHECKING, State.PASSED)
    if not reason.strip():
        raise Refused("退回整理须写明原因。")
    fresh.state, fresh.check_note = State.RETURNED, reason.strip()[:300]
    fresh.save(update_fields=["state", "check_note"])
    _tell(case, "return", "归档退回整理", {"volume": fresh.pk, "reason": reason}, by)


def _unchanged(case: Case, volume: Volume) -> None:
    if contents.of(case).mark != volume.facts_hash:
        raise Stale("提起归档后卷内材料有变化：请退回整理，重新提起归档。")


@transaction.atomic
def pack(volume: Volume, by: Actor) -> None:
    """系统归档: the worker makes the package."""
    case, fresh = _locked(volume, by, State.PASSED)
    _unchanged(case, fresh)
    fresh.state, fresh.problem = State.PACKING, ""
    fresh.save(update_fields=["state", "problem"])
    jobs.enqueue("archives.pack", str(fresh.pk), {"volume": fresh.pk}, by)


def packed(job: Job) -> None:
    """The worker's part. The folder gets its name when it is whole; killed before the row says so, it is made again."""
    case = lock_case(Volume.objects.values_list("case_id", flat=True).get(pk=job.payload["volume"]))
    volume = Volume.objects.select_for_update().get(pk=job.payload["volume"])
    if volume.state != State.PACKING:
        return
    held = contents.of(case)
    if held.mark != volume.facts_hash:
        volume.state, volume.check_note = State.RETURNED, "打包时卷内材料已有变化，须重新提起归档"
        volume.save(update_fields=["state", "check_note"])
        return
    volume.packed_at = context.read().now
    made = packing.write(volume, case, held)
    volume.state, volume.package, volume.manifest_sha256 = State.PACKED, made.name, made.sha256
    volume.save(update_fields=["state", "package", "manifest_sha256", "packed_at"])
    _tell(case, "pack", "系统归档", {"volume": volume.pk, "manifest": made.sha256}, Actor.of(present(job.by)))


def not_packed(job: Job) -> None:
    """The package could not be made, whatever the cause: the volume waits again to be packed or returned."""
    case = lock_case(Volume.objects.values_list("case_id", flat=True).get(pk=job.payload["volume"]))
    volume = Volume.objects.select_for_update().get(pk=job.payload["volume"])
    if volume.state != State.PACKING:
        return
    volume.state, volume.problem = State.PASSED, jobs.why(job)[:300]
    volume.save(update_fields=["state", "problem"])
    tell([job.by_id], f"未能系统归档：{case.number}（{volume.problem}）", "/archive/?tab=shelve", kind="result")


@transaction.atomic
def shelve(volume: Volume, shelf: str, by: Actor) -> Volume:
    """纸质归档: the shelf's bar code is scanned; the case is archived, or of a 终本 case its file alone."""
    case, fresh = _locked(volume, by, State.PACKED)
    read = codes.read(shelf)
    place = read.text if read and read.kind == codes.SHELF else shelf.strip().upper()
    if not place or (read and read.kind != codes.SHELF):
        raise Refused("请扫描架位条码，或录入架位（如 A-03-12）。")
    fresh.state, fresh.shelf, fresh.shelved_by_id = State.SHELVED, place[:60], by.user_id
    fresh.shelved_at = context.read().now
    fresh.save(update_fields=["state", "shelf", "shelved_by", "shelved_at"])
    Bundle.objects.filter(case=case, team_id=by.team_id).update(shelf=fresh.shelf)
    _tell(case, "shelve", "卷宗入库", {"volume": fresh.pk, "shelf": fresh.shelf}, by)
    if case.stage == Stage.CLOSED:
        steps.take_step(case, "archive", by, shelf=fresh.shelf)
    else:
        running = WorkItem.objects.filter(case=case, rule=FILE_CASE, open=True)
        work.finish(running, by, note=f"卷宗入库，架位 {fresh.shelf}")
    return fresh


def _locked(volume: Volume, by: Actor, *states: str) -> tuple[Case, Volume]:
    case = lock_case(volume.case_id)
    rights.require(by, case, "arrange_file")
    fresh = Volume.objects.select_for_update().get(pk=volume.pk)
    if fresh.state not in states:
        raise Stale(f"该卷现为「{fresh.get_state_display()}」，请刷新后再办。")
    return case, fresh


def shelved(case_ids) -> set[int]:
    """Cases whose file is on its shelf."""
    return set(Volume.objects.filter(case__in=case_ids, state=State.SHELVED).values_list("case_id", flat=True))


def _tell(case: Case, key: str, text: str, facts: dict, by: Actor) -> None:
    journal.write([journal.Line(case, "archive", key, text, facts)], by)
