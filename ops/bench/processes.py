"""Several processes at once: locks and chains are per case, so they do not wait for each other."""

import multiprocessing
from time import perf_counter

from django.db import connection

from ops.bench.figure import Figure
from ops.bench.stepping import ready


def process_figure(steps: int) -> Figure:
    """Four processes on two cores get through at least 1.8 times as many steps as one."""
    one = together(1, steps)
    four = together(4, steps)
    return Figure("a step with 4 processes / with 1", four / (4 * one), 1 / 1.8, f"{4 * steps / four:.0f} steps/s")


def together(processes: int, steps: int) -> float:
    """Seconds until each of them has taken its steps; they begin at once."""
    shares = [[case.pk for case in ready(steps)] for _ in range(processes)]
    connection.close()
    fork = multiprocessing.get_context("fork")
    start, done = fork.Barrier(processes + 1), fork.Barrier(processes + 1)
    workers = [fork.Process(target=take_steps, args=(share, start, done)) for share in shares]
    for worker in workers:
        worker.start()
    start.wait()
    began = perf_counter()
    done.wait()
    spent = perf_counter() - began
    for worker in workers:
        worker.join()
    return spent


def take_steps(share: list[int], start, done) -> None:
    from cases import steps
    from cases.models import Case
    from tests import make

    clerk, cases = make.actor("reception", "clerk"), list(Case.objects.filter(pk__in=share))
    start.wait()
    for case in cases:
        steps.take_step(case, "pass_on", clerk)
    done.wait()
    connection.close()
