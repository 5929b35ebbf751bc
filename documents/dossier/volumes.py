"""The file of a case as it will be bound: 正卷, 副卷, 待编目, each paper with the pages it takes there."""

from collections.abc import Iterable
from typing import NamedTuple

from cases import rights
from cases.models import Case, Material
from documents.dossier import placing
from documents.dossier.placing import Where
from documents.models import Rendition
from teams.actor import Actor

LABELS = {"main": "正卷", "secret": "副卷", "loose": "待编目", "gone": "作废、旧版本"}


class Entry(NamedTuple):
    """One paper: where it stands, and its pages in the volume (`first` 0: not counted)."""

    material: Material
    where: Where
    rendition: Rendition | None
    first: int = 0

    @property
    def pages(self) -> int:
        return self.rendition.pages if self.rendition else 0

    @property
    def span(self) -> str:
        """13–15, or how many pages where the paper is not bound yet."""
        if not self.first or not self.pages:
            return f"{self.pages} 页" if self.pages else ""
        last = self.first + self.pages - 1
        return str(self.first) if last == self.first else f"{self.first}–{last}"


class Volume(NamedTuple):
    key: str
    label: str
    entries: list[Entry]

    @property
    def pages(self) -> int:
        return sum(entry.pages for entry in self.entries)


def may_secret(case: Case, actor: Actor) -> bool:
    """Whether the officer reads the 副卷 of the case."""
    return rights.may_secret(actor, rights.standings(actor, [case])[case.pk])


def papers(case: Case, secret: bool) -> list[Material]:
    """All papers the reader may know of; without the 副卷 they are as if it did not exist."""
    rows = Material.objects.filter(case=case).select_related("replaced_by").order_by("happened_at", "pk")
    return list(rows if secret else rows.filter(secret_volume=False))


def gone(paper: Material) -> bool:
    return paper.voided_at is not None or hasattr(paper, "replaced_by")


def arrange(case: Case, secret: bool) -> list[Volume]:
    """The volumes in their order, with four queries whatever the file holds. Empty ones are left out."""
    rows = papers(case, secret)
    where = placing.places(case, rows)
    made = {each.sha256: each for each in Rendition.objects.filter(sha256__in={row.sha256 for row in rows})}
    shelves: dict[str, list[Entry]] = {key: [] for key in LABELS}
    for row in rows:
        entry = Entry(row, where[row.pk], made.get(row.sha256))
        shelves["gone" if gone(row) else entry.where.volume].append(entry)
    for key in ("main", "secret", "loose"):
        shelves[key].sort(key=lambda e: (e.where.number or 999, e.where.order, e.material.happened_at, e.material.pk))
    found = [Volume(key, LABELS[key], _counted(shelves[key]) if key != "gone" else shelves[key]) for key in LABELS]
    return [volume for volume in found if volume.entries]


def _counted(entries: Iterable[Entry]) -> list[Entry]:
    """Pages go on from one paper to the next; blank ones are counted too, so that none is unaccounted for."""
    found, first = [], 1
    for entry in entries:
        bound = bool(entry.where.number)
        found.append(entry._replace(first=first if bound else 0))
        first += entry.pages if bound else 0
    return found
