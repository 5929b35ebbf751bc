"""合并文件 of a volume, asked for here and made by the worker; who took it, of what and why stands in the journal.

What goes to a party is of the 正卷 alone: `entries` is the one place where the volume of a copy is chosen.
"""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from cases import context, jobs, journal
from cases.locks import lock_case
from cases.models import Case, Job
from cases.present import present
from cases.refusals import Forbidden, Refused
from documents.dossier import merging
from documents.dossier.volumes import Entry, arrange, may_secret
from documents.models import Copy
from teams.actor import Actor

FOLDER = "copies"
Volume = Copy.Volume


def path_of(copy: Copy) -> Path:
    return settings.FILES_DIR / FOLDER / f"{copy.pk}.pdf"


def there(copy: Copy) -> bool:
    """Whether the file can still be fetched: it is kept for a day."""
    return bool(copy.made_at) and path_of(copy).exists()


@transaction.atomic
def ask(case: Case, volume: str, reason: str, by: Actor) -> Copy:
    """Ask the worker for a copy. Of the 副卷, and for a party, only with a reason."""
    if volume == Volume.SECRET and not may_secret(case, by):
        raise Forbidden("副卷限承办人员与本院领导查阅，您不能取得副卷的合并文件。")
    if volume != Volume.MAIN and not reason.strip():
        raise Refused("请写明用途：副卷、当事人阅卷的合并文件须登记用途。")
    if not entries(case, volume):
        raise Refused("本卷还没有已编目的材料，不能生成合并文件：请先编目。")
    locked = lock_case(case.pk)
    made = Copy.objects.create(
        case=locked, volume=volume, reason=reason.strip()[:200], by=present(by.user), by_label=by.label[:80],
        asked_at=context.read().now,
    )  # fmt: skip
    facts = {"copy": made.pk, "volume": volume, "reason": made.reason}
    journal.write([journal.Line(locked, "dossier", "copy", f"生成合并文件：{made.get_volume_display()}", facts)], by)
    jobs.enqueue("dossier.copy", str(made.pk), {"copy": made.pk}, by)
    return made


def entries(case: Case, volume: str) -> list[Entry]:
    """The catalogued papers of the volume a copy is of."""
    key = "secret" if volume == Volume.SECRET else "main"
    found = next((each for each in arrange(case, secret=key == "secret") if each.key == key), None)
    return [entry for entry in found.entries if entry.where.number] if found else []


def produce(job: Job) -> None:
    """Make the file: whole under its name, or not there."""
    copy = Copy.objects.select_for_update(of=("self",)).select_related("case", "by").get(pk=job.payload["copy"])
    if copy.made_at:
        return
    found = entries(copy.case, copy.volume)
    try:
        copy.pages, copy.sha256 = merging.merge(copy, found, path_of(copy))
    except Refused as refusal:
        copy.problem = str(refusal)[:200]
    else:
        copy.made_at, copy.problem = context.read().now, ""
    copy.save(update_fields=["pages", "sha256", "made_at", "problem"])


def failed(job: Job) -> None:
    """Whoever waits for it reads why it does not come."""
    Copy.objects.filter(pk=job.payload["copy"], made_at=None).update(problem=jobs.why(job)[:200])


@transaction.atomic
def taken(copy: Copy, by: Actor) -> None:
    """Fetching it is told on the reader's own chain."""
    text = f"取合并文件：{copy.get_volume_display()}"
    facts = {"case": copy.case_id, "copy": copy.pk, "volume": copy.volume}
    journal.write([journal.Line(None, "read", "copy", text, facts)], by)
