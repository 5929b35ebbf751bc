"""The addresses of the counter, and what must stand there for each."""

from cases.models import Case, Party
from reception import day, not_received, receiving
from reception.pages import case_form
from tests import make
from tests.documents.helpers import work_off
from tests.reception.helpers import clerk, fine, form_of

COUNTER, DIRECTOR = ("reception", "clerk"), ("leadership", "bureau_director")

# fmt: off
PAGES = {
    "reception_desk":   [(COUNTER, "/reception/"), (COUNTER, "/reception/?tab=done"), (COUNTER, "/reception/?tab=noted")],
    "receive":          [(COUNTER, "/reception/{case}/"), (COUNTER, "/reception/{fast}/"), (COUNTER, "/reception/{sent}/")],
    "reception_record": [(COUNTER, "/reception/records/{to_sign}/"), (COUNTER, "/reception/records/{on_paper}/")],
    "upload_note":      [(COUNTER, "/reception/upload/{note}/")],
    "reception_book":   [(COUNTER, "/reception/book/"), (DIRECTOR, "/reception/book/")],
    "print_book":       [(COUNTER, "/reception/book/print/")],
}
NO_PAGE = {
    "reception_queue", "find_visitor", "no_reception", "notes_run", "reception_item", "reception_preview", "originals_cover", "arrive", "note_contact",
    "carry_preservation", "carry_back", "to_paper", "scan_back", "export_book",
}
ON_PAPER = ("print_book",)
# fmt: on


def world(fast: Case) -> dict:
    """A fine to be checked, a record to be signed on the screen, one that waits for its scan, a note to be uploaded."""
    screen, paper, noted = make.cases(3)
    Party.objects.filter(case__in=(screen, paper, noted), role="creditor").update(
        phone="13900080329", address="濮阳市建设路1号"
    )
    records = [received(each, signing) for each, signing in ((screen, "screen"), (paper, "paper"))]
    not_received.note(noted, {"reason": "no_answer", "result": "no_answer"}, clerk())
    work_off()
    return {
        "sent": fine().pk, "to_sign": records[0].pk, "on_paper": records[1].pk,
        "note": noted.items.get(rule=day.UPLOAD, open=True).pk,
    }  # fmt: skip


def received(made: Case, signing: str):
    form, _ = case_form.form_of(made, clerk(), form_of(made, signing=signing))
    assert form.is_valid(), form.errors
    return receiving.receive(made, made.parties.get(role="creditor"), form.cleaned_data, clerk())
