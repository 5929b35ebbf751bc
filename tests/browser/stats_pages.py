"""The addresses of the figures and the bulletins, and what must stand there for each."""

from datetime import date

from cases import clock
from cases.periods import add_months
from quality import bulletin
from tests import make
from tests.archives.helpers import work_off
from tests.quality.figures import case, duty

LEADER, DIRECTOR = ("quality", "regular_officer"), ("leadership", "bureau_director")

# fmt: off
PAGES = {
    "stats":         [(DIRECTOR, "/stats/"), (DIRECTOR, "/stats/?p={month}&k=first"), (LEADER, "/stats/?p=own&from=昨日的昨日")],
    "stats_screen":  [(DIRECTOR, "/stats/screen/")],
    "stats_list":    [(DIRECTOR, "/stats/list/?p={month}&i=clearance_rate&part=n"), (DIRECTOR, "/stats/list/?p={month}&of=duty_late")],
    "bulletins":     [(LEADER, "/stats/bulletins/"), (DIRECTOR, "/stats/bulletins/")],
    "bulletin":      [(LEADER, "/stats/bulletins/{bulletin}/"), (DIRECTOR, "/stats/bulletins/{bulletin}/")],
    "bulletin_rows": [(LEADER, "/stats/bulletins/{bulletin}/list/?of=closed:first%2Bresumed")],
}
NO_PAGE = {"stats_export", "bulletin_rows_export", "bulletin_pdf", "bulletin_word", "bulletin_sheets"}
# fmt: on


def world() -> dict:
    """A month with a closing of a case that came late to the bureau, a late duty, and its bulletin."""
    month = add_months(clock.today().replace(day=1), -1)
    filed = add_months(month, -2)
    closed = case(f"{filed}", f"{month.replace(day=10)}", reached=f"{filed.replace(day=3)}")
    duty(closed, "enforcement.clue", f"{month.replace(day=5)}", f"{month.replace(day=8)}")
    return {"bulletin": frozen(month).pk, "month": f"{month:%Y-%m}"}


def frozen(month: date):
    bulletin.ask(month, "", make.actor(*LEADER))
    work_off(bulletin.MAKE)
    return bulletin.Bulletin.objects.latest("pk")
