"""The addresses of bundles and of the archive centre, and what must stand there for each."""

from django.test import override_settings

from archives import loans, pre_closing, rescanning, rounds, volumes
from archives.models import Loan, ScanBatch
from cases import clock, signing, steps, work
from cases.models import Approval, Case
from documents import custody
from teams.actor import Actor
from tests import make
from tests.archives.helpers import at_the_centre, catalogued, clerk, filed, rendered, scanned, sheet, work_off
from tests.cases.signing_helpers import fast_case

CENTRE, FAST, JUDGE = ("archives", "clerk"), ("fast-03", "clerk"), ("fast-03", "judge")
CONTRACTOR = ("archives", "contractor")

# fmt: off
PAGES = {
    "bundles":        [(FAST, "/bundles/"), (CENTRE, "/bundles/?tab=taken")],
    "bundle":         [(FAST, "/bundles/{bundle}/")],
    "bundle_cover":   [(FAST, "/bundles/{bundle}/cover/")],
    "custody_list":   [(FAST, "/bundles/list/")],
    "make_bundle":    [(JUDGE, "/cases/{fast}/bundles/new/")],
    "archive":        [(CENTRE, f"/archive/?tab={tab}") for tab in ("receive", "scan", "catalogue", "file", "check", "shelve", "loans")],
    "my_scans":       [(CONTRACTOR, "/archive/mine/")],
    "scan_batch":     [(CENTRE, "/archive/batch/{open_batch}/"), (CENTRE, "/archive/batch/{new_batch}/"), (CONTRACTOR, "/archive/batch/{given_batch}/")],
    "arrange":        [(CENTRE, "/archive/arrange/{arranging}/")],
    "archive_case":   [(CENTRE, "/archive/case/{filed}/"), (CENTRE, "/archive/case/{shelved}/")],
    "print_volume":   [(CENTRE, "/archive/volume/{volume}/print/")],
    "archive_sheets": [(CENTRE, "/archive/sheets/?shelf=A-03-12"), (CENTRE, "/archive/sheets/?of=FY-M5")],
    "send_up":        [(CENTRE, "/archive/send-up/{sending}/")],
    "rescan":         [(CENTRE, "/archive/rescan/{rescanning}/")],
    "ask_rescan":     [(JUDGE, "/cases/{fast}/dossier/{paper}/rescan/")],
    "rounds":         [(CENTRE, "/archive/rounds/")],
    "round":          [(CENTRE, "/archive/rounds/{round}/")],
    "print_round":    [(CENTRE, "/archive/rounds/{round}/print/")],
}
NO_PAGE = {
    "scan_bundle", "recall_bundle", "count_bundle", "begin_scan", "scan_pile", "scan_files", "scan_act", "scan_image", "scan_blanks",
    "scan_hand_in", "file_scans", "drop_scans", "file_case", "decide_volume", "withdraw_volume", "pack_volume", "verify_package",
    "shelve", "scan_loan", "loan_back", "lend", "cancel_loan", "hand_scans",
}
ON_PAPER = ("bundle_cover", "custody_list", "print_volume", "archive_sheets", "print_round")
# fmt: on


@override_settings(OCR=False)  # reading is under test elsewhere; here it would take both processors half a minute
def world(fast: Case) -> dict:
    """A bundle at every place of its way, a case being arranged, one to be archived, one on its shelf and lent."""
    by = make.actor(*FAST)
    away = custody.make(fast, by, kind="papers", title="送达回证", pieces=1, pages=2)
    custody.give(away, clerk().team_id, by)
    at_the_centre(fast, pages=2)
    contractor = make.actor(*CONTRACTOR)
    opened = scanned(at_the_centre(fast_case("fast-03")), sheet("笔录"), sheet(), sheet("收据"))
    given = scanned(at_the_centre(fast_case("fast-04")), sheet("笔录"), sheet("收据"), holder=contractor)
    new = ScanBatch.objects.create(holder_id=clerk().user_id, made_at=clock.now())
    arranging, sent = fast_case("fast-03"), fast_case("fast-04")
    steps.take_step(arranging, "report_closing", make.actor(*JUDGE), mode="fully_enforced", reason="履行完毕")
    work.record_event(sent, "file_called_up", clock.now(), make.actor("fast-04"))
    done, shelved = closed(), closed()
    volume = volumes.decide(volumes.ask(shelved, clerk(), retention="permanent"), True, "", clerk(1))
    volumes.pack(volume, clerk())
    work_off("archives.pack")
    volumes.shelve(volume, "A-03-12", clerk())
    volumes.ask(done, clerk(), retention="permanent")
    lend(shelved)
    granted(shelved, JUDGE)
    hidden = at_the_centre(fast_case("fast-04"))
    Case.objects.filter(pk=hidden.case_id).update(confidential=True)
    return {
        "bundle": away.pk, "open_batch": opened.pk, "given_batch": given.pk, "new_batch": new.pk, "filed": done.pk,
        "rescanning": rescanning.ask(fast.materials.order_by("-pk")[0], "第 1 页看不清", make.actor(*JUDGE)).pk,
        "arranging": arranging.items.get(rule=pre_closing.RULE, open=True).pk, "shelved": shelved.pk, "volume": volume.pk,
        "sending": sent.items.get(rule="archives.send_up", open=True).pk, "round": rounds.begin(fast.team_id, clerk()).pk,
    }  # fmt: skip


def closed() -> Case:
    """A case whose papers are in its file, closed by the people whose it is."""
    case = fast_case("fast-03")
    filed(catalogued(at_the_centre(case)))
    rendered(case)
    steps.take_step(
        Case.objects.get(pk=case.pk), "report_closing", make.actor(*JUDGE), mode="fully_enforced", reason="履行完毕"
    )
    pre_closing.finish(case.items.get(rule=pre_closing.RULE, open=True), "其余材料结案后补", clerk())
    while approval := Approval.objects.filter(case=case, state="waiting").first():
        place = approval.places.filter(state="waiting").select_related("signer").get()
        signing.sign(approval, Actor.of(place.signer, None, clock.today()), opinion="同意")
    return Case.objects.get(pk=case.pk)


def granted(case: Case, who: tuple[str, str]) -> Loan:
    approval = signing.ask(case, "file_loan", make.actor(*who), proposal={"reason": "评估需用"})
    signing.sign(approval, make.actor("archives", "regular_officer"), opinion="同意")
    return Loan.objects.get(approval=approval)


def lend(case: Case) -> Loan:
    loan = granted(case, FAST)
    return loans.lend(loan, loan.volume, clerk())
