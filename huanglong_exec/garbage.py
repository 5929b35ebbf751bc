"""The collector of garbage, set for a program that stays."""

import gc

NEW = 50_000  # objects made before the youngest are looked through; a page makes about ten thousand


def spare() -> None:
    """What the program is made of stays to its end: set it aside, or each round goes through all of it again.

    Called once by a process that is ready to work. A tenth of a page's time and more was spent on such rounds.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW, 20, 20)
