"""How names are found: every two neighbouring characters, and the initials of their Chinese characters."""

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, Func, TextField
from pypinyin import Style, lazy_pinyin


class Bigrams(Func):
    """`bigrams(text)`: the SQL function of migration 0006, immutable, so that it can be indexed."""

    function = "bigrams"
    output_field = ArrayField(TextField())


def initials(name: str) -> str:
    """恒达建材 → hdjc; letters and digits stay, everything else goes."""
    letters = lazy_pinyin(name.lower(), style=Style.FIRST_LETTER, errors=lambda other: other)
    return "".join(sign for sign in "".join(letters).lower() if sign.isalnum())[:200]


def grams_of(column: str) -> Bigrams:
    return Bigrams(F(column))
