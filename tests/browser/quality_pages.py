"""The addresses of the quality room, and what must stand there for each."""

from cases import clock
from quality import matters, offline, standard_set, triage
from tests import make
from tests.quality.test_seals import ordered as sealed_on_paper
from tests.quality.triage_helpers import parties, passed_on, ready

QUALITY, FAST = ("quality", "clerk"), ("fast-03", "clerk")

# fmt: off
PAGES = {
    "triage":       [(QUALITY, "/triage/"), (QUALITY, "/triage/?tab=waiting"), (QUALITY, "/triage/?tab=done")],
    "triage_one":   [(QUALITY, "/triage/{to_triage}/")],
    "offline":      [(QUALITY, f"/assets/offline/?tab={tab}") for tab in ("go", "out", "done", "seal", "before")],
    "trip":         [(QUALITY, "/assets/offline/list/?batch={trip}")],
    "offline_batch": [(QUALITY, "/assets/offline/{trip}/")],
    "paste_answers": [(QUALITY, "/assets/offline/{trip}/paste/")],
    "order_offline": [(FAST, "/cases/{fast}/offline/")],
    "order_seal":   [(FAST, "/cases/{fast}/seal/")],
    "seal_receipt": [(QUALITY, "/cases/{sealing}/seal/{seal}/")],
    "matters":      [(QUALITY, "/matters/"), (QUALITY, "/matters/?tab=done")],
    "matter_new":   [(QUALITY, "/matters/new/")],
    "matter":       [(QUALITY, "/matters/{matter}/")],
    "day":          [(QUALITY, "/documents-of-day/")],
    "day_preview":  [(QUALITY, "/documents-of-day/preview/")],
    "handler_notices": [(FAST, "/docs/handler-notices/")],
    "triage_route": [(QUALITY, "/triage/{waiting}/route/")],
}
NO_PAGE = {"triage_register", "triage_item", "draft_day", "drafting", "day_item", "tell_handler", "depart", "trip_letters", "write_letters", "order_full", "offline_item", "matter_item", "verify_supervision"}
ON_PAPER = ("trip",)
# fmt: on


def world() -> dict:
    """Cases at every place of triage."""
    first, second, third = (ready(1, parties=parties(str(n)))[0] for n in range(700, 703))
    triage.decide([triage.Wish(third.pk, "regular", "群体性案件")], make.actor(*QUALITY))
    waiting = passed_on(1)[0]
    standard_set.draft(standard_set.items_of(make.actor(*QUALITY)).filter(case=waiting), make.actor(*QUALITY))
    asked = passed_on(1, parties=parties("710"))[0]
    trip = offline.depart({"vehicle": [asked.parties.get(role="debtor").pk]}, make.actor(*QUALITY))[0]
    day = clock.today()
    matter = matters.receive(matters.Matter("high", "豫高执督 7", "核查长期未结案件", day, day), make.actor(*QUALITY))
    sealing = sealed_on_paper()
    return {
        "seal": sealing.pk,
        "sealing": sealing.case_id,
        "matter": matter.pk,
        "trip": trip.pk,
        "to_triage": first.pk,
        "other_triage": second.pk,
        "waiting": waiting.pk,
    }
