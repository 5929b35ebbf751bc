"""The only way a file gets in: content sniffed, size bound, hashed, stored once under its hash, never overwritten."""

import hashlib
import os
import tempfile
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from cases import context, journal
from cases.locks import lock_case
from cases.models import Approval, Case, Material, WorkItem
from cases.refusals import Refused
from teams.actor import Actor

# First bytes of what is accepted; a file is what its content says, not its name.
KINDS = (
    (b"%PDF-", "application/pdf", "PDF"),
    (b"\xff\xd8\xff", "image/jpeg", "JPEG 图片"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "PNG 图片"),
    (b"II*\x00", "image/tiff", "TIFF 图片"),
    (b"MM\x00*", "image/tiff", "TIFF 图片"),
    (b"PK\x03\x04", "application/zip", "办公文档"),
)
OFFICE = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
INSIDE = {OFFICE[".docx"]: ("word/document.xml", "Word"), OFFICE[".xlsx"]: ("xl/workbook.xml", "Excel")}
UNFOLDED = 20  # times the bound on a file


def sniff(head: bytes, name: str) -> str:
    """The content type, by the first bytes; Refused names what is accepted."""
    for magic, content_type, _ in KINDS:
        if head.startswith(magic):
            if content_type != "application/zip":
                return content_type
            if office := OFFICE.get(Path(name).suffix.lower()):
                return office
    raise Refused(f"「{name}」的内容不是可入卷的格式：请上传 PDF、JPEG、PNG、TIFF、docx 或 xlsx 文件。")


def _look_inside(path: Path, name: str, content_type: str) -> None:
    """An office file is a zip: it opens, holds what its kind holds, and does not unfold into something huge."""
    part, program = INSIDE.get(content_type, ("", ""))
    if not part:
        return
    try:
        with zipfile.ZipFile(path) as book:
            members = book.infolist()
    except zipfile.BadZipFile:
        raise Refused(f"「{name}」打不开：文件可能已损坏，请重新导出后再上传。") from None
    if part not in {member.filename for member in members}:
        raise Refused(f"「{name}」不是 {program} 文件：请核对后再上传。")
    if sum(member.file_size for member in members) > UNFOLDED * settings.FILE_MAX_BYTES:
        raise Refused(f"「{name}」展开后过大，不能入卷。")


def path_of(sha256: str) -> Path:
    return settings.FILES_DIR / sha256[:2] / sha256[2:4] / sha256


@transaction.atomic
def file(
    case: Case | None,
    upload,
    *,
    kind: str,
    by: Actor,
    title: str = "",
    item: WorkItem | None = None,
    approval: Approval | None = None,
    happened_at: datetime | None = None,
    replaces: Material | None = None,
    secret: bool = False,
) -> Material:
    """Store an upload (anything with `name` and `chunks()`) and its row, in the caller's transaction."""
    ctx = context.read()
    locked = lock_case(case.pk) if case else None
    sha256, size, content_type = store(upload)
    if replaces is not None and Material.objects.filter(replaces=replaces).exists():
        raise Refused("该材料已有新版本，请刷新后再替换。")
    row = Material.objects.create(
        case=locked,
        kind=kind,
        title=(title or upload.name)[:200],
        version=replaces.version + 1 if replaces else 1,
        replaces=replaces,
        sha256=sha256,
        size=size,
        content_type=content_type,
        original_name=upload.name[:200],
        item=item,
        secret_volume=secret,
        happened_at=happened_at or ctx.now,
        entered_at=ctx.now,
        by_id=by.user_id,
    )
    if approval is not None:
        approval.materials.add(row)
    facts = {"material": row.pk, "kind": kind, "sha256": sha256, "version": row.version}
    journal.write([journal.Line(locked, "material", "file", f"材料入卷：{row.title}", facts, row.happened_at)], by)
    if case is not None:
        case.head, case.entries = locked.head, locked.entries
    return row


def store(upload) -> tuple[str, int, str]:
    """Write the content under its hash: temporary name, fsync, rename. (sha256, bytes, content type)"""
    if upload.size > settings.FILE_MAX_BYTES:
        raise Refused(f"「{upload.name}」超过 {settings.FILE_MAX_BYTES // 1024 // 1024} MB，请拆分后再上传。")
    if not upload.size:
        raise Refused(f"「{upload.name}」是空文件。")
    settings.FILES_DIR.mkdir(parents=True, exist_ok=True)
    digest, size, head = hashlib.sha256(), 0, b""
    handle, temporary = tempfile.mkstemp(prefix="incoming-", dir=settings.FILES_DIR)
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in upload.chunks():
                head = head or chunk[:16]
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
            if settings.FILES_ACCEL:
                os.fchmod(out.fileno(), 0o644)  # for nginx, which serves the volume
            out.flush()
            os.fsync(out.fileno())
        content_type = sniff(head, upload.name)
        _look_inside(Path(temporary), upload.name, content_type)
        target = path_of(digest.hexdigest())
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return digest.hexdigest(), size, content_type


def open_file(material: Material) -> BinaryIO:
    return path_of(material.sha256).open("rb")


@transaction.atomic
def void(material: Material, reason: str, by: Actor) -> Material:
    """作废: the paper stays, marked with reason and person."""
    if not reason.strip():
        raise Refused("作废须写明原因。")
    ctx, locked = context.read(), lock_case(material.case_id)
    material = Material.objects.select_for_update().get(pk=material.pk)
    if material.voided_at:
        raise Refused("该材料已经作废。")
    material.voided_at, material.voided_by_id, material.void_reason = ctx.now, by.user_id, reason[:200]
    material.save(update_fields=["voided_at", "voided_by", "void_reason"])
    facts = {"material": material.pk, "reason": reason}
    journal.write([journal.Line(locked, "material", "void", f"材料作废：{material.title}", facts)], by)
    return material


def sweep_orphans(older_than: timedelta = timedelta(days=1)) -> int:
    """Delete files without a row, left by transactions that did not end."""
    removed, limit = 0, context.read().now.timestamp() - older_than.total_seconds()
    for path in settings.FILES_DIR.glob("**/*"):
        stale = path.is_file() and path.stat().st_mtime < limit and "seals" not in path.parts
        if stale and not Material.objects.filter(sha256=path.name).exists():
            path.unlink(missing_ok=True)
            removed += 1
    return removed
