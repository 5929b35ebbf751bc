"""Whether an archive package is whole, by itself: no database, no settings, nothing but the standard library.

    python -m archives.package_check FOLDER

Every file is there with its hash, nothing else is there, the index is the manifest's, the pages follow one another.
"""

import hashlib
import json
import sys
from pathlib import Path

FORMAT = "huanglong-archive/1"
MANIFEST, INDEX = "manifest.json", "index.json"
NEEDED = ("volume", "court", "case", "retention", "pages", "files", "index_sha256", "made_at")


def faults(folder: Path) -> list[str]:
    """What is wrong with the package, in sentences; empty when it is whole."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return [f"没有清单 {MANIFEST}"]
    except (ValueError, UnicodeDecodeError):
        return [f"清单 {MANIFEST} 读不出来"]
    if manifest.get("format") != FORMAT:
        return [f"清单格式是 {manifest.get('format')!r}，应为 {FORMAT}"]
    if lacking := [key for key in NEEDED if key not in manifest]:
        return [f"清单缺少：{'、'.join(lacking)}"]
    return [*_files(folder, manifest), *_index(folder, manifest), *_pages(manifest)]


def _files(folder: Path, manifest: dict) -> list[str]:
    found, listed = [], {MANIFEST, INDEX}
    for row in manifest["files"]:
        path = folder / row["path"]
        listed.add(row["path"])
        if ".." in Path(row["path"]).parts or path.is_symlink():
            found.append(f"路径不合法：{row['path']}")
        elif not path.is_file():
            found.append(f"缺少文件：{row['path']}")
        elif path.stat().st_size != row["bytes"] or _digest(path) != row["sha256"]:
            found.append(f"文件内容与清单不一致：{row['path']}")
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    return found + [f"清单之外的文件：{name}" for name in sorted(there - listed)]


def _index(folder: Path, manifest: dict) -> list[str]:
    path = folder / INDEX
    if not path.is_file():
        return [f"缺少卷内目录 {INDEX}"]
    if _digest(path) != manifest["index_sha256"]:
        return ["卷内目录与清单不一致"]
    papers = json.loads(path.read_text(encoding="utf-8")).get("papers")
    return [] if papers == manifest["files"] else ["卷内目录所列与清单不同"]


def _pages(manifest: dict) -> list[str]:
    """Each volume is covered from page 1 to its last without gap or overlap."""
    found = []
    for volume, total in manifest["pages"].items():
        after = 1
        for row in (row for row in manifest["files"] if row["volume"] == volume):
            if row["first"] != after:
                found.append(f"页次不连续：{row['path']} 应自第 {after} 页起")
            after = row["first"] + row["pages"]
        if after - 1 != total:
            found.append(f"{'正卷' if volume == 'main' else '副卷'}应有 {total} 页，目录合计 {after - 1} 页")
    return found


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


if __name__ == "__main__":
    wrong = faults(Path(sys.argv[1]))
    sys.stdout.write("\n".join(wrong or ["归档包完整"]) + "\n")
    sys.exit(bool(wrong))
