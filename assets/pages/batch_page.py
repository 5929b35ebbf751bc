"""One batch of network queries: how each debtor's answer matched, and what fitted nobody. Never an amount (§17.2)."""

from assets import answering, operators, queries
from assets.answering import JOB
from assets.models import AnswerImport, AnswerProblem, Asset, QueryBatch
from cases import context, jobs, lists, rights
from cases.certificates import mask_certificate
from cases.models import Case, Job, Party
from cases.pages.lights import stamp
from cases.pages.names import short_number
from cases.pages.queue_rows import unseen_of
from teams.actor import Actor

COLOUR = {"ordered": "am", "sent": "bl", "answered": "gr", "nothing": "", "failed": "re", "withdrawn": ""}


def page(request, batch: QueryBatch) -> dict:
    ctx, actor = context.read(), request.actor
    rows = lists.keyset(batch.queries.select_related("party", "case"), "pk", request.GET.get("after", ""), size=100)
    standings = rights.standings(actor, {row.case for row in rows.rows})
    counts = _counts([row.pk for row in rows.rows])
    parameters = list(request.GET.items())
    imports = list(batch.imports.order_by("-pk")[:5])
    may = rights.may_office(actor, "network_query")
    return {
        "batch": {
            "id": batch.pk, "code": f"CX{batch.pk}", "by": batch.by.name if batch.by else "系统", "made": stamp(ctx, batch.made_at),
            "sent": stamp(ctx, batch.sent_at), "answered": stamp(ctx, batch.answered_at), "state": batch.get_state_display(),
            "key": batch.state, "fault": batch.fault, "retry": stamp(ctx, batch.retry_at),
        },
        "rows": [
            {
                "name": row.party.name if standings[row.case_id].view else rights.MASKED,
                "certificate": mask_certificate(row.party.certificate_number) if standings[row.case_id].view else "",
                "case": short_number(row.case, ctx.today.year) if standings[row.case_id].view else rights.MASKED,
                "url": f"/cases/{row.case_id}/?tab=assets" if standings[row.case_id].view else "",
                "state": row.get_state_display(), "colour": COLOUR[row.state], "things": counts.get(row.pk, 0), "note": row.note,
            }
            for row in rows.rows
        ],
        "imports": [_import(ctx, row) for row in imports],
        "problems": _problems(imports[0], actor) if imports else [],
        "again": len(queries.again(batch, actor)) if may and operators.is_one(actor.user_id, ctx.today) else 0,
        "may_send": may and operators.is_one(actor.user_id, ctx.today) and batch.state == "open",
        "previous": lists.link(request.path, parameters, rows.previous),
        "next": lists.link(request.path, parameters, rows.next),
    }  # fmt: skip


def _counts(query_ids: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for pk in Asset.objects.filter(query__in=query_ids).values_list("query", flat=True):
        found[pk] = found.get(pk, 0) + 1
    return found


def _import(ctx, row: AnswerImport) -> dict:
    told = {"at": stamp(ctx, row.at), "state": row.get_state_display(), "key": row.state, "total": row.total,
            "matched": row.matched, "unmatched": row.unmatched, "contradictory": row.contradictory, "unchanged": row.unchanged}  # fmt: skip
    if row.state == AnswerImport.State.WAITING:
        job = Job.objects.filter(kind=JOB, key=str(row.pk)).order_by("-pk").first()
        if job:
            done, total = jobs.progress_of(job)
            told |= {"done": done, "of": total, "error": job.result.get("error", "") if job.state == "failed" else ""}
    return told


def _problems(row: AnswerImport, actor: Actor) -> list[dict]:
    """The rows that were not taken over; certificates masked, of a case out of the reader's sight no more than the row."""
    kinds, found = dict(Asset.Kind.choices), list(row.problems.order_by("row")[:500])
    numbers, certificates = _unseen(row, found, actor)
    problems = []
    for each in found:
        told = {
            "row": each.row, "kind": each.get_kind_display(), "colour": "am" if each.kind == "unmatched" else "re",
            "case": each.case_number, "name": each.name, "certificate": mask_certificate(each.certificate_number),
            "what": kinds.get(each.what, each.what), "reason": each.reason,
        }  # fmt: skip
        case, certificate = answering.key_of(each.case_number, each.certificate_number)
        if case in numbers or certificate in certificates:
            told |= {"case": rights.MASKED, "name": "", "certificate": "", "reason": "该案不公开，由有权查看的人员核对"}
        problems.append(told)
    return problems


def _unseen(row: AnswerImport, problems: list[AnswerProblem], actor: Actor) -> tuple[set[str], set[str]]:
    """(numbers, certificates) that belong to cases out of the reader's sight: a row may name either one alone."""
    said = {answering.key_of(each.case_number, "")[0] for each in problems}
    cases = {*Case.objects.filter(number__in=said), *Case.objects.filter(pk__in=row.batch.queries.values("case"))}
    hidden = unseen_of(actor, cases)
    if not hidden:
        return set(), set()
    held: dict[bool, set[str]] = {True: set(), False: set()}
    parties = Party.objects.filter(case__in=cases).exclude(certificate_number="")
    for case, number in parties.values_list("case_id", "certificate_number"):
        held[case in hidden].add(answering.key_of("", number)[1])
    return {case.number for case in cases if case.pk in hidden}, held[True] - held[False]
