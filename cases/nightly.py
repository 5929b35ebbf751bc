"""What happens every night: the integrity check, the day's last seal out of the database, what need not be kept,
what the rooms do."""

import json
import logging
import os
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from cases import calendar_change, clock, context, handover, hooks, integrity, journal, materials
from cases.models import Draft, ImportRow, Job, JournalSeal, Submission
from teams.actor import SYSTEM
from teams.models import Notice

log = logging.getLogger(__name__)
NOTICES, JOBS, FORMS, DRAFTS = (timedelta(days=days) for days in (365, 90, 30, 30))


def run() -> int:
    """Run every invariant and the housekeeping; the number of findings."""
    handover.pick_up()
    findings = [finding for check in hooks.of("invariant") for finding in check()]
    for finding in findings:
        log.error("integrity: %s", finding.url)
    integrity.announce(context.read(), findings)
    calendar_change.alarm(context.read())
    export_seal()
    prune()
    materials.sweep_orphans()
    for act in hooks.of("nightly"):
        act()
    return len(findings)


def export_seal() -> None:
    """Append the last seal to a file beside the database, once."""
    seal = JournalSeal.objects.order_by("-id").first()
    if seal is None:
        return
    path = settings.FILES_DIR / "seals" / f"{clock.today():%Y-%m}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"seal": seal.pk, "at": seal.at.isoformat(), "hash": seal.hash})
    if not path.exists() or line not in path.read_text():
        with path.open("a") as out:
            out.write(line + "\n")
            out.flush()
            os.fsync(out.fileno())


def clear_imports() -> int:
    """Of lists imported longer ago than the court keeps them, what the rows said; outcome and number stay."""
    before = clock.now() - timedelta(days=365 * context.read().settings.number("import_files_years"))
    return ImportRow.objects.filter(batch__at__lt=before).exclude(values={}).update(values={})


def prune() -> dict[str, int]:
    """Delete what has been kept long enough; the counts are journalled."""
    now = clock.now()
    counts = {
        "notices": Notice.objects.filter(created_at__lt=now - NOTICES).delete()[0],
        "jobs": Job.objects.filter(finished_at__lt=now - JOBS).delete()[0],
        "drafts": Draft.objects.filter(at__lt=now - DRAFTS).delete()[0],
        "import_rows": clear_imports(),
        "submissions": Submission.objects.filter(at__lt=now - FORMS).delete()[0],
    }
    if any(counts.values()):
        with transaction.atomic():
            journal.write([journal.Line(None, "job", "prune", "清理到期数据", counts)], SYSTEM)
    return counts
