"""Receipts in: each once, in one transaction with what follows from it; what cannot be used is moved aside with its reason.

Safe to run twice at once and to be killed anywhere: the row of the receipt says that it was read, moving the folder away
comes after.
"""

import logging
import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from cases import clock
from cases.locks import lock_case
from cases.refusals import Refused, Stale
from documents.exchange import manifest
from documents.exchange.manifest import Broken, Package
from documents.models import Aside, Outgoing, Receipt
from teams.models import Post
from teams.notices import tell
from teams.queries import holders

log = logging.getLogger(__name__)
REASON = "reason.txt"
MOST = 500  # receipts in one reading
LATE = {Outgoing.Kind.UPLOAD}  # a receipt may come after another door: it is written down and changes nothing
CORRECTED = {Outgoing.Kind.QUERY}  # whoever answers may answer once more: what he corrects is taken over
Handler = Callable[[Outgoing, Package, Receipt], None]


def box(name: str) -> Path:
    return settings.EXCHANGE_DIR / name


def handlers() -> dict[str, Handler]:
    """By kind of package; rooms above add theirs with `documents.hooks.answered`."""
    from documents import hooks

    return hooks.answers


def arrivals() -> dict[str, Callable[[Package], bool]]:
    """The kinds that come by themselves, answering nothing of ours (`documents.hooks.arrived`)."""
    from documents import hooks

    return hooks.arrivals


def read_all() -> int:
    """Read what lies in the folder; how many receipts were used."""
    return sum(read_one(path) for path in manifest.waiting(box("in"))[:MOST])


def read_one(path: Path) -> bool:
    """Whether the receipt was used now. A fault of ours leaves it where it is, for the next reading."""
    try:
        package = manifest.read(path)
        used = use(package)
    except FileNotFoundError:
        return False  # another reading has moved it away
    except (Broken, Refused, Stale) as error:
        set_aside(path, str(error))
        return False
    except Exception:
        log.exception("receipt %s could not be read in", path.name)
        name = readable(path.name)
        alarm(f"读入回执时程序出错，将自动重试：{name}", f"exchange:fault:{name}")
        return False
    move(path, box("read"))
    return used


def use(package: Package) -> bool:
    """Do what follows from it; False for a repeat."""
    if package.kind in arrivals() and not package.answers:
        with transaction.atomic():
            return arrivals()[package.kind](package)
    found = Outgoing.objects.filter(uuid=_uuid(package.answers)).first() if _uuid(package.answers) else None
    if found is None:
        raise Broken(f"没有编号为「{package.answers}」的发出件。")
    if package.kind != f"{found.kind}.receipt":
        raise Broken(f"种类不符：发出的是 {found.kind}，回执是 {package.kind}。")
    with transaction.atomic():
        if found.case_id:
            lock_case(found.case_id)
        row = Outgoing.objects.select_for_update().get(pk=found.pk)
        if Receipt.objects.filter(name=package.id, outgoing=row).exists():
            return False
        once = row.state == Outgoing.State.ANSWERED and row.kind not in CORRECTED
        if once or (row.state == Outgoing.State.WITHDRAWN and row.kind not in LATE):
            raise Broken(f"该件{row.get_state_display()}，又来了回执。")
        receipt = Receipt.objects.create(name=package.id, outgoing=row, payload=package.payload, read_at=clock.now())
        row.state, row.answered_at = Outgoing.State.ANSWERED, clock.now()
        row.sent_at = row.sent_at or row.answered_at
        row.save(update_fields=["state", "answered_at", "sent_at"])
        handlers()[row.kind](row, package, receipt)
    return True


def _uuid(text: str) -> str:
    from uuid import UUID

    try:
        return str(UUID(text))
    except ValueError:
        return ""


def set_aside(path: Path, reason: str) -> None:
    """Move it away with the reason and tell the system administrators, once."""
    moved, reason = move(path, box("aside")), readable(reason)
    if moved is None:
        return
    try:
        (moved / REASON if moved.is_dir() else moved.with_name(f"{moved.name}.{REASON}")).write_text(reason, "utf-8")
    except OSError:
        log.warning("reason of %s not written", moved.name)
    name = readable(moved.name)
    Aside.objects.create(name=name[:200], reason=reason[:300], at=clock.now())
    alarm(f"交换目录有回执不能使用：{reason}", f"exchange:aside:{name}")


def readable(text: str) -> str:
    """Names of files that are no text, as text."""
    return text.encode("utf-8", "replace").decode()


def alarm(text: str, key: str) -> None:
    tell(holders(Post.SYSTEM_ADMIN, clock.today()), text, "/exchange/", key=key[:100])


def move(path: Path, folder: Path) -> Path | None:
    """Move a package into the folder, under another name where the name is taken; None if it has gone."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, 10_000):
        target = folder / (path.name if number == 1 else f"{path.name}.{number}")
        if target.exists():
            continue
        try:
            os.rename(path, target)
        except FileNotFoundError:
            return None
        except OSError:  # somebody else has taken the name meanwhile
            if not target.exists():
                raise
            continue
        return target
    raise FileExistsError(path.name)
