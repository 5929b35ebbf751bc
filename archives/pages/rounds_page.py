"""收集轮次 and one 收集单."""

from archives import rounds
from archives.models import CollectionRound
from cases import context, lists, rights
from cases.pages.lights import stamp
from cases.pages.names import short_number
from cases.pages.print_page import printed
from cases.pages.queue_rows import unseen_of
from teams.actor import Actor

NAMED = 12  # missing papers of a case that are named


def index(request) -> dict:
    ctx = context.read()
    rows = CollectionRound.objects.select_related("team", "opened_by")
    page = lists.keyset(rows, "pk", request.GET.get("after", ""), descending=True)
    parameters = list(request.GET.items())
    return {
        "rows": [
            {"url": f"/archive/rounds/{row.pk}/", "team": row.team.name, "by": row.opened_by.name, "opened": stamp(ctx, row.opened_at),
             "closed": stamp(ctx, row.closed_at), "note": row.note}
            for row in page.rows
        ],
        "next": lists.link(request.path, parameters, page.next),
        "previous": lists.link(request.path, parameters, page.previous),
    }  # fmt: skip


def _named(ctx, line: rounds.Line) -> dict:
    return {
        "number": short_number(line.case, ctx.today.year),
        "full": line.case.number,
        "handed": [f"{bundle.title}（{bundle.pieces} 件）" for bundle in line.handed],
        "missing": [paper.title for paper in line.missing[:NAMED]],
        "more": max(0, len(line.missing) - NAMED),
    }


def _counted(line: rounds.Line) -> dict:
    """A confidential case on which the reader is not named: how much, and not what."""
    handed, missing = len(line.handed), len(line.missing)
    return {
        "number": rights.MASKED,
        "full": rights.MASKED,
        "handed": [f"{handed} 包"] if handed else [],
        "missing": [f"{missing} 份"] if missing else [],
        "more": 0,
    }


def one(row: CollectionRound, actor: Actor) -> dict:
    ctx, found = context.read(), rounds.lines(row)
    unseen = unseen_of(actor, [line.case for line in found])
    return {
        "round": {
            "id": row.pk,
            "team": row.team.name,
            "opened": row.opened_at,
            "closed": stamp(ctx, row.closed_at),
            "note": row.note,
        },
        "lines": [_counted(line) if line.case.pk in unseen else _named(ctx, line) for line in found],
        "handed": sum(len(line.handed) for line in found),
        "missing": sum(len(line.missing) for line in found),
        "printed": printed(ctx, actor),
    }
