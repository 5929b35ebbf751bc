"""The package that goes along with a moved case, on paper."""

from cases import context, journal_words, rights
from cases.models import Case, WorkItem
from cases.pages import case_header, case_parties, measures, print_page
from cases.pages.lights import stamp

LINES = 15  # of the journal


def in_pairs(rows: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Two facts a line; the last line is filled up."""
    full = [*rows, *[("", "")] * (len(rows) % 2)]
    return [full[at : at + 2] for at in range(0, len(full), 2)]


def package(request, case: Case) -> dict:
    """交接清单 on paper: what is open, the measures and their ends, papers, notes the colleagues may read."""
    ctx, actor = context.read(), request.actor
    items = list(WorkItem.objects.filter(case=case, open=True).order_by("due_at", "id"))
    papers = case.materials.filter(voided_at=None).order_by("id")
    standing_ = rights.standings(actor, [case])[case.pk]
    if not rights.may_secret(actor, standing_):
        papers = papers.filter(secret_volume=False)
    head = case_header.header(ctx, case, items)
    shown = (("环节", "stage"), ("承办", "holder"), ("书记员", "clerk"), ("案由", "cause"))
    told = [
        (row["label"], f"{row['text']}　{row['more']}".strip("　"))
        for row in case_header.facts(case)
        if row["label"] != "承办人"
    ]
    return {
        "number": case.number,
        "case_id": case.pk,
        "facts": in_pairs([(label, head[key]) for label, key in shown if head[key]] + told),
        "parties": case_parties.parties(case, ctx.today),
        "duties": [print_page.duty(ctx, item) for item in items if item.rule not in measures.TERMS],
        "measures": measures.in_force(ctx, case),
        "holds": [f"{hold.get_ground_display()}，自 {hold.from_on:%Y-%m-%d}" for hold in case.holds.filter(to_on=None)],
        "papers": [
            {"title": paper.title, "at": stamp(ctx, paper.entered_at), "version": paper.version}
            for paper in papers[:80]
        ],
        "notes": [
            {"text": note.text, "by": ctx.roster.name(note.by_id), "at": stamp(ctx, note.at)}
            for note in case.notes.filter(shared=True).order_by("id")[:20]
        ],
        "journal": journal_words.lines(ctx, case, LINES),
        "qr": print_page.code(request, case),
        "printed": print_page.printed(ctx, actor),
    }
