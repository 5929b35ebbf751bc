"""What the peer answers: seals with the demonstration's seal, delivers, refuses, delays, repeats, as it was told.

A package is answered once: the receipt's number comes from the package's, and what was answered is kept in a folder of
the peer's own, so that a package that comes again brings the same receipt again and nothing twice.
"""

import hashlib
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
            status = REFUSALS[package.kind]
            return {"status": status, "at": at, "reason": "参考对端按要求退回"}, {}
        return ANSWERS[package.kind](package, at)

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


BANKS = ("中国工商银行濮阳分行", "中国建设银行濮阳分行", "中国农业银行濮阳分行", "濮阳农村商业银行")


def query(package: Package, at: str) -> tuple[dict, dict[str, bytes]]:
    """What somebody has follows from his certificate: the same every time he is asked about; one in five has nothing."""
    rows: list[dict] = []
    nothing: list[dict] = []
    for each in package.payload["queries"]:
        who = {name: each[name] for name in ("case", "certificate_number", "name")}
        mark = hashlib.sha256(each["certificate_number"].encode()).digest()
        if mark[0] % 5 == 0:
            nothing.append(who)
            continue
        rows += [{**who, "as_of": at, **thing} for thing in _things(mark)]
    return {"status": "answered", "at": at, "rows": rows, "nothing": nothing, "failed": []}, {}


def _things(mark: bytes) -> list[dict]:
    """One to three accounts, at times a wallet, a car, a flat; an allowance nobody may touch."""
    number = int.from_bytes(mark[:6]) % 10**11
    found = [
        _account(BANKS[(mark[1] + n) % 4], number + n, int.from_bytes(mark[8 + n : 11 + n]) % 8_000_000)
        for n in range(1 + mark[2] % 3)
    ]
    if mark[3] % 3 == 0:
        found.append({"kind": "online_balance", "key": f"支付账户|{number}", "title": f"支付账户 ***{number % 10000:04d}",
                      "body": "网络支付机构", "amount": f"{mark[4] * 37}.{mark[5] % 100:02d}"})  # fmt: skip
    if mark[6] % 4 == 0:
        found.append({**_account(BANKS[mark[7] % 4], number + 7, 120_000), "protected": "最低生活保障金专用账户"})
    if mark[12] % 3 == 0:
        plate = f"豫J{mark[13]:02X}{mark[14]:02X}{mark[15] % 10}"
        found.append({"kind": "vehicle", "key": plate, "title": f"小型轿车 {plate}", "body": "濮阳市公安局车辆管理所",
                      "facts": {"车牌号": plate, "状态": "正常"}})  # fmt: skip
    if mark[16] % 4 == 0:
        title = f"豫（2019）濮阳市不动产权第{number % 10**7:07d}号"
        found.append({"kind": "real_estate", "key": title, "title": title, "body": "濮阳市不动产登记中心",
                      "facts": {"坐落": "濮阳市华龙区", "抵押": "有" if mark[17] % 2 else "无"}})  # fmt: skip
    return found


def _account(bank: str, number: int, fen: int) -> dict:
    card = f"62220{number:011d}"
    return {
        "kind": "deposit", "key": f"{bank}|{card}", "title": f"{bank} {card[:4]}***{card[-4:]}", "body": bank,
        "amount": f"{fen // 100}.{fen % 100:02d}", "facts": {"账户类型": "个人结算账户"},
    }  # fmt: skip


def freeze(package: Package, at: str) -> tuple[dict, dict[str, bytes]]:
    """Frozen as asked; an account whose number ends in 7 has been closed, one that ends in 3 is frozen by another court."""
    if {"notice.pdf", "ruling.pdf"} - package.files.keys():
        return {"status": "refused", "at": at, "reason": "缺少协助冻结存款通知书或裁定书"}, {}
    results: list[dict] = []
    for each in package.payload["measures"]:
        told = {"id": each["id"], "reference": f"{at[:10].replace('-', '')}-{each['id']}"}
        if each["account"].endswith("7"):
            results.append({**told, "result": "refused", "reason": "账户已销户"})
        elif each["account"].endswith("3"):
            results.append({**told, "result": "waiting", "rank": 2})
        else:
            dates = {name: each[name] for name in ("starts_on", "ends_on")}
            results.append({**told, "result": "frozen", "controlled": each["amount"], "rank": 1, **dates})
    return {"status": "done", "at": at, "results": results}, {}


def upload(package: Package, at: str) -> tuple[dict, dict[str, bytes]]:
    """Received under a number that follows from the package's; a case whose number ends in 7 is not filed over there."""
    case = package.payload.get("case", "")
    if "paper.pdf" not in package.files:
        return {"status": "refused", "at": at, "reason": "缺少 paper.pdf"}, {}
    if case.rstrip("号").endswith("7"):
        return {"status": "refused", "at": at, "reason": "执行系统中没有本案，请核对案号"}, {}
    mark = hashlib.sha256(package.id.encode()).hexdigest()[:8].upper()
    return {"status": "received", "at": at, "number": f"ZX{at[:10].replace('-', '')}{mark}"}, {}


ANSWERS = {"seal": seal, "delivery": deliver, "query": query, "freeze": freeze, "upload": upload}
REFUSALS = {"seal": "refused", "delivery": "failed", "query": "failed", "freeze": "refused", "upload": "refused"}


def read_behaviour(refuse: Iterable[str] = (), delay: float = 0, repeat: int = 1) -> Behaviour:
    return Behaviour(frozenset(refuse), delay, max(repeat, 1))
