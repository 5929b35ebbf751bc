"""One figure: a ratio to its limit of the same run, and how it is measured."""

import gc
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import NamedTuple

from django.db import connection
from django.test.utils import CaptureQueriesContext


class Figure(NamedTuple):
    name: str
    value: float  # a ratio
    goal: float
    note: str

    def __str__(self) -> str:
        mark = "ok  " if self.value <= self.goal else "OVER"
        return f"{mark} {self.name:<46} {self.value:8.2f}  (goal ≤ {self.goal:g})  {self.note}"


def timed(act: Callable[[], object], rounds: int) -> float:
    """Median seconds of one call."""
    spent = []
    for _ in range(rounds):
        began = perf_counter()
        act()
        spent.append(perf_counter() - began)
    return median(spent)


def side_by_side(ours: Callable[[], object], limit: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Both measured in turn, so that the machine's mood meets both."""
    one, other = [], []
    for _ in range(rounds):
        one.append(timed(ours, 1))
        other.append(timed(limit, 1))
    return median(one), median(other)


def analyse() -> None:
    """Statistics as after a night in service; and what the bench itself holds is none of the collector's business."""
    gc.collect()
    gc.freeze()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def count(act: Callable[[], object]) -> int:

    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)
