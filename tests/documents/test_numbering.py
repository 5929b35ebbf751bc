"""Numbers: the first of a series is bare, the next ones 之一, 之二; each series and each case for itself."""

import pytest

from documents.numbering import number_of, spoken
from tests import make


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (21, "二十一"),
        (90, "九十"),
        (99, "九十九"),
    ],
)
def test_a_number_is_said_as_on_paper(number, words):
    assert spoken(number) == words


@pytest.mark.django_db
def test_the_first_is_bare_the_second_is_the_first_after_it():
    case = make.case()
    assert number_of(case, 1) == case.number
    assert number_of(case, None) == case.number
    assert number_of(case, 2) == f"{case.number}之一"
    assert number_of(case, 12) == f"{case.number}之十一"
