"""The only way a file gets in: content sniffed, size bound, hashed, stored once under its hash, never overwritten."""

import hashlib
import os
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from cases import context, hooks, journal, secrecy, sniffing
from cases.locks import lock_case
from cases.models import Approval, Case, Material, WorkItem
from cases.present import present
from cases.refusals import Refused
from teams.actor import Actor

SECRET = ("deliberation",)  # 评议笔录 is born in the 副卷


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
    secrecy.refuse(locked)
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
        secret_volume=secret or kind in SECRET,
        happened_at=happened_at or ctx.now,
        entered_at=ctx.now,
        by_id=by.user_id,
    )
    if approval is not None:
        approval.materials.add(row)
    facts = {"material": row.pk, "kind": kind, "sha256": sha256, "version": row.version}
    journal.write([journal.Line(locked, "material", "file", f"材料入卷：{called(row)}", facts, row.happened_at)], by)
    if case is not None and locked is not None:
        case.head, case.entries = locked.head, locked.entries
    for follow in hooks.of("filed"):
        follow(row, by)
    return row


def called(material: Material) -> str:
    """The paper in the journal of its case, which more officers read than its 副卷."""
    return "副卷材料" if material.secret_volume else material.title


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
        content_type = sniffing.kind_of(head, upload.name)
        sniffing.look_inside(Path(temporary), upload.name, content_type, settings.FILE_MAX_BYTES)
        target = path_of(digest.hexdigest())
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return digest.hexdigest(), size, content_type


def digest_of(path: Path) -> str:
    """The sha256 of a stored file, read in pieces."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def open_file(material: Material) -> BinaryIO:
    return path_of(material.sha256).open("rb")


@transaction.atomic
def void(material: Material, reason: str, by: Actor) -> Material:
    """作废: the paper stays, marked with reason and person."""
    if not reason.strip():
        raise Refused("作废须写明原因。")
    ctx, locked = context.read(), lock_case(present(material.case_id))
    material = Material.objects.select_for_update().get(pk=material.pk)
    if material.voided_at:
        raise Refused("该材料已经作废。")
    material.voided_at, material.voided_by_id, material.void_reason = ctx.now, by.user_id, reason[:200]
    material.save(update_fields=["voided_at", "voided_by", "void_reason"])
    facts = {"material": material.pk, "reason": reason}
    journal.write([journal.Line(locked, "material", "void", f"材料作废：{called(material)}", facts)], by)
    return material


def move_volume(case: Case, material: Material, secret: bool, reason: str, by: Actor) -> None:
    """正卷 ↔ 副卷, of a paper whose case and row the caller has locked. Out of the 副卷 only with a reason."""
    if not secret and not reason.strip():
        raise Refused("由副卷移入正卷，须写明原因。")
    material.secret_volume = secret
    material.save(update_fields=["secret_volume"])
    way = "正卷移入副卷" if secret else "副卷移入正卷"
    facts = {"material": material.pk, "secret": secret, "reason": reason[:200]}
    journal.write([journal.Line(case, "material", "move", f"{way}：{material.title}", facts)], by)


def sweep_orphans(older_than: timedelta = timedelta(days=1)) -> int:
    """Delete files without a row, left by transactions that did not end; what was made from a file (its page images
    stand in a folder of its hash) goes with it."""
    removed, limit = 0, context.read().now.timestamp() - older_than.total_seconds()
    owned: dict[str, bool] = {}
    for path in settings.FILES_DIR.glob("**/*"):
        if not path.is_file() or path.stat().st_mtime >= limit or "seals" in path.parts:
            continue
        sha256 = path.parent.name if len(path.parent.name) == 64 else path.name
        if sha256 not in owned:
            owned[sha256] = Material.objects.filter(sha256=sha256).exists()
        if not owned[sha256]:
            path.unlink(missing_ok=True)
            removed += 1
    return removed
