"""One package: a folder with `manifest.json` and the files it names, written whole or not at all.

Nothing of Django here: the reference peer reads and writes with the same functions.
"""

import hashlib
import json
import math
import os
import re
import shutil
import uuid
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

SCHEMA = 1
MANIFEST, PAYLOAD = "manifest.json", "payload.json"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
FILES, BYTES = 50, 200 * 1024 * 1024  # the most that one package may hold


class Broken(Exception):
    """The package cannot be used; the sentence is for the administrator."""


class Package(NamedTuple):
    """A package that was read and whose hashes are right."""

    id: str
    kind: str
    created: str
    answers: str  # id of the package that it answers; empty on packages out
    payload: dict[str, Any]
    files: dict[str, bytes]  # without the payload


def write(
    folder: Path, kind: str, payload: Mapping[str, Any], files: Mapping[str, bytes], *,
    id: str, created: datetime, answers: str = "",
) -> Path:  # fmt: skip
    """Write the package under a temporary name, sync it, rename it. One that lies there already is left as it is."""
    target = folder / f"{kind}-{id}"
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    contents = {PAYLOAD: _json(payload), **files}
    manifest = {
        "schema": SCHEMA, "id": id, "kind": kind, "created": created.isoformat(timespec="seconds"),
        **({"answers": answers} if answers else {}),
        "files": [
            {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            for name, content in contents.items()
        ],
    }  # fmt: skip
    temporary = folder / f".{uuid.uuid4().hex}"
    temporary.mkdir()
    try:
        for name, content in (*contents.items(), (MANIFEST, _json(manifest))):
            _store(temporary / name, content)
        sync(temporary)
        os.rename(temporary, target)
    except OSError:
        shutil.rmtree(temporary, ignore_errors=True)
        if not target.exists():  # somebody else wrote the same package
            raise
    sync(folder)
    return target


def take_back(folder: Path, kind: str, id: str) -> None:
    """Remove a package that nobody is to take any more: hidden first, so that nobody reads half of it."""
    hidden = folder / f".{uuid.uuid4().hex}"
    try:
        os.rename(folder / f"{kind}-{id}", hidden)
    except FileNotFoundError:
        return
    shutil.rmtree(hidden)
    sync(folder)


def waiting(folder: Path) -> list[Path]:
    """The packages of a folder, by name; what begins with a dot is still being written."""
    return sorted(path for path in folder.glob("*") if not path.name.startswith(".")) if folder.is_dir() else []


def read(path: Path) -> Package:
    """The package in the folder. Raises Broken with what is wrong."""
    if not path.is_dir() or path.is_symlink():
        raise Broken("不是一个包：应为含 manifest.json 的文件夹。")
    told = _manifest(path)
    listed = {each["name"]: each for each in told["files"]}
    there = {each.name for each in path.iterdir()} - {MANIFEST}
    if extra := there - listed.keys():
        raise Broken(f"清单之外的文件：{'、'.join(sorted(extra))}。")
    if sum(each["size"] for each in listed.values()) > BYTES:
        raise Broken("内容超过上限。")
    contents = {name: _content(path / name, each) for name, each in listed.items()}
    if PAYLOAD not in contents:
        raise Broken("缺少 payload.json。")
    payload = _object(contents.pop(PAYLOAD), PAYLOAD)
    return Package(told["id"], told["kind"], told["created"], told.get("answers", ""), payload, contents)


def _manifest(path: Path) -> dict[str, Any]:
    manifest = path / MANIFEST
    if not manifest.is_file() or manifest.is_symlink():
        raise Broken("缺少 manifest.json。")
    if manifest.stat().st_size > 1024 * 1024:
        raise Broken("manifest.json 过大。")
    told = _object(manifest.read_bytes(), MANIFEST)
    if told.get("schema") != SCHEMA:
        raise Broken(f"版本不符：schema 为 {told.get('schema')}，应为 {SCHEMA}。")
    for name in ("id", "kind", "created"):
        if not isinstance(told.get(name), str) or not told[name]:
            raise Broken(f"manifest.json 缺少 {name}。")
    if not NAME.fullmatch(told["id"]) or not isinstance(told.get("answers", ""), str):
        raise Broken("manifest.json 的编号不合规定。")
    files = told.get("files")
    if not isinstance(files, list) or not 0 < len(files) <= FILES or not all(_entry(each) for each in files):
        raise Broken("manifest.json 的文件清单不合规定。")
    return told


def _entry(each: Any) -> bool:
    """A plain name (nothing that leads out of the folder), a hash, a size."""
    return (
        isinstance(each, dict)
        and isinstance(each.get("name"), str)
        and bool(NAME.fullmatch(each["name"]))
        and each["name"] != MANIFEST
        and isinstance(each.get("size"), int)
        and each["size"] >= 0
        and isinstance(each.get("sha256"), str)
        and bool(re.fullmatch(r"[0-9a-f]{64}", each["sha256"]))
    )


def _content(path: Path, each: dict[str, Any]) -> bytes:
    if not path.is_file() or path.is_symlink():
        raise Broken(f"缺少文件：{each['name']}。")
    if path.stat().st_size != each["size"]:
        raise Broken(f"文件大小不符：{each['name']}。")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != each["sha256"]:
        raise Broken(f"文件校验不符：{each['name']}。")
    return content


def _object(content: bytes, name: str) -> dict[str, Any]:
    try:
        told = json.loads(content)
        whole = _storable(told)
    except (ValueError, RecursionError):
        raise Broken(f"{name} 不是 JSON。") from None
    if not isinstance(told, dict):
        raise Broken(f"{name} 应为一个对象。")
    if not whole:
        raise Broken(f"{name} 含有不能保存的字符或数字（空字符、不成对的代理字符、无穷大）。")
    return told


def _storable(value: Any) -> bool:
    """Whether a database can keep it: JSON allows characters and numbers that are none."""
    if isinstance(value, str):
        return is_text(value)
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, dict):
        return all(is_text(key) and _storable(each) for key, each in value.items())
    return not isinstance(value, list) or all(_storable(each) for each in value)


def is_text(value: str) -> bool:
    return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True).encode()


def _store(path: Path, content: bytes) -> None:
    with path.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def sync(folder: Path) -> None:
    """A rename stands after a power cut only when its folder was synced."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
