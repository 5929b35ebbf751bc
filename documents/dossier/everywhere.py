"""全文检索: words in the papers of every case the officer sees; never of a 副卷 he does not open.

The newest papers come first. A word on few pages is found by its bigrams; one on many pages is found among the newest
papers, which are gone through until a page of results is full. Neither grows with what the bureau has scanned.
"""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from cases import rights
from cases.models import Material
from documents.dossier import search
from documents.models import Rendition
from teams.actor import Actor

SIZE = 20  # papers of one page of results
FEW = 1000  # pages that are all looked at; a word on more of them is on every few papers
NEWEST = 300  # papers gone through at first, then four times as many
SHOWN = 3  # pages shown of one paper
LEAST = 2  # characters: one is on every page
Place = tuple[int, tuple[str, str, str]]  # a page, and what stands around the words on it


class At(NamedTuple):
    """One page that says it, with the words around; of the 副卷 the page alone, its words are read in the dossier."""

    page: int
    before: str = ""
    word: str = ""
    after: str = ""


class Found(NamedTuple):
    paper: Material
    pages: list[At]
    more: bool  # other pages of the paper say it too


class Answer(NamedTuple):
    rows: list[Found]
    next: int  # the paper after which the next page begins; 0 at the end


def find(actor: Actor, text: str, after: int = 0, size: int = SIZE) -> Answer:
    """One page of papers; the number of statements does not follow theirs."""
    text = search.clean(text)
    if len(text) < LEAST:
        return Answer([], 0)
    newer = Material.objects.filter(replaces=OuterRef("pk"))
    papers = rights.openable(actor, Material.objects.filter(~Exists(newer), voided_at=None))
    papers = papers.filter(pk__lt=after) if after else papers
    few = list(search.matching(text).values_list("page__rendition", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        files = Rendition.objects.filter(pk__in=set(few)).values("sha256")
        rows = list(papers.filter(sha256__in=files).select_related("case").order_by("-pk")[: size + 1])
    else:
        pks = _newest(papers, text, size + 1)
        rows = list(Material.objects.filter(pk__in=pks).select_related("case").order_by("-pk"))
    shown = rows[:size]
    pages = _pages(shown, text)
    return Answer([_found(row, pages[row.sha256]) for row in shown], shown[-1].pk if len(rows) > size else 0)


def _newest(papers: QuerySet[Material], text: str, wanted: int) -> list[int]:
    """The newest of them that say it, of a word that many say."""
    found: list[int] = []
    rows, many = papers.order_by("-pk").values_list("pk", "sha256"), NEWEST
    while len(found) < wanted:
        some = list(rows[:many])
        saying = search.saying(text).filter(page__rendition__sha256__in={sha256 for _, sha256 in some})
        files = set(saying.values_list("page__rendition__sha256", flat=True))
        found += [pk for pk, sha256 in some if sha256 in files]
        if len(some) < many:
            break
        rows, many = rows.filter(pk__lt=some[-1][0]), many * 4
    return found[:wanted]


def _pages(papers: list[Material], text: str) -> dict[str, list[Place]]:
    """{file: its first pages that hold the words, and one more where there are more}"""
    of_paper = Window(RowNumber(), partition_by=F("page__rendition"), order_by=F("page__number").asc())
    rows = search.saying(text).filter(page__rendition__sha256__in={row.sha256 for row in papers})
    rows = rows.annotate(nth=of_paper).filter(nth__lte=SHOWN + 1).order_by("page__rendition", "page__number")
    found: dict[str, list[Place]] = defaultdict(list)
    for sha256, number, words in rows.values_list("page__rendition__sha256", "page__number", "text"):
        found[sha256].append((number, search.around(words, text)))
    return found


def _found(paper: Material, pages: list[Place]) -> Found:
    shown = [At(number) if paper.secret_volume else At(number, *words) for number, words in pages[:SHOWN]]
    return Found(paper, shown, len(pages) > SHOWN)
