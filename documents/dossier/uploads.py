"""Files that come in pieces: begun, continued after a cut from where they stopped, filed with the last piece.

What has arrived stands in the file store under the upload's number, and is looked at only when it is whole; a refused
file leaves nothing behind. Unfinished ones are swept after a day.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from cases import context, materials, secrecy
from cases.locks import lock_case
from cases.models import Case, Material
from cases.present import present
from cases.refusals import Forbidden, Refused, Stale
from documents.dossier import placing
from documents.models import Upload
from teams.actor import Actor

FOLDER, UPLOADED = "uploads", "other"
PIECE = 1 << 20  # bytes of one piece
UNFINISHED = 40  # times the bound on one file: what one officer may have on its way
KEPT = timedelta(days=1)


class Whole:
    """The file that has arrived, as `materials.file` takes it."""

    def __init__(self, path: Path, name: str, size: int):
        self.path, self.name, self.size = path, name, size

    def chunks(self) -> Iterator[bytes]:
        with self.path.open("rb") as content:
            while piece := content.read(PIECE):
                yield piece


def path_of(upload: Upload) -> Path:
    return settings.FILES_DIR / FOLDER / str(upload.pk)


@transaction.atomic
def begin(
    case: Case, by: Actor, *, name: str, size: int, mark: str = "", number: int = 0, secret: bool = False
) -> Upload:
    """A new upload, or the unfinished one of the same file: it goes on where it stopped."""
    if by.user is None:
        raise Forbidden("上传须由本人进行。")
    secrecy.refuse(case)
    name, now = Path(name.replace("\\", "/")).name[:200] or "未命名", context.read().now
    refuse_size(name, size)
    clear(by, now - KEPT)
    same = Upload.objects.filter(case=case, by=by.user, name=name, size=size, mark=mark[:60], secret=secret)
    if (found := same.order_by("-begun_at").first()) and path_of(found).exists():
        return found
    under_way = Upload.objects.filter(by=by.user).aggregate(all=Sum("size"))["all"] or 0
    if under_way + size > UNFINISHED * settings.FILE_MAX_BYTES:
        raise Refused("您还有较多文件没有传完：请等它们传完，或取消后再传。")
    made = Upload.objects.create(
        case=case, by=by.user, name=name, size=size, mark=mark[:60], number=number or None, secret=secret, begun_at=now
    )
    path_of(made).parent.mkdir(parents=True, exist_ok=True)
    path_of(made).touch()
    return made


def refuse_size(name: str, size: int) -> None:
    """Before a byte has travelled: the same sentences as `materials.store`."""
    if size > settings.FILE_MAX_BYTES:
        raise Refused(f"「{name}」超过 {settings.FILE_MAX_BYTES // 1024 // 1024} MB，请拆分后再上传。")
    if size <= 0:
        raise Refused(f"「{name}」是空文件。")


def add(upload: Upload, at: int, piece: bytes, by: Actor) -> tuple[Upload, Material | None]:
    """One piece at its place; with the last one the paper is filed. Stale tells where the file goes on.

    Raises Refused for a file that may not be filed: the upload is then gone.
    """
    with transaction.atomic():
        row = Upload.objects.select_for_update().filter(pk=upload.pk, by_id=by.user_id).first()
        if row is None:
            raise Stale("这次上传已经结束或取消，请重新选择文件。")
        if at != row.received or len(piece) > 2 * PIECE or at + len(piece) > row.size:
            raise Stale(str(row.received))
        with path_of(row).open("r+b") as out:
            out.seek(at)
            out.truncate()  # what a cut has left behind
            out.write(piece)
        row.received = at + len(piece)
        row.save(update_fields=["received"])
    return row, finish(row, by) if row.received == row.size else None


def finish(upload: Upload, by: Actor) -> Material:
    """File the whole; refused or filed, the upload is over."""
    path = path_of(upload)
    try:
        with transaction.atomic():
            made = filed(
                upload.case, Whole(path, upload.name, upload.size), by, number=upload.number or 0, secret=upload.secret
            )
            upload.delete()
    except Refused:
        drop(upload)
        raise
    path.unlink(missing_ok=True)
    return made


@transaction.atomic
def filed(case: Case, upload, by: Actor, *, number: int = 0, secret: bool = False) -> Material:
    """One file into the dossier, at its number when one is given."""
    made = materials.file(case, upload, kind=UPLOADED, by=by, title=title_of(upload.name), secret=secret)
    return placing.put(made, number, by) if number else made


@transaction.atomic
def replaced(paper: Material, upload, by: Actor) -> Material:
    """A new version of what the officer's own team has uploaded; the old one stays, and the new one stands in its place."""
    case = lock_case(present(paper.case_id))
    fresh = Material.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if why := unreplaceable(fresh, by):
        raise Refused(why)
    return materials.file(
        case, upload, kind=fresh.kind, by=by, title=fresh.title, replaces=fresh, secret=fresh.secret_volume
    )


def unreplaceable(paper: Material, by: Actor) -> str:
    """Why the officer may not put a new version in its place; empty where he may."""
    if paper.kind != UPLOADED:
        return "只能替换上传的材料：系统制发的文书请作废后重新制发，凭证、签批件随其所附的办理更正。"
    if paper.voided_at:
        return "该材料已经作废，不能替换。"
    team = context.read().roster.members(by.team_id)
    if paper.by_id != by.user_id and paper.by_id not in {member.user_id for member in team}:
        return "只能由上传的团队替换：请联系上传人，或作废后重新上传。"
    return ""


def title_of(name: str) -> str:
    """The file's name without its ending: what the paper is called until somebody says better."""
    stem, dot, ending = name.rpartition(".")
    return stem if dot and stem and len(ending) <= 5 else name


def drop(upload: Upload) -> None:
    """Forget an unfinished upload and what has arrived of it."""
    path_of(upload).unlink(missing_ok=True)
    Upload.objects.filter(pk=upload.pk).delete()


def clear(by: Actor, before) -> None:
    for row in Upload.objects.filter(by=by.user, begun_at__lt=before):
        drop(row)
