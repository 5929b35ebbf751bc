"""What is or was under control in a case: the measures that rooms keep (`@measures`), then those that only events tell of.

An event names its measure by `subject`. Where none is named, what was stated of one day is one measure, and an end is
that of the measure whose term it finished, or of the only one there is.
"""

from datetime import date

from cases import hooks
from cases.context import Context
from cases.deadlines import ANCHOR, RULES
from cases.hooks import Measure
from cases.models import Case, JournalEntry, WorkItem
from cases.pages.lights import light
from cases.periods import local

TERM = {
    anchor: rule.key
    for rule in RULES
    if rule.kind == "term"
    for anchor in rule.anchors
    if rule.key.startswith("measure.")
}
TERMS = frozenset(TERM.values())
EFFECTIVE = (
    "measure_effective"  # that of a thing which has to be disposed of; its term is stated by an event of its own
)
OVER = {"measure_released": "已解除", "measure_lapsed": "已失效"}
MOST = 200


class Told:
    """One measure as events tell of it."""

    def __init__(self, subject: str, day: date):
        self.subject, self.day, self.over = subject, day, ""
        self.entries: list[JournalEntry] = []

    @property
    def rule(self) -> str:
        return next((TERM[entry.key] for entry in self.entries if entry.key in TERM), "")

    @property
    def title(self) -> str:
        best = next((entry for entry in self.entries if entry.key in TERM), self.entries[0])
        what = ANCHOR[best.key].label.removesuffix("生效") if best.key in TERM else "控制措施"
        name = self.subject or next((str(each.facts["asset"]) for each in self.entries if each.facts.get("asset")), "")
        return f"{what}：{name}" if name and ":" not in name else what

    def takes(self, entry: JournalEntry, day: date) -> bool:
        """Whether `entry` speaks of this measure: an event of each kind, and of one day where nothing is named."""
        if self.over or self.subject != entry.facts.get("subject", ""):
            return False
        if self.subject:
            return True
        return self.day == day and len(self.entries) == 1 and (self.entries[0].key in TERM) != (entry.key in TERM)


def on_record(ctx: Context, case: Case) -> list[dict]:
    """Every measure once, newest first: `live` ones with their light, those that are over with what ended them."""
    kept = [row for hook in hooks.of("measures") for row in hook(case)]
    items = WorkItem.objects.filter(case=case, rule__in=TERMS, open=True).order_by("due_at", "id")
    terms = {(item.rule, item.subject): item for item in items}
    by_subject = {item.subject: item for item in terms.values() if item.subject}
    found = [_row(ctx, row, by_subject.get(row.subject)) for row in kept]
    for each in told(case, {row.subject for row in kept}):
        term = None if each.over else terms.get((each.rule, each.subject))
        row = Measure(
            each.subject, each.title, each.over or "在案", not each.over, each.day, term.due_on if term else None
        )
        found.append(_row(ctx, row, term))
    return sorted(found, key=lambda row: row["day"], reverse=True)


def in_force(ctx: Context, case: Case) -> list[dict]:
    return [row for row in on_record(ctx, case) if row["live"]]


def told(case: Case, kept: set[str]) -> list[Told]:
    """The measures that no room keeps, in the order of their events."""
    entries = JournalEntry.objects.filter(case=case, what="event", key__in=(*TERM, EFFECTIVE, *OVER)).order_by("-id")
    found: list[Told] = []
    for entry in reversed(entries[:MOST]):
        subject, day = entry.facts.get("subject", ""), local(entry.happened_at).date()
        if subject in kept or "measure" in entry.facts:
            continue
        if entry.key in OVER:
            for each in _ended(found, subject, set(entry.facts.get("finished", ()))):
                each.over = OVER[entry.key]
            continue
        known = [each for each in found if each.takes(entry, day)] or [Told(subject, day)]
        known[0].entries.append(entry)
        found += known[:1] if known[0] not in found else []
    return found


def _ended(found: list[Told], subject: str, finished: set[str]) -> list[Told]:
    running = [each for each in found if not each.over and each.subject == subject]
    if subject:
        return running
    if TERMS & finished:
        return [each for each in running if each.rule in finished]
    return running if len(running) == 1 else []


def _row(ctx: Context, row: Measure, term: WorkItem | None) -> dict:
    return {
        "subject": row.subject,
        "title": row.title,
        "text": f"{row.title}，{row.on:%m-%d} 生效" if row.live and not row.waits else f"{row.title}，{row.state}",
        "state": row.state if row.waits or not row.live else "",
        "live": row.live,
        "waits": row.waits,
        "day": row.on,
        "end": f"{row.ends_on:%Y-%m-%d}" if row.ends_on else "",
        "light": light(ctx, term) if term else None,
    }


def choices(ctx: Context, case: Case) -> list[tuple[str, str]]:
    """The measures an event may speak of, by their subject."""
    rows = [row for row in in_force(ctx, case) if row["subject"]]
    return [
        (row["subject"], f"{row['title']}（{row['end'] + ' 届满' if row['end'] else '未登记届满日'}）") for row in rows
    ]
