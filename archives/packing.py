"""归档包: a folder that stands by itself: the papers one PDF each, the index, and a manifest that another program can
check (`manage.py verify_package`, `archives.package_check`). Written under another name, synced, then renamed."""

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from archives.contents import Contents
from archives.models import Volume
from archives.package_check import FORMAT, INDEX, MANIFEST
from cases import materials
from cases.models import Case
from cases.periods import local
from documents import codes
from documents.dossier.volumes import Entry

FOLDERS = {"main": "正卷", "secret": "副卷"}
SUFFIX = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/tiff": ".tif"}
UNSAFE = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', "_"))


class Made(NamedTuple):
    name: str  # of the folder, below ARCHIVE_DIR
    sha256: str  # of its manifest


def write(volume: Volume, case: Case, held: Contents) -> Made:
    """Make the package; one of the same name that no row knows is of a worker that was killed, and is replaced."""
    name = f"{case.closed_on or local(volume.asked_at).date():%Y}/{codes.of(codes.VOLUME, volume.pk)}"
    target = Path(settings.ARCHIVE_DIR) / name
    begun = target.with_name(f".{target.name}")
    for folder in (begun, target):
        shutil.rmtree(folder, ignore_errors=True)
    begun.mkdir(parents=True)
    files = [_copy(entry, begun, number) for number, entry in enumerate(held.bound, 1)]
    index = _store(begun / INDEX, {"case": case.number, "papers": files})
    manifest = _store(begun / MANIFEST, {**describe(volume, case), "files": files, "index_sha256": index})
    _sync(begun)
    os.rename(begun, target)
    _sync(target.parent)
    return Made(name, manifest)


def describe(volume: Volume, case: Case) -> dict:
    """The head of the manifest: whose file it is, how long it is kept, by whom and when it was made."""
    return {
        "format": FORMAT,
        "volume": codes.of(codes.VOLUME, volume.pk),
        "court": settings.COURT_NAME,
        "case": case.number,
        "cause": case.cause,
        "filed_on": str(case.filed_on),
        "closed_on": str(case.closed_on or ""),
        "closing_mode": case.get_closing_mode_display() if case.closing_mode else "",
        "retention": volume.retention,
        "fonds": volume.fonds,
        "catalogue": volume.catalogue,
        "pages": {"main": volume.pages_main, "secret": volume.pages_secret},
        "made_at": local(volume.packed_at).isoformat() if volume.packed_at else "",
    }


def _copy(entry: Entry, folder: Path, number: int) -> dict:
    """One paper: {index}_{item}, as it stands in the file store."""
    source = materials.path_of(entry.material.sha256)
    title = entry.material.title.translate(UNSAFE)[:60]
    path = f"{FOLDERS[entry.where.volume]}/{entry.where.number:02}_{number:03}_{title}{SUFFIX.get(entry.material.content_type, '')}"
    target = folder / path
    target.parent.mkdir(exist_ok=True)
    shutil.copyfile(source, target)
    with target.open("rb+") as copied:
        os.fsync(copied.fileno())
    return {
        "path": path, "sha256": materials.digest_of(target), "bytes": target.stat().st_size, **told(entry),
        "made_on": f"{local(entry.material.happened_at):%Y-%m-%d}",
    }  # fmt: skip


def told(entry: Entry) -> dict:
    """A line of the index."""
    return {
        "volume": entry.where.volume, "number": entry.where.number, "place": entry.where.name,
        "title": entry.material.title, "first": entry.first, "pages": entry.pages,
    }  # fmt: skip


def _store(path: Path, told: dict) -> str:
    content = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()
    with path.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    return hashlib.sha256(content).hexdigest()


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
