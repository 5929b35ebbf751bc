"""The addresses of the quality room, and what must stand there for each."""

from quality import standard_set, triage
from quality.pages import day_page
from tests import make
from tests.quality.test_triage import parties, passed_on, ready

QUALITY, FAST = ("quality", "clerk"), ("fast-03", "clerk")

# fmt: off
PAGES = {
    "triage":       [(QUALITY, "/triage/"), (QUALITY, "/triage/?tab=waiting"), (QUALITY, "/triage/?tab=done")],
    "triage_one":   [(QUALITY, "/triage/{to_triage}/")],
    "day":          [(QUALITY, "/documents-of-day/")],
    "day_preview":  [(QUALITY, "/documents-of-day/preview/")],
    "handler_notices": [(FAST, "/docs/handler-notices/")],
    "triage_route": [(QUALITY, "/triage/{waiting}/route/")],
}
NO_PAGE = {"triage_register", "triage_item", "draft_day", "day_item", "tell_handler"}
# fmt: on


def world() -> dict:
    """Cases at every place of triage."""
    first, second, third = (ready(1, parties=parties(str(n)))[0] for n in range(700, 703))
    triage.decide([triage.Wish(third.pk, "regular", "群体性案件")], make.actor(*QUALITY))
    waiting = passed_on(1)[0]
    standard_set.draft(day_page.items_of(make.actor(*QUALITY)).filter(case=waiting), make.actor(*QUALITY))
    return {"to_triage": first.pk, "other_triage": second.pk, "waiting": waiting.pk}
