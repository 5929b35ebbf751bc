"""The packages on disk beside their rows."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from archives.models import Volume
from archives.package_check import INDEX, MANIFEST, faults
from cases.refusals import Refused


def folder_of(volume: Volume) -> Path:
    return Path(settings.ARCHIVE_DIR) / volume.package


def wrong(volume: Volume) -> list[str]:
    """What is wrong with the package of a volume; its manifest must be the one that was written."""
    manifest = folder_of(volume) / MANIFEST
    if not manifest.is_file() or hashlib.sha256(manifest.read_bytes()).hexdigest() != volume.manifest_sha256:
        return ["清单与归档时不一致"]
    return faults(folder_of(volume))


def index_of(volume: Volume) -> list[dict]:
    """The papers as they were packed, in their order; what was filed since is not among them."""
    path = folder_of(volume) / INDEX
    manifest = path.with_name(MANIFEST)
    try:
        if hashlib.sha256(manifest.read_bytes()).hexdigest() != volume.manifest_sha256:
            raise ValueError(manifest)
        if hashlib.sha256(path.read_bytes()).hexdigest() != json.loads(manifest.read_bytes())["index_sha256"]:
            raise ValueError(path)
        return json.loads(path.read_bytes())["papers"]
    except (OSError, ValueError, KeyError):
        raise Refused("归档包不在或与归档时不一致，不能据以打印卷内目录：请系统管理员先核对归档包。") from None


def faulty() -> Iterator[tuple[Volume, str]]:
    """Volumes whose manifest is not there or is another: the quick half of the check, for every night."""
    for volume in Volume.objects.exclude(manifest_sha256="").order_by("pk").iterator():
        manifest = folder_of(volume) / MANIFEST
        if not manifest.is_file():
            yield volume, "不在"
        elif hashlib.sha256(manifest.read_bytes()).hexdigest() != volume.manifest_sha256:
            yield volume, "的清单与归档时不一致"
