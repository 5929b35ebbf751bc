"""The addresses of bundles, and what must stand there for each."""

from cases.models import Case
from documents import custody
from tests import make

CENTRE, FAST, JUDGE = ("archives", "clerk"), ("fast-03", "clerk"), ("fast-03", "judge")

# fmt: off
PAGES = {
    "bundles":        [(FAST, "/bundles/"), (CENTRE, "/bundles/?tab=coming")],
    "bundle":         [(FAST, "/bundles/{bundle}/")],
    "bundle_cover":   [(FAST, "/bundles/{bundle}/cover/")],
    "custody_list":   [(FAST, "/bundles/list/")],
    "make_bundle":    [(JUDGE, "/cases/{fast}/bundles/new/")],
}
NO_PAGE = {"scan_bundle", "recall_bundle", "count_bundle"}
ON_PAPER = ("bundle_cover", "custody_list")
# fmt: on


def world(fast: Case) -> dict:
    """A bundle on its way to the centre."""
    by = make.actor(*FAST)
    away = custody.make(fast, by, kind="papers", title="送达回证", pieces=1, pages=2)
    custody.give(away, make.actor(*CENTRE).team_id, by)
    return {"bundle": away.pk}
