"""Every named address: the pages with who looks at them, and what is no page. A new one that is not here fails a test."""

from cases import clock, holds, jobs, materials, signing, slips, work
from cases.models import (
    Agent,
    Approval,
    CaseLink,
    Escalation,
    EscalationRow,
    ImportBatch,
    ImportRow,
    JournalEntry,
    Party,
    WorkItem,
)
from cases.workflow import Kind
from documents import delivery_runs, issuing, serving
from documents.models import Aside
from tests import make
from tests.browser import (
    archive_pages,
    asset_pages,
    dossier_pages,
    national_pages,
    quality_pages,
    reception_pages,
    stats_pages,
)
from tests.cases.signing_helpers import fast_case, fresh_roster, pdf, terminal_case, transfer
from tests.documents.helpers import draft as paper_draft
from tests.documents.helpers import issued, work_off

RECEPTION, FAST, JUDGE = ("reception", "clerk"), ("fast-03", "clerk"), ("fast-03", "judge")
DIRECTOR, QUALITY = ("leadership", "bureau_director"), ("quality", "")
REGULAR, LEADER = ("regular-02", ""), ("reception", "")
TERMINAL, SYSTEM_ADMIN = ("terminal-01", ""), ("administration", "system_admin")
AUDIT = ("administration", "audit_admin")

# fmt: off
PAGES = {  # name of the address → (who, path) …; {case} and the others are made by `world`
    "workbench":      [(RECEPTION, "/workbench/"), (RECEPTION, "/workbench/?tab=asked"), (DIRECTOR, "/workbench/"), (LEADER, "/workbench/")],
    "deadlines":      [(RECEPTION, "/deadlines/"), (DIRECTOR, "/deadlines/?scope=all")],
    "queue":          [(RECEPTION, "/queue/")],
    "team_queue":     [(QUALITY, "/queue/{team}/")],
    "today":          [(RECEPTION, "/today/"), (DIRECTOR, "/today/")],
    "escalations":    [(DIRECTOR, "/escalations/")],
    "explain":        [(DIRECTOR, "/escalations/{sheet}/"), (LEADER, "/escalations/{sheet}/")],
    "slips":          [(TERMINAL, "/slips/"), (RECEPTION, "/slips/")],
    "answer_slip":    [(RECEPTION, "/slips/{slip}/")],
    "print_slip":     [(RECEPTION, "/slips/{slip}/print/")],
    "staffing":       [(SYSTEM_ADMIN, "/staffing/")],
    "settings":       [(DIRECTOR, "/settings/"), (SYSTEM_ADMIN, "/settings/")],
    "calendar":       [(SYSTEM_ADMIN, "/settings/calendar/")],
    "setting":        [(SYSTEM_ADMIN, "/settings/{setting}/")],
    "audit":          [(AUDIT, "/audit/")],
    "access":         [(RECEPTION, "/access/")],
    "register":       [(RECEPTION, "/register/")],
    "import":         [(RECEPTION, "/import/")],
    "import_job":     [(RECEPTION, "/import/jobs/{job}/")],
    "import_batch":   [(RECEPTION, "/import/{batch}/")],
    "search":         [(RECEPTION, "/search/?q=梁")],
    "list":           [(RECEPTION, "/cases/?least=1万&sort=amount"), (DIRECTOR, "/cases/")],
    "detail":         [(JUDGE, "/cases/{fast}/"), (JUDGE, "/cases/{fast}/?tab=items"), (JUDGE, "/cases/{fast}/?tab=journal"),
                       (JUDGE, "/cases/{fast}/?tab=approvals"), (JUDGE, "/cases/{fast}/?tab=materials"), (RECEPTION, "/cases/{case}/")],
    "card":           [(JUDGE, "/cases/{fast}/card/")],
    "print_today":    [(RECEPTION, "/workbench/print/")],
    "step":           [(RECEPTION, "/cases/{case}/step/pass_on/")],
    "ask":            [(JUDGE, "/cases/{other}/ask/transfer_to_regular/")],
    "record_event":   [(JUDGE, "/cases/{fast}/event/")],
    "set_hold":       [(JUDGE, "/cases/{fast}/hold/")],
    "lift_hold":      [(JUDGE, "/cases/{fast}/hold/{hold}/")],
    "add_material":   [(JUDGE, "/cases/{fast}/material/")],
    "void_material":  [(JUDGE, "/cases/{fast}/material/{material}/void/")],
    "standings":      [(JUDGE, "/cases/{fast}/standing/")],
    "grants":         [(DIRECTOR, "/cases/{fast}/grants/")],
    "send_slip":      [(TERMINAL, "/cases/{ended}/slip/")],
    "supervise":      [(DIRECTOR, "/cases/{fast}/supervise/")],
    "pause":          [(JUDGE, "/cases/{fast}/pause/")],
    "end_pause":      [(JUDGE, "/cases/{fast}/pause/{pause}/end/")],
    "item":           [(RECEPTION, "/items/{item}/")],
    "finish":         [(RECEPTION, "/items/{clue}/finish/")],
    "tick":           [(RECEPTION, "/items/{item}/tick/reception.originals/")],
    "assign":         [(RECEPTION, "/items/{item}/assign/")],
    "hand":           [(RECEPTION, "/items/{clue}/hand/")],
    "wait":           [(RECEPTION, "/items/{clue}/wait/")],
    "nudge":          [(DIRECTOR, "/items/{clue}/nudge/")],
    "answer_nudge":   [(RECEPTION, "/items/{clue}/nudge/answer/")],
    "sign":           [(DIRECTOR, "/sign/"), (JUDGE, "/sign/")],
    "signed":         [(DIRECTOR, "/sign/signed/")],
    "approval":       [(DIRECTOR, "/approvals/{approval}/"), (FAST, "/approvals/{by_pen}/"), (FAST, "/approvals/{penned}/")],
    "sheet":          [(JUDGE, "/approvals/{approval}/sheet/")],
    "password":       [(RECEPTION, "/password/")],
    "me":             [(RECEPTION, "/me/")],
    "help":           [(RECEPTION, "/help/")],
    "help_role":      [(JUDGE, "/help/fast/"), (AUDIT, "/help/administration/")],
    "inbox":          [(RECEPTION, "/inbox/")],
    "acting":         [(DIRECTOR, "/acting/")],
    "transfers":      [(FAST, "/transfers/"), (DIRECTOR, "/transfers/?tab=all")],
    "transfer":       [(FAST, "/transfers/{approval}/")],
    "accept_transfer": [(REGULAR, "/transfers/accept/{arrived}/")],
    "object_transfer": [(REGULAR, "/transfers/object/{arrived}/")],
    "handover":       [(REGULAR, "/cases/{moved}/handover/")],
    "amend_case":     [(JUDGE, "/cases/{fast}/amend/")],
    "confidential":   [(DIRECTOR, "/cases/{fast}/confidential/")],
    "add_party":      [(JUDGE, "/cases/{fast}/party/add/")],
    "amend_party":    [(JUDGE, "/cases/{fast}/party/{party}/amend/")],
    "add_agent":      [(JUDGE, "/cases/{fast}/party/{party}/agent/")],
    "amend_agent":    [(JUDGE, "/cases/{fast}/agent/{agent}/")],
    "add_basis":      [(JUDGE, "/cases/{fast}/basis/add/")],
    "amend_basis":    [(JUDGE, "/cases/{fast}/basis/{basis}/")],
    "add_claim":      [(JUDGE, "/cases/{fast}/claim/add/")],
    "amend_claim":    [(JUDGE, "/cases/{fast}/claim/{claim}/")],
    "add_link":       [(JUDGE, "/cases/{fast}/link/")],
    "remove_link":    [(JUDGE, "/cases/{fast}/link/{link}/remove/")],
    "story":          [(JUDGE, "/cases/{fast}/story/")],
    "cards":          [(JUDGE, "/cases/cards/?case={fast}")],
    "new_item":       [(RECEPTION, "/items/new/")],
    "name_people":    [(DIRECTOR, "/access/people/")],
    "audit_entry":    [(AUDIT, "/audit/{entry}/")],
    "papers":         [(FAST, "/docs/"), (FAST, "/docs/?tab=issued"), (FAST, "/docs/?tab=to_serve"), (FAST, "/docs/?tab=unserved")],
    "new_paper":      [(JUDGE, "/cases/{fast}/docs/new/")],
    "paper":          [(JUDGE, "/docs/{draft}/"), (JUDGE, "/docs/{issued}/")],
    "void_paper":     [(JUDGE, "/docs/{issued}/void/")],
    "issued_together": [(FAST, "/docs/batch/{papers}/")],
    "services":       [(FAST, "/docs/{issued}/service/"), (FAST, "/docs/{failed_paper}/service/"), (JUDGE, "/docs/{draft}/service/")],
    "add_service":    [(FAST, "/docs/{issued}/service/add/")],
    "sealed":         [(FAST, "/docs/{issued}/sealed/")],
    "send_service":   [(FAST, "/service/{service}/send/")],
    "served":         [(FAST, "/service/{service}/served/")],
    "service_failed": [(FAST, "/service/{service}/failed/")],
    "give_up_service": [(FAST, "/service/{service}/withdraw/")],
    "service_run":    [(FAST, "/docs/serve/{run}/")],
    "exchange":       [(SYSTEM_ADMIN, "/exchange/")],
    "verify_paper":   [(RECEPTION, "/verify/"), (RECEPTION, "/verify/?code={code}")],
}
OWN_TEST = {  # looked at where they are used
    "login": "test_pages", "import_preview": "test_journeys", "batch": "test_workbench", "batch_cases": "test_workbench",
    "phone": "test_dossier",
}
NO_PAGE = {  # answers with a file, with data, or only to a post
    "home", "favicon", "health", "read", "draft", "live", "workbench_export", "queue_export", "signed_export", "export", "import_template",
    "import_failed", "import_undo", "save_view", "delete_view", "event_effect", "reveal", "revoke_grant", "note", "delete_note",
    "confirm_pause", "undo", "take_over", "recall", "sign_many", "sign_one", "reject", "withdraw", "attach_sheet",
    "take_back_signature", "take_back", "news", "journal_export", "audit_export", "audit_verify", "confirm_sheet", "material", "logout", "posting", "open_notice", "revoke_acting",
    "paper_preview", "save_paper", "drop_paper", "issue_papers", "serve_many", "seal_again", "serve_again", "service_receipt", "mail_sheet",
    "paper_copies", "draft_proof",
    "exchange_again", "exchange_settle", "later_visit",
}
# fmt: on
for room in (archive_pages, asset_pages, dossier_pages, national_pages, quality_pages, reception_pages, stats_pages):
    PAGES |= room.PAGES
    NO_PAGE |= room.NO_PAGE


def world() -> dict:
    """Twelve new cases, one at every place that a page needs, and the ids of what stands on them."""
    fresh_roster()
    case = make.cases(12)[0]
    clerk, judge = make.actor(*RECEPTION), make.actor(*JUDGE)
    WorkItem.objects.filter(case=case, open=True).update(person_id=clerk.user_id)
    fast, other, ended = fast_case("fast-03"), fast_case("fast-03"), terminal_case()
    transfer(fast)
    signed = signing.sign(transfer(fast_case("fast-03")), make.director(), opinion="同意移交")
    WorkItem.objects.filter(case=fast, open=True).update(team_id=fast.team_id, person_id=fast.handler_id)
    paper = materials.file(fast, pdf("裁定书.pdf"), kind="document", by=judge, title="查封裁定书")
    hold = holds.set_hold(
        fast, "outsider", judge, subject="", from_on=clock.today(), to_on=None, material=paper, note=""
    )
    pause = work.pause(fast, "appraisal", clock.today(), judge, to_on=None, material=paper)
    return {
        "case": case.pk,
        "fast": fast.pk,
        "other": other.pk,
        "ended": ended.pk,
        "team": fast.team_id,
        "item": WorkItem.objects.get(case=case, rule="reception.first_day").pk,
        "clue": WorkItem.objects.get(case=case, rule="enforcement.ask_clues").pk,
        "approval": Approval.objects.get(case=fast).pk,
        "material": paper.pk,
        "hold": hold.pk,
        "pause": pause.pk,
        "slip": slips.send(terminal_case(), Kind.RESUMED, make.actor(*TERMINAL), proposal={"reason": "发现财产"}).pk,
        "sheet": _sheet(WorkItem.objects.get(case=case, rule="reception.first_day")).pk,
        "setting": "cut_off",
        "moved": signed.case_id,
        "arrived": WorkItem.objects.get(case=signed.case_id, rule="transfer.accept").pk,
        **_by_pen(),
        **_held(fast, other),
        **_papers(fast, make.actor(*FAST)),
        **_imports(clerk),
        **archive_pages.world(fast),
        **asset_pages.world(),
        **dossier_pages.world(fast),
        **national_pages.world(fast),
        **quality_pages.world(),
        **reception_pages.world(fast),
        **stats_pages.world(),
    }


def _by_pen() -> dict:
    """An extension before the vice president on paper, and one whose scan waits for the second person."""
    facts = {"months": 3, "reason": "评估中"}
    asked = [signing.ask(fast_case("fast-03"), "extension", make.actor(*JUDGE), proposal=facts) for _ in range(2)]
    waits, scanned = (signing.sign(row, make.director()) for row in asked)
    signing.attach_sheet(signing.waiting(scanned), pdf(), make.actor("fast-03", "clerk", nth=1))
    return {"by_pen": waits.pk, "penned": scanned.pk}


def _held(case, other) -> dict:
    """The ids of what a registered case holds, and one entry of the journal."""
    party = case.parties.get(role="debtor")
    agent = Agent.objects.create(party=party, name="江明", scope="general")
    link = CaseLink.objects.create(case=case, other=other, kind="same_basis")
    return {
        "party": party.pk,
        "agent": agent.pk,
        "link": link.pk,
        "basis": case.bases.get().pk,
        "claim": case.claims.get().pk,
        "entry": JournalEntry.objects.filter(case=case).first().pk,
    }


def _papers(case, clerk) -> dict:
    """A draft, an issued paper and the batch it was issued in."""
    debtor = case.parties.get(role="debtor").subject
    first, second = (paper_draft(case, "execution_notice", clerk, subject=debtor) for _ in range(2))
    batch, _ = issuing.issue_many([second], clerk)
    work_off()
    second.refresh_from_db()
    return {
        "draft": first.pk, "issued": second.pk, "papers": batch.pk, "code": second.check_code, **_services(case, clerk),
    }  # fmt: skip


def _services(case, clerk) -> dict:
    """A paper to be served, one that could not be, a run to the delivery platform, a receipt put aside."""
    debtor = case.parties.get(role="debtor")
    Party.objects.filter(pk=debtor.pk).update(e_service=True, e_service_to="13800138000", address="濮阳市开州路128号")
    waiting, gone, sent = (
        issued(case, kind, clerk, subject=debtor.subject)
        for kind in ("handler_notice", "report_order", "execution_notice")
    )
    serving.failed(
        serving.send(gone.services.get(), "post", clock.today(), clerk, to=debtor.address), "查无此人", clerk
    )
    run = delivery_runs.begin([sent.services.get()], clerk)
    Aside.objects.create(name="R-1", reason="文件校验不符：paper.pdf。", at=clock.now())
    return {"service": waiting.services.get().pk, "failed_paper": gone.pk, "run": run.pk}


def _sheet(item: WorkItem) -> Escalation:
    """A sheet of the item's team, not yet explained."""
    now = clock.now()
    sheet = Escalation.objects.create(team_id=item.team_id, rule=item.rule, day=now.date(), opened_at=now)
    EscalationRow.objects.create(sheet=sheet, item=item, due_at=item.due_at, proposed="nobody")
    return sheet


def _imports(clerk) -> dict:
    """A finished import with a row of each kind, and a long one on its way."""
    batch = ImportBatch.objects.create(
        file_name="2026-11-20.xlsx", sha256="0" * 64, sheet="立案", at=clock.now(), by_id=clerk.user_id,
        team_id=clerk.team_id, counts={"imported": 1, "rejected": 1},
    )  # fmt: skip
    for number, outcome, problems in ((2, "imported", []), (3, "rejected", ["案号：没有案号，请补填"])):
        values = {"creditors": 1, "debtors": 1, "amount": "200.00"}
        ImportRow.objects.create(batch=batch, row=number, outcome=outcome, problems=problems, values=values)
    job = jobs.enqueue("import", "0" * 64, {"name": "2026-11-20.xlsx", "rows": 4000}, clerk)
    return {"batch": batch.pk, "job": job.pk}
