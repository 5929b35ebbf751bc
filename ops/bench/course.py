"""The figures one after the other, at the sizes of a small and of a real run."""

import gc
from collections.abc import Iterator

from ops.bench import (
    drawing,
    figuring,
    growing,
    importing,
    pages,
    processes,
    reading,
    recognising,
    searching,
    stepping,
    sweeping,
)
from ops.bench.figure import Figure

SCAN_AT = 1_000_000  # the goal of the search against a scan is stated for so many names


def run(*, small: bool = False) -> Iterator[Figure]:
    """The figures, each as soon as it is known."""
    rounds, batch, sizes, rows = (
        (5, 20, (200, 600, 1200), 50) if small else (60, 1000, (10_000, 100_000, 1_000_000), 10_000)
    )
    yield pages.counter_figure(rounds, 20 if small else 200)
    yield from stepping.step_figures(rounds, batch)
    yield processes.process_figure(5 if small else 250)
    yield importing.import_figure(rows)
    yield drawing.drawing_figure(5 if small else 60)
    if not small:  # a page takes both processors for seconds
        yield from recognising.recognising_figures(6)
    gc.collect()
    yield from growth(sizes, 5 if small else 25)
    yield from reading.reading_figures((400, 1200) if small else (10_000, 100_000), 3 if small else 15)


def growth(sizes: tuple[int, ...], rounds: int) -> Iterator[Figure]:
    """What costs how much more when the bureau has grown."""
    first: dict[str, float] = {}
    for size in sizes:
        growing.multiply(size)
        growing.name_debtors()
        spent = {**pages.seconds(rounds), "a name by two characters": searching.seconds(max(rounds // 3, 3))}
        idle = "sweep with nothing due"
        if size != sizes[1]:
            spent[idle] = sweeping.idle_seconds(rounds)
        first = first or spent
        for name, seconds in spent.items() if size != sizes[0] else ():
            goal = 2 if name == idle else 1.6
            yield Figure(f"{name}, {size} / {sizes[0]} cases", seconds / first[name], goal, f"{seconds * 1000:.1f} ms")
        if size == sizes[1]:
            yield pages.list_figure(rounds * 2)
            yield sweeping.sweep_figure()
            yield figuring.stats_figure(size, max(rounds // 5, 2))
    scan, found = searching.scan_seconds(3), searching.seconds(3)
    goal = SCAN_AT / 500 / sizes[-1]
    yield Figure("a name by two characters / reading every name", found / scan, goal, f"scan {scan * 1000:.1f} ms")
