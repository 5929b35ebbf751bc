"""What stands under a bar code: the mark of its kind, the key of its row, a check digit for codes typed by hand.

`HL` a bundle, `AJ` an archived volume, `JW` a place on a shelf (its own text follows). A separator sheet carries `FY`
with the place in the index: `FY-M5` 正卷 5, `FY-S2` 副卷 2, `FY` alone begins a paper that is catalogued by hand.
"""

import re
import unicodedata
from typing import NamedTuple

BUNDLE, VOLUME, SHELF = "HL", "AJ", "JW"
KEYED = re.compile(r"(HL|AJ)(\d{8})(\d)")
PLACED = re.compile(r"FY(?:-([MS])(\d{1,2}))?")
ON_SHELF = re.compile(r"JW-([A-Z0-9]+(?:-[A-Z0-9]+){1,4})")


class Code(NamedTuple):
    """A code that was read. `key` is the row's for HL and AJ; `text` the shelf's for JW; a separator has `secret`, `place`."""

    kind: str
    key: int = 0
    text: str = ""
    secret: bool = False
    place: int = 0


def of(kind: str, key: int) -> str:
    """The code of a row: HL000001230."""
    digits = f"{key:08d}"
    return f"{kind}{digits}{check_digit(digits)}"


def separator(secret: bool = False, place: int = 0) -> str:
    return f"FY-{'S' if secret else 'M'}{place}" if place else "FY"


def check_digit(digits: str) -> int:
    """Luhn: one wrong digit or two neighbours exchanged are found."""
    total = 0
    for number, sign in enumerate(reversed(digits)):
        value = int(sign) * (2 if number % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return -total % 10


def read(text: str) -> Code | None:
    """The code, however it was typed; None for what is none of ours or has a wrong check digit."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if found := KEYED.fullmatch(text):
        kind, digits, check = found.groups()
        return Code(kind, key=int(digits)) if check_digit(digits) == int(check) else None
    if found := ON_SHELF.fullmatch(text):
        return Code(SHELF, text=found[1])
    if found := PLACED.fullmatch(text):
        return Code("FY", secret=found[1] == "S", place=int(found[2] or 0))
    return None
