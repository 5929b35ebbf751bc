"""Words in the papers of a case, or of all cases an officer sees; never of a 副卷 he does not open."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet, Value

from cases import rights
from cases.models import Case, Material
from cases.names import Bigrams
from documents.models import PageText
from teams.actor import Actor

MOST = 200  # pages shown of one case
AROUND = 24  # characters on either side of the word


class Found(NamedTuple):
    """One page that says it: the paper, the page, the words around, and the boxes on the page in thousandths."""

    material: Material
    page: int
    before: str
    word: str
    after: str
    boxes: list[tuple[int, int, int, int]]


def clean(text: str) -> str:
    return "".join(text.split())[:50]


def matching(text: str) -> QuerySet[PageText]:
    """Pages that hold the words: by the bigrams, then by the words themselves. One character is looked up as it is."""
    found = PageText.objects.filter(text__icontains=text)
    return found.filter(grams__contains=Bigrams(Value(text))) if len(text) > 1 else found


def in_papers(papers: Iterable[Material], text: str) -> list[Found]:
    """In these papers (the caller has left out what the reader may not open), in their order."""
    text, papers = clean(text), list(papers)
    if not text:
        return []
    by_file = {row.sha256 for row in papers}
    rows = matching(text).filter(page__rendition__sha256__in=by_file).select_related("page__rendition").defer("grams")
    pages: dict[str, list[PageText]] = {}
    for row in rows.order_by("page__rendition", "page__number")[:MOST]:
        pages.setdefault(row.page.rendition.sha256, []).append(row)
    return [of(paper, row, text) for paper in papers for row in pages.get(paper.sha256, ())][:MOST]


def in_cases(actor: Actor, text: str, limit: int) -> list[Found]:
    """In every case the officer sees, the newest papers first; of a 副卷 only where he may open it."""
    text = clean(text)
    if len(text) < 2:
        return []
    pages = matching(text).filter(page__rendition__sha256=OuterRef("sha256"))
    seen = Material.objects.filter(Exists(pages), voided_at=None, case__in=rights.visible(actor, Case.objects.all()))
    papers = list(seen.select_related("case__team").order_by("-pk")[: limit * 3])
    standings = rights.standings(actor, {row.case_id: row.case for row in papers if row.case}.values())
    allowed = [
        row
        for row in papers
        if rights.may(actor, standings[row.case_id or 0], "material")
        and (not row.secret_volume or rights.may_secret(actor, standings[row.case_id or 0]))
    ]
    return in_papers(allowed[:limit], text)[:limit]


def of(paper: Material, row: PageText, text: str) -> Found:
    at = row.text.lower().find(text.lower())
    at, end = max(at, 0), max(at, 0) + len(text)
    return Found(
        paper, row.page.number, row.text[max(0, at - AROUND) : at], row.text[at:end], row.text[end : end + AROUND],
        boxes(row.lines, text),
    )  # fmt: skip


def boxes(lines: list, text: str) -> list[tuple[int, int, int, int]]:
    """Where the words stand: every place, in parts where they go over the end of a line."""
    signs: list[tuple[int, int]] = []  # of each character without blanks: its line, its place there
    joined = ""
    for number, line in enumerate(lines):
        kept = [place for place, sign in enumerate(line[4]) if sign.strip()]
        signs += [(number, place) for place in kept]
        joined += "".join(line[4][place] for place in kept)
    found, at = [], joined.lower().find(text.lower())
    while at >= 0:
        found += _parts(lines, signs[at : at + len(text)])
        at = joined.lower().find(text.lower(), at + len(text))
    return found


def _parts(lines: list, signs: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    parts = []
    for number in dict.fromkeys(line for line, _ in signs):
        x, y, width, height, words = lines[number]
        places = [place for line, place in signs if line == number]
        one = width / max(_wide(words), 1)
        left, right = _wide(words[: places[0]]), _wide(words[: places[-1] + 1])
        parts.append((round(x + one * left), y, max(round(one * (right - left)), 1), height))
    return parts


def _wide(words: str) -> float:
    """In Chinese characters: letters, digits and blanks of the half width count half."""
    return sum(0.5 if sign.isascii() else 1 for sign in words)
