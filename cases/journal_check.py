"""The journal checked at one click: by a worker, because every entry is read; its result stays until the next check."""

from cases import hooks, jobs, journal, verify
from cases.models import Job
from teams.actor import Actor
from teams.notices import tell

SHOWN = 50  # findings kept for the screen


def ask(by: Actor) -> Job:
    """Ask for a check; asked twice while it runs, it is the same one."""
    return jobs.enqueue("verify_journal", "all", jobs.asked_from(by), by)


@hooks.job("verify_journal")
def check(row: Job) -> None:
    entries, found = verify.count(), list(verify.everything())
    row.result = {"entries": entries, "total": len(found), "findings": [finding.text for finding in found[:SHOWN]]}
    facts = {"entries": entries, "findings": len(found)}
    line = journal.Line(None, "note", "verify", f"校验流转记录：{entries} 条，问题 {len(found)} 处", facts)
    journal.write([line], jobs.asker(row))
    tell(
        [row.by_id],
        f"流转记录校验完成：{entries} 条，问题 {len(found)} 处。",
        "/audit/",
        key=f"verify:{row.pk}",
        kind="result",
    )
