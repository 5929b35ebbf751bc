"""Is the journal as it was written? Chains entry by entry, heads against rows, seals against entries."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import F, Subquery, Value
from django.db.models.functions import Coalesce

from cases import journal
from cases.models import Case, JournalEntry, JournalHead, JournalSeal


class Finding(NamedTuple):
    """Something that does not fit, and the page where it is mended or looked at."""

    text: str
    url: str = ""


def count() -> int:
    return JournalEntry.objects.count()


def rows() -> Iterator[dict]:
    fields = (
        "pk",
        "case_id",
        "by_id",
        "hash",
        "stream",
        "no",
        "what",
        "key",
        "label",
        "by_label",
        "happened_at",
        "entered_at",
        "facts",
        "ip",
        "prev",
        "backdated",
    )
    for row in JournalEntry.objects.order_by("stream", "no").values(*fields).iterator(chunk_size=5000):
        yield {**row, "by": row["by_id"]}


def chains() -> Iterator[Finding]:
    """Each entry has the hash of its contents and of the entry before; numbers have no gap."""
    stream, no, prev = "", 0, ""
    for row in rows():
        if row["stream"] != stream:
            stream, no, prev = row["stream"], 0, ""
        url = f"/cases/{row['case_id']}/?tab=journal" if row["case_id"] else ""
        if row["no"] != no + 1:
            yield Finding(f"{stream}：第 {no + 1} 条缺失（现为第 {row['no']} 条）", url)
        elif row["prev"] != prev:
            yield Finding(f"{stream} 第 {row['no']} 条（编号 {row['pk']}）与前一条不相接", url)
        if row["case_id"] != case_of(row["stream"]) or row["backdated"] != bool(row["facts"].get("backdated")):
            yield Finding(f"{stream} 第 {row['no']} 条（编号 {row['pk']}）的案件或补录标记被改动", url)
        if journal.digest(row) != row["hash"]:
            yield Finding(f"{stream} 第 {row['no']} 条（编号 {row['pk']}）内容被改动", url)
        no, prev = row["no"], row["hash"]


def case_of(stream: str) -> int | None:
    kind, _, key = stream.partition(":")
    return int(key) if kind == "case" else None


def heads() -> Iterator[Finding]:
    """The row's head is the last entry: a deleted last entry shows here."""
    last = {
        stream: (no, hash_)
        for stream, no, hash_ in JournalEntry.objects.order_by("stream", "-no")
        .distinct("stream")
        .values_list("stream", "no", "hash")
    }
    for pk, head, entries in Case.objects.values_list("pk", "head", "entries").iterator():
        if last.pop(f"case:{pk}", (0, "")) != (entries, head) and not _now_fits(f"case:{pk}", case=pk):
            yield Finding(f"case:{pk} 的链首与最后一条不符", f"/cases/{pk}/?tab=journal")
    for stream, head, entries in JournalHead.objects.values_list("stream", "head", "entries"):
        if last.pop(stream, (0, "")) != (entries, head) and not _now_fits(stream):
            yield Finding(f"{stream} 的链首与最后一条不符", "/audit/")
    yield from (Finding(f"{stream} 没有链首", "/audit/") for stream in last)


def _now_fits(stream: str, case: int | None = None) -> bool:
    """Looked at again in one statement: somebody may have written between the two that were compared."""
    entries = JournalEntry.objects.filter(stream=stream).order_by("-no")
    heads = Case.objects.filter(pk=case) if case else JournalHead.objects.filter(pk=stream)
    told = heads.annotate(
        last_no=Coalesce(Subquery(entries.values("no")[:1]), 0),
        last=Coalesce(Subquery(entries.values("hash")[:1]), Value("")),
    )
    return told.filter(last_no=F("entries"), last=F("head")).exists()


def seals() -> Iterator[Finding]:
    """Each seal covers the entries finished since the one before, and that seal."""
    prev, from_xid = "", 0
    for seal in JournalSeal.objects.order_by("id"):
        hashes, _ = journal.sealed_hashes(from_xid, seal.below_xid)
        if seal.prev != prev or seal.count != len(hashes) or seal.hash != sealed(prev, hashes):
            yield Finding(f"第 {seal.pk} 号封印（{seal.at:%Y-%m-%d %H:%M}）与所封 {seal.count} 条记录不符", "/audit/")
        prev, from_xid = seal.hash, seal.below_xid


def exported() -> Iterator[Finding]:
    """The seals that left the database are still in it, unchanged: whoever rewrote everything inside shows here."""
    told = [json.loads(line) for path in sorted(seal_files()) for line in path.read_text().splitlines() if line]
    inside = dict(JournalSeal.objects.filter(pk__in=[row["seal"] for row in told]).values_list("pk", "hash"))
    for row in told:
        if inside.get(row["seal"]) != row["hash"]:
            yield Finding(f"第 {row['seal']} 号封印（{row['at'][:16]}）与库外留存的不符", "/audit/")


def seal_files() -> list[Path]:
    return list((settings.FILES_DIR / "seals").glob("*.jsonl"))


def everything() -> Iterator[Finding]:
    for check in (chains, heads, seals, exported):
        yield from check()


def sealed(prev: str, hashes: list[str]) -> str:
    return hashlib.sha256("\n".join([prev, *hashes]).encode()).hexdigest()
