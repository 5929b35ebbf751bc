"""Long filing lists are imported by a worker: all of a list or nothing, in the name of whoever asked."""

from cases import jobs, materials
from cases.hooks import job
from cases.intake.importer import import_file
from cases.models import ImportRow, Job
from teams.actor import Actor
from teams.notices import tell


def enqueue(sha256: str, name: str, rows: int, by: Actor) -> Job:
    """Ask for the import of a stored file; asked twice while it runs, it is the same job."""
    payload = {"sha256": sha256, "name": name, "rows": rows, **jobs.asked_from(by)}
    return jobs.enqueue("import", sha256, payload, by)


@job("import")
def import_list(row: Job) -> None:
    asked, by = row.payload, jobs.asker(row)
    with materials.path_of(asked["sha256"]).open("rb") as source:
        report = import_file(
            source, asked["name"], by, progress=lambda done: jobs.tell_progress(row, done, asked["rows"])
        )
    if report.batch is None:
        return
    row.result = {"batch": report.batch.pk}
    text = f"立案清单「{asked['name']}」已导入：{said(report.counts)}。"
    tell([row.by_id], text, f"/import/{report.batch.pk}/", key=f"import:{row.pk}")


def said(counts: dict) -> str:
    """「已导入 24，重复 1」"""
    told = "，".join(f"{ImportRow.Outcome(key).label} {count}" for key, count in sorted(counts.items()))
    return told or "没有数据行"
