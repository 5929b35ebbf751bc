"""The addresses of the quality room, and what must stand there for each."""

from tests import make
from tests.quality.test_triage import parties, passed_on, ready

QUALITY = ("quality", "clerk")

# fmt: off
PAGES = {
    "triage":       [(QUALITY, "/triage/"), (QUALITY, "/triage/?tab=waiting"), (QUALITY, "/triage/?tab=done")],
    "triage_one":   [(QUALITY, "/triage/{to_triage}/")],
    "triage_route": [(QUALITY, "/triage/{waiting}/route/")],
}
NO_PAGE = {"triage_register", "triage_item"}
# fmt: on


def world() -> dict:
    """Cases at every place of triage."""
    from quality import triage

    first, second, third = (ready(1, parties=parties(str(n)))[0] for n in range(700, 703))
    triage.decide([triage.Wish(third.pk, "regular", "群体性案件")], make.actor(*QUALITY))
    return {"to_triage": first.pk, "other_triage": second.pk, "waiting": passed_on(1)[0].pk}
