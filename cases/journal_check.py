"""The journal checked at one click: by a worker, because every entry is read; its result stays until the next check."""

from cases import clock, hooks, jobs, journal, verify
from cases.models import Job
from teams.actor import Actor
from teams.models import Posting
from teams.notices import tell

SHOWN = 50  # findings kept for the screen


def ask(by: Actor) -> Job:
    """Ask for a check; asked twice while it runs, it is the same one."""
    return jobs.enqueue("verify_journal", "all", {"posting": by.posting.pk if by.posting else None}, by)


@hooks.job("verify_journal")
def check(row: Job) -> None:
    entries, found = verify.count(), list(verify.everything())
    row.result = {"entries": entries, "total": len(found), "findings": [finding.text for finding in found[:SHOWN]]}
    posting = Posting.objects.select_related("person", "team").get(pk=row.payload["posting"])
    facts = {"entries": entries, "findings": len(found)}
    by = Actor.of(posting.person, posting, clock.today())
    journal.write(
        [journal.Line(None, "note", "verify", f"校验流转记录：{entries} 条，问题 {len(found)} 处", facts)], by
    )
    tell(
        [row.by_id],
        f"流转记录校验完成：{entries} 条，问题 {len(found)} 处。",
        "/audit/",
        key=f"verify:{row.pk}",
        kind="result",
    )
