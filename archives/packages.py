"""The packages on disk beside their rows."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from archives.models import Volume
from archives.package_check import MANIFEST, faults


def folder_of(volume: Volume) -> Path:
    return Path(settings.ARCHIVE_DIR) / volume.package


def wrong(volume: Volume) -> list[str]:
    """What is wrong with the package of a volume; its manifest must be the one that was written."""
    manifest = folder_of(volume) / MANIFEST
    if not manifest.is_file() or hashlib.sha256(manifest.read_bytes()).hexdigest() != volume.manifest_sha256:
        return ["清单与归档时不一致"]
    return faults(folder_of(volume))


def faulty() -> Iterator[tuple[Volume, str]]:
    """Volumes whose manifest is not there or is another: the quick half of the check, for every night."""
    for volume in Volume.objects.exclude(manifest_sha256="").order_by("pk").iterator():
        manifest = folder_of(volume) / MANIFEST
        if not manifest.is_file():
            yield volume, "不在"
        elif hashlib.sha256(manifest.read_bytes()).hexdigest() != volume.manifest_sha256:
            yield volume, "的清单与归档时不一致"
