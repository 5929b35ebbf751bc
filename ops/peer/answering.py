"""What the peer answers: seals with the demonstration's seal, delivers, refuses, delays, repeats, as it was told.

A package is answered once: the receipt's number comes from the package's, and what was answered is kept in a folder of
the peer's own, so that a package that comes again brings the same receipt again and nothing twice.
"""

import os
import re
import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from documents.exchange import manifest
from documents.exchange.manifest import Broken, Package

SHANGHAI = ZoneInfo("Asia/Shanghai")
ADDRESS = re.compile(r"1\d{10}|[^@\s]+@[^@\s]+\.[^@\s]+")
POINTS = 72 / 25.4  # in a millimetre


class Behaviour(NamedTuple):
    """How the peer behaves: kinds it refuses, seconds it waits with an answer, how often it sends each receipt."""

    refuse: frozenset[str] = frozenset()
    delay: float = 0
    repeat: int = 1


class Peer:
    """`folder` is EXCHANGE_DIR; `own` keeps what the peer has taken and answered."""

    def __init__(self, folder: Path, behaviour: Behaviour | None = None, *, own: Path | None = None):
        self.folder, self.behaviour, self.own = folder, behaviour or Behaviour(), own or folder / "peer"

    def answer_all(self, now: datetime | None = None) -> int:
        """Answer what waits; how many receipts were written."""
        return sum(self.answer(path, now or datetime.now(SHANGHAI)) for path in manifest.waiting(self.folder / "out"))

    def answer(self, path: Path, now: datetime) -> int:
        try:
            package = manifest.read(path)
        except Broken as broken:
            self._take(path, f"broken-{path.name}")
            (self.own / f"broken-{path.name}.txt").write_text(str(broken), encoding="utf-8")
            return 0
        if now - datetime.fromisoformat(package.created) < timedelta(seconds=self.behaviour.delay):
            return 0
        payload, files = self._answer(package, now)
        for number in range(self.behaviour.repeat):
            self._send(package, payload, files, now, number)
        self._take(path, path.name)
        return self.behaviour.repeat

    def _answer(self, package: Package, now: datetime) -> tuple[dict, dict[str, bytes]]:
        at = now.isoformat(timespec="seconds")
        if package.kind in self.behaviour.refuse:
            status = {"seal": "refused", "delivery": "failed"}[package.kind]
            return {"status": status, "at": at, "reason": "参考对端按要求退回"}, {}
        return {"seal": seal, "delivery": deliver}[package.kind](package, at)

    def _send(self, package: Package, payload: dict, files: dict[str, bytes], now: datetime, number: int) -> None:
        """A repeat is the same receipt in another folder, as a careless sender would bring it."""
        kind, name = f"{package.kind}.receipt", f"R-{package.id}"
        inbox = self.folder / "in"
        if number == 0:
            manifest.write(inbox, kind, payload, files, id=name, created=now, answers=package.id)
            return
        staged = manifest.write(self.own / "staged", kind, payload, files, id=name, created=now, answers=package.id)
        os.rename(staged, inbox / f"{staged.name}.again{number}")

    def _take(self, path: Path, name: str) -> None:
        target = self.own / "taken" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            shutil.rmtree(path)
        else:
            os.rename(path, target)


def seal(package: Package, at: str) -> tuple[dict, dict[str, bytes]]:
    """The demonstration's seal and no other: every page says 样章."""
    from documents.demo_seal import Demo
    from documents.drawing import Drawn

    paper, place = package.files.get("paper.pdf"), package.payload["seal"]
    if paper is None:
        return {"status": "refused", "at": at, "reason": "缺少 paper.pdf"}, {}
    drawn = Drawn(paper, (place["page"], place["x_mm"] * POINTS, place["y_mm"] * POINTS))
    return {"status": "sealed", "at": at}, {"sealed.pdf": Demo().seal(drawn, package.payload["title"])}


def deliver(package: Package, at: str) -> tuple[dict, dict[str, bytes]]:
    """Delivered to what looks like a telephone or an address of mail, failed elsewhere."""
    to = package.payload["recipient"]["to"]
    if "paper.pdf" not in package.files:
        return {"status": "failed", "at": at, "reason": "缺少 paper.pdf"}, {}
    if not ADDRESS.fullmatch(to):
        return {"status": "failed", "at": at, "reason": "电子送达地址无效"}, {}
    channel = "电子邮件" if "@" in to else "短信"
    course = [{"at": at, "text": f"{channel}已发出"}, {"at": at, "text": "到达受送达人系统"}]
    return {"status": "delivered", "at": at, "channel": channel, "course": course}, {}


def read_behaviour(refuse: Iterable[str] = (), delay: float = 0, repeat: int = 1) -> Behaviour:
    return Behaviour(frozenset(refuse), delay, max(repeat, 1))
