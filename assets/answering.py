"""反馈: an answer package read in by certificate number and case number, as a job; whole, or not at all.

What fits becomes assets with their source and date; what fits nobody or contradicts is listed with its reason and
changes nothing. The same answer once more changes nothing either.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from assets.models import AnswerImport, AnswerProblem, Asset, Query, QueryBatch
from assets.queries import FIRST_DAY, TICK, in_vain
from cases import certificates, context, jobs, numbers, work
from cases.locks import lock_cases
from cases.models import Job, WorkItem
from documents.exchange import answers
from documents.exchange.answers import Found, Person, QueryAnswer
from documents.exchange.manifest import Package
from documents.models import Outgoing, Receipt
from teams.actor import SYSTEM
from teams.notices import tell

JOB = "assets.answers"
STEP = 1000  # rows of one statement
SAID = ("title", "body", "amount", "facts", "protected")
WORTH_CONTROL = ("vehicle", "real_estate", "equity", "securities")
State = Query.State
Key = tuple[str, str]


def received(outgoing: Outgoing, package: Package, receipt: Receipt) -> None:
    """Read strictly at once, so that a broken file is put aside; the rows are stored by a worker."""
    answers.query(package.payload)
    batch = QueryBatch.objects.select_for_update().get(pk=int(outgoing.key.partition(":")[2]))
    row = AnswerImport.objects.create(batch=batch, receipt=receipt, at=context.read().now, by_id=outgoing.by_id)
    jobs.enqueue(JOB, str(row.pk), {"answers": row.pk})


class Sorted(NamedTuple):
    """The rows that fit, with whose they are, and the others."""

    fit: list[tuple[Query, Found]]
    problems: list[AnswerProblem]


def take_in(job: Job) -> None:
    """The job: everything of the file in its one transaction."""
    pk = job.payload["answers"]
    cases = lock_cases(Query.objects.filter(batch__imports=pk).values_list("case_id", flat=True))
    row = AnswerImport.objects.select_for_update(of=("self",)).select_related("receipt", "batch").get(pk=pk)
    if row.state == AnswerImport.State.DONE or row.receipt is None:
        return
    answer = answers.query(row.receipt.payload)
    queries = list(row.batch.queries.select_related("party").order_by("pk"))
    for query in queries:
        query.case = cases[query.case_id]
    job.total = row.total = len(answer.rows)
    found = sort(row, answer, queries)
    changed = store(job, row, found, answer.at)
    AnswerProblem.objects.bulk_create(found.problems, batch_size=STEP)
    failed = settle(row.batch, queries, answer, found)
    count(row, found)
    consequences(queries, changed)
    again = f"；未能查询 {len(failed)} 人，已列入下一批" if failed else ""
    text = f"网络查询反馈已导入：{said(row)}" if answer.answered else f"网络查询未成功：{answer.reason}"
    text = f"{text}{again}"[:300]
    tell([row.batch.by_id], text, f"/assets/queries/{row.batch_id}/", key=f"answers:{row.pk}", kind="result")


def sort(row: AnswerImport, answer: QueryAnswer, queries: list[Query]) -> Sorted:
    """By certificate and case number; what is said twice in different ways is taken over in neither."""
    mine: dict[Key, Query] = {key_of(q.case.number, q.party.certificate_number): q for q in queries}
    nothing = {key_of(each.case, each.certificate_number) for each in answer.nothing}
    fit: dict[tuple, tuple[Query, Found, int]] = {}
    problems: dict[int, AnswerProblem] = {}
    for number, each in enumerate(answer.rows, 1):
        key = key_of(each.case, each.certificate_number)
        query = mine.get(key)
        if query is None:
            problems[number] = _problem(row, number, each, "unmatched", "本批没有此证件号码与案号的被执行人")
        elif why := _doubt(query, each, key in nothing):
            problems[number] = _problem(row, number, each, "contradictory", why)
        elif (held := fit.get((key, each.kind, each.key))) is None:
            fit[key, each.kind, each.key] = query, each, number
        elif held[1] != each:
            problems[number] = _problem(row, number, each, "contradictory", f"与第 {held[2]} 行所述同一财产不同")
            problems.setdefault(
                held[2], _problem(row, held[2], held[1], "contradictory", f"与第 {number} 行所述同一财产不同")
            )
    good = [(query, each) for query, each, number in fit.values() if number not in problems]
    return _against_stored(
        row, good, [problems[number] for number in sorted(problems)], {id(e): n for _, e, n in fit.values()}
    )


def _doubt(query: Query, each: Found, nothing: bool) -> str:
    if each.name and each.name != query.party.name:
        return f"姓名不符：本案为{query.party.name}"
    return "同一反馈中又称查无财产" if nothing else ""


def _against_stored(row: AnswerImport, good, problems: list[AnswerProblem], number_of: dict[int, int]) -> Sorted:
    """Against what earlier answers said: an older answer does not overwrite a newer one, nor does another of the same moment."""
    stored = _stored(query for query, _ in good)
    fit = []
    for query, each in good:
        held = stored.get((query.party_id, each.kind, each.key))
        if held and differs(held, each) and held.as_of >= each.as_of:
            at = f"{timezone.localtime(held.as_of):%m-%d %H:%M}"
            why = f"与本案截至 {at} 的记录不同，且不比它新"
            problems.append(_problem(row, number_of[id(each)], each, "contradictory", why))
        else:
            fit.append((query, each))
    return Sorted(fit, problems)


def _stored(queries: Iterable[Query]) -> dict[tuple[int, str, str], Asset]:
    rows = Asset.objects.filter(party__in={query.party_id for query in queries})
    return {(asset.party_id, asset.kind, asset.key): asset for asset in rows}


def differs(held: Asset, each: Found) -> bool:
    return any(getattr(held, name) != getattr(each, name) for name in SAID)


def _problem(row: AnswerImport, number: int, each: Found, kind: str, why: str) -> AnswerProblem:
    return AnswerProblem(
        answers=row, row=number, kind=kind, case_number=each.case, name=each.name,
        certificate_number=each.certificate_number, what=each.kind, reason=why[:200],
    )  # fmt: skip


def key_of(case: str, certificate: str) -> Key:
    return numbers.normalise(case), certificates.plain(certificate)


def store(job: Job, row: AnswerImport, found: Sorted, at: datetime) -> list[Asset]:
    """New and changed assets by few statements; gives those. What stands there already the same is left alone."""
    now, stored = context.read().now, _stored(query for query, _ in found.fit)
    changed: list[Asset] = []
    for query, each in found.fit:
        held = stored.get((query.party_id, each.kind, each.key))
        if held and not differs(held, each):
            row.unchanged += 1
            continue
        values = {name: getattr(each, name) for name in (*SAID, "as_of", "kind", "key")}
        asset = Asset(
            case_id=query.case_id, party_id=query.party_id, query=query, source="network", entered_at=now, **values
        )
        asset.new = held is None  # type: ignore[attr-defined]
        changed.append(asset)
    for begin in range(0, len(changed), STEP):
        Asset.objects.bulk_create(
            changed[begin : begin + STEP], update_conflicts=True, unique_fields=["case", "party", "kind", "key"],
            update_fields=[*SAID, "as_of", "query", "source", "entered_at"],
        )  # fmt: skip
        jobs.tell_progress(job, min(begin + STEP, len(changed)), len(changed))
    return changed


def settle(batch: QueryBatch, queries: list[Query], answer: QueryAnswer, found: Sorted) -> list[Query]:
    """What became of each query of the batch; who stands nowhere in the first answer counts as not asked, a correction
    changes only whom it names. Gives those who could not be asked about."""
    now = context.read().now
    with_rows = {query.pk for query, _ in found.fit}
    doubted = {key_of(problem.case_number, problem.certificate_number) for problem in found.problems}
    nothing, unasked = _book(answer.nothing), _book(answer.failed)
    told = []
    for query in queries:
        key = key_of(query.case.number, query.party.certificate_number)
        named = query.pk in with_rows or key in doubted or key in nothing
        if query.state != State.SENT and (not named or (query.state == State.ANSWERED and query.pk not in with_rows)):
            continue
        told.append(query)
        if not answer.answered:
            query.state, query.note = State.FAILED, answer.reason
        elif query.pk in with_rows or key in doubted:
            query.state, query.note = State.ANSWERED, "有矛盾的反馈，见批次" if key in doubted else ""
        elif key in nothing:
            query.state, query.note = State.NOTHING, ""
        else:
            why = unasked[key].reason if key in unasked else "反馈中没有此人"
            query.state, query.note = State.FAILED, why
        query.answered_at = now
    Query.objects.bulk_update(told, ["state", "note", "answered_at"], batch_size=STEP)
    QueryBatch.objects.filter(pk=batch.pk).update(state=QueryBatch.State.ANSWERED, answered_at=now)
    failed = [query for query in told if query.state == State.FAILED]
    _turn_ticks_back(failed)
    return failed


def _turn_ticks_back(failed: list[Query]) -> None:
    """「网络查控已发起」 of a filing day is not green while somebody could not be asked about."""
    first = {query.case_id: query for query in failed if query.reason == Query.Reason.FIRST}
    items = WorkItem.objects.filter(case__in=first, rule=FIRST_DAY).select_related("case")
    by_reason: dict[str, list[WorkItem]] = {}
    for item in items:
        why = first[item.case_id or 0]
        by_reason.setdefault(f"未能查询{why.party.name}：{why.note}，重新查询后改为已办"[:200], []).append(item)
    for reason, rows in by_reason.items():
        work.turn_back(rows, TICK, reason, SYSTEM)


def _book(people: Iterable[Person]) -> dict[Key, Person]:
    return {key_of(each.case, each.certificate_number): each for each in people}


def count(row: AnswerImport, found: Sorted) -> None:
    row.matched = len(found.fit)
    row.unmatched = sum(problem.kind == "unmatched" for problem in found.problems)
    row.contradictory = len(found.problems) - row.unmatched
    row.state, row.done_at = AnswerImport.State.DONE, context.read().now
    row.save()


def said(row: AnswerImport) -> str:
    return f"{row.total} 行，相符 {row.matched}，无此人案 {row.unmatched}，有矛盾 {row.contradictory}"


def consequences(queries: list[Query], changed: list[Asset]) -> None:
    """What table 3 hears: the case is answered, there is money to freeze, there is something worth controlling."""
    now = context.read().now
    cases = {query.case_id: query.case for query in queries if query.case.is_open}
    waiting = set(
        Query.objects.filter(case__in=cases, channel="network", state__in=("ordered", "sent")).values_list(
            "case", flat=True
        )
    )
    good = (State.ANSWERED, State.NOTHING)
    waiting |= set(in_vain().filter(case__in=cases).values_list("case", flat=True))  # to be asked about again
    answered = {query.case_id for query in queries if query.state in good} & cases.keys() - waiting
    full = {query.case_id for query in queries if query.reason == Query.Reason.FULL}
    money = {asset.case_id for asset in changed if asset.is_money and asset.amount and not asset.protected}
    things = {asset.case_id for asset in changed if asset.kind in WORTH_CONTROL and asset.new}  # type: ignore[attr-defined]
    owing = {pk for pk, case in cases.items() if case.amount > case.recovered}
    told = (
        ("network_answered", answered),
        ("full_query_done", answered & full),
        ("money_found", money & owing),
        ("asset_found", things & cases.keys()),
    )
    for anchor, pks in told:
        work.record_events([work.Happened(cases[pk], {"by": "network"}) for pk in sorted(pks)], anchor, now, SYSTEM)
