"""The scanner's folder (`SCAN_DIR`): what was taken and what was refused is moved aside, the reason beside it."""

from pathlib import Path


def aside(path: Path, where: str, why: str = "") -> None:
    """Move a file into a folder beside it; a second one of the same name gets a number."""
    folder = path.parent / where
    folder.mkdir(exist_ok=True)
    target, number = folder / path.name, 1
    while target.exists():
        number += 1
        target = folder / f"{path.stem}-{number}{path.suffix}"
    path.rename(target)
    if why:
        target.with_name(target.name + ".txt").write_text(why + "\n", encoding="utf-8")
