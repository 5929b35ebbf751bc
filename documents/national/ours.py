"""What stands here, in the words in which it is compared: constant queries for a thousand cases."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from cases import context, work
from cases.models import Case, JournalEntry, Party, WorkItem
from cases.periods import local
from cases.present import present
from cases.workflow import Stage
from documents.models import Document
from documents.national.facts import cut, people, plain, yuan
from documents.national.kinds import NODE

FILE = "archives.file_case"
INTERIM = (Stage.RECEPTION, Stage.PREPARATION)  # before triage nobody has the case for good
Days = dict[tuple[int, str], list[tuple[str, date]]]  # (case, node) → (subject, day)
PARTIES = {"creditors": Party.Role.CREDITOR, "debtors": Party.Role.DEBTOR}


def fields(cases: Iterable[Case], wanted: Iterable[str]) -> dict[int, dict[str, str]]:
    """{case: {field: words}} for the fields of `kinds.FIELDS`."""
    cases, wanted = list(cases), set(wanted)
    names = _parties(cases) if wanted & PARTIES.keys() else {}
    filing = _to_be_filed(cases) if "archived" in wanted else set()
    roster = context.read().roster
    found = {}
    for case in cases:
        ended = not case.is_open
        found[case.pk] = {
            "filed_on": case.filed_on.isoformat(),
            "cause": plain(case.cause),
            "amount": yuan(case.amount),
            **({} if case.stage in INTERIM else {"handler": plain(roster.name(case.handler_id))}),
            "closing_mode": case.get_closing_mode_display() if ended else "",
            "closed_on": case.closed_on.isoformat() if ended and case.closed_on else "",
            "recovered": yuan(case.recovered),
            "archived": "已归档" if ended and case.pk not in filing else "未归档",
            **{field: cut(people(names.get((case.pk, role), []))) for field, role in PARTIES.items()},
        }
    return found


def _parties(cases: list[Case]) -> dict[tuple[int, str], list[str]]:
    names: dict[tuple[int, str], list[str]] = defaultdict(list)
    rows = Party.objects.filter(case__in=[case.pk for case in cases], role__in=PARTIES.values())
    for pk, role, name in rows.values_list("case_id", "role", "name"):
        names[pk, role].append(name)
    return names


def _to_be_filed(cases: list[Case]) -> set[int]:
    rows = WorkItem.objects.filter(case__in=[case.pk for case in cases], rule=FILE, open=True)
    return set(rows.values_list("case_id", flat=True))


def days(cases: Iterable[int], nodes: Iterable[str]) -> Days:
    """When each node happened, as the journal and the papers say; the subject is that of the event."""
    cases, nodes = list(cases), set(nodes)
    of: dict[tuple[str, str], list[str]] = defaultdict(list)
    for node in nodes:
        for source in NODE[node].ours:
            kind, _, name = source.partition(":")
            of[kind, name].append(node)
    found: Days = defaultdict(list)
    said = [name for kind, name in of if kind in ("event", "step")]
    rows = JournalEntry.objects.filter(case__in=cases, what__in=("event", "step"), key__in=said) if said else ()
    for pk, what, key, subject, at in rows and rows.values_list(
        "case_id", "what", "key", "facts__subject", "happened_at"
    ):
        for node in of.get((what, key), ()):
            found[pk, node].append((subject or "", local(at).date()))
    if kinds := [name for kind, name in of if kind == "paper"]:
        papers = Document.objects.filter(case__in=cases, kind__in=kinds, state=Document.State.ISSUED)
        for pk, kind, at in papers.order_by("issued_at").values_list("case_id", "kind", "issued_at"):
            for node in of["paper", kind]:
                found[pk, node].append(("", local(present(at)).date()))
    return found


def same(about: str, subject: str) -> bool:
    """An event or item that names no subject is of all; a row that names none is of any."""
    return not about or not subject or about == subject


def day_of(found: Days, case: int, node: str, subject: str, theirs: date) -> date | None:
    """The day that stands here for it: theirs where it is among several, else the latest."""
    here = [day for about, day in found.get((case, node), ()) if same(about, subject)]
    return theirs if theirs in here else max(here, default=None)


def debtors(cases: Iterable[int]) -> dict[tuple[int, str], str]:
    """(case, name) → the subject by which items name this debtor; '' where two have the same name."""
    found: dict[tuple[int, str], str] = {}
    for party in Party.objects.filter(case__in=list(cases), role=Party.Role.DEBTOR):
        key = (party.case_id, people([party.name]))
        found[key] = "" if key in found else party.subject
    return found


def waiting(cases: Iterable[int], anchor: str) -> dict[int, list[WorkItem]]:
    """The open items that this event would finish."""
    rules = work.met_by(anchor)
    found: dict[int, list[WorkItem]] = defaultdict(list)
    if rules:
        for item in WorkItem.objects.filter(case__in=list(cases), rule__in=rules, open=True).order_by("pk"):
            found[item.case_id or 0].append(item)
    return found
