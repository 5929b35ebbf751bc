"""Words in the papers of a case, with their places on the pages. (Of all cases: `everywhere`.)"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet, Value

from cases.certificates import mask_certificate
from cases.models import Material
from cases.names import Bigrams
from documents.models import PageText

MOST = 200  # pages shown of one case
AROUND = 24  # characters on either side of the word
LONG_NUMBER = re.compile(r"\d{15,}[Xx]?")


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
    found = saying(text)
    return found.filter(grams__contains=Bigrams(Value(text))) if len(text) > 1 else found


def saying(text: str) -> QuerySet[PageText]:
    """By the words alone, for pages that are known already. Capitals are told apart only where there are none: of
    Chinese this saves turning every page into lower letters."""
    plain = text.lower() == text.upper()
    return PageText.objects.filter(**{"text__contains" if plain else "text__icontains": text})


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


def of(paper: Material, row: PageText, text: str) -> Found:
    return Found(paper, row.page.number, *around(row.text, text), boxes(row.lines, text))


def around(page: str, text: str) -> tuple[str, str, str]:
    """What stands before the word, the word as it is written there, and what stands after it.

    Long numbers (certificates, accounts) are masked there as everywhere; who may read them reads them on the page.
    """
    at = max(page.lower().find(text.lower()), 0)
    end = at + len(text)
    shown = LONG_NUMBER.sub(lambda found: mask_certificate(found[0]), page)
    return shown[max(0, at - AROUND) : at], page[at:end], shown[end : end + AROUND]


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
