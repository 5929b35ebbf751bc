"""Answers of the counters: by grid or pasted from Excel, matched by certificate, filed in every case of the person."""

import csv
from collections.abc import Iterable
from decimal import Decimal
from io import StringIO
from typing import NamedTuple

from django.db import transaction

from assets.models import Asset, Query, QueryBatch
from cases import amounts, context, journal, work
from cases.locks import lock_cases
from cases.models import Case
from cases.refusals import Refused, Stale
from quality.offline import COUNTERS, RUNNING, State
from quality.persons import people
from teams.actor import SYSTEM, Actor
from teams.notices import tell

Kind = Asset.Kind
KIND = {"real_estate": Kind.REAL_ESTATE, "vehicle": Kind.VEHICLE, "housing_fund": Kind.HOUSING_FUND}
WORTH = (Kind.REAL_ESTATE, Kind.VEHICLE)  # opens 控制财产
HEADS = {  # field → how counters call it
    "name": "姓名 名称 权利人 所有人 被查询人 被执行人 姓名/名称 缴存人",
    "number": "证件号码 证件号 身份证号 身份证号码 统一社会信用代码 证件编号",
    "key": "不动产权证号 产权证号 权证号 不动产单元号 车牌号 号牌号码 车牌 公积金账号 个人账号 账号 识别号",
    "title": "坐落 房屋坐落 名称 品牌型号 车辆品牌 车型 缴存单位 单位名称 财产名称",
    "amount": "价值 余额 账户余额 缴存余额 评估价",
    "note": "抵押 查封 抵押情况 查封情况 权利限制 状态 备注 说明 面积",
}
FIELD = {word: field for field, words in HEADS.items() for word in words.split()}
NOTHING = ("无", "查无", "无财产", "无登记", "查无财产", "无记录")
PASTED = 2000


class Found(NamedTuple):
    """One thing that the counter says a person has."""

    key: str
    title: str
    amount: Decimal | None = None
    note: str = ""


class Said(NamedTuple):
    """What the counter says of one person: things, or nothing."""

    found: list[Found]
    nothing: bool = False


class Row(NamedTuple):
    """One pasted row: whom it is about (None: nobody of this batch), what it says, what is wrong."""

    number: int
    person: str
    found: Found | None
    nothing: bool
    wrong: str
    text: str


def read(batch: QueryBatch, text: str, by: Actor) -> list[Row]:
    """The pasted table against the list as the officer sees it: nothing is stored."""
    try:
        lines = [row for row in csv.reader(StringIO(text.strip("\r\n")), delimiter="\t") if any(map(str.strip, row))]
    except csv.Error:
        raise Refused("粘贴的内容读不出来，请从 Excel 里整块复制后再粘贴。") from None
    if len(lines) > PASTED:
        raise Refused(f"一次最多粘贴 {PASTED} 行，请分次粘贴。")
    heads = [FIELD.get(cell.strip().replace(" ", "")) for cell in lines[0]] if lines else []
    if "number" not in heads and "name" not in heads:
        raise Refused("没有认出表头：请连同表头一起复制，表头中须有姓名或证件号码，以及坐落、车牌号、账号等列。")
    known = people(batch, by)
    return [_row(n, dict(zip(heads, cells, strict=False)), known, cells) for n, cells in enumerate(lines[1:], 2)]


def _row(number: int, cells: dict, known: dict[str, list[Query]], raw: list[str]) -> Row:
    said = {field: str(cells.get(field) or "").strip() for field in HEADS}
    person = said["number"].upper() if said["number"].upper() in known else ""
    named = {queries[0].party.name for queries in known.values()}
    if not person and said["name"] in named:
        same = [key for key, queries in known.items() if queries[0].party.name == said["name"]]
        person = same[0] if len(same) == 1 and not said["number"] else ""
    text = "　".join(cell.strip() for cell in raw if cell.strip())[:120]
    nothing = (said["key"] or said["title"]) in NOTHING
    if not person:
        return Row(number, "", None, False, "本批名单中没有此人（按证件号码核对）", text)
    if nothing:
        return Row(number, person, None, True, "", text)
    if not said["key"] and not said["title"]:
        return Row(number, person, None, False, "没有写明财产：请填写权证号、车牌号或账号；没有财产的写「查无」", text)
    amount, wrong = _amount(said["amount"])
    found = Found(
        (said["key"] or said["title"])[:120], (said["title"] or said["key"])[:200], amount, said["note"][:100]
    )
    return Row(number, person, None if wrong else found, False, wrong, text)


def _amount(text: str) -> tuple[Decimal | None, str]:
    if not text:
        return None, ""
    try:
        return amounts.read_amount(text), ""
    except ValueError as error:
        return None, f"价值：{error}"


def said_of(rows: Iterable[Row]) -> dict[str, Said]:
    """The good rows, by person."""
    found: dict[str, Said] = {}
    for row in rows:
        if row.person and not row.wrong:
            held = found.setdefault(row.person, Said([], False))
            things = [*held.found, *([row.found] if row.found else [])]
            found[row.person] = Said(things, not things)
    return found


@transaction.atomic
def store(batch: QueryBatch, said: dict[str, Said], by: Actor) -> int:
    """Each person's answer into each of his cases that the officer sees; gives how many queries were answered."""
    known = people(batch, by)
    chosen = [query for person, queries in known.items() if person in said for query in queries]
    cases = lock_cases(query.case_id for query in chosen)
    fresh = {q.pk: q for q in Query.objects.select_for_update(of=("self",)).filter(pk__in=[q.pk for q in chosen])}
    going = [(person, query) for person in said for query in known.get(person, []) if fresh[query.pk].state in RUNNING]
    if not going:
        raise Stale("这些人的反馈已由他人录入，请刷新后核对。")
    now, new = context.read().now, list[Asset]()
    for person, query in going:
        answer = said[person]
        query.state = State.NOTHING if answer.nothing else State.ANSWERED
        query.answered_at = now
        query.note = "" if answer.nothing else f"{len(answer.found)} 项"
        new += [_asset(query, each, by) for each in answer.found]
    Query.objects.bulk_update([query for _, query in going], ["state", "answered_at", "note"])
    created = _keep(new)
    lines = [_line(cases[query.case_id], batch, query, said[person]) for person, query in going]
    journal.write(lines, by)
    _tell(batch, {query.case_id for _, query in going}, created, cases, by)
    if not batch.queries.filter(state__in=RUNNING).exists():
        QueryBatch.objects.filter(pk=batch.pk).update(state=QueryBatch.State.ANSWERED, answered_at=now)
    return len(going)


def _asset(query: Query, each: Found, by: Actor) -> Asset:
    now = context.read().now
    return Asset(
        case_id=query.case_id, party=query.party, kind=KIND[query.counter], key=each.key, title=each.title,
        body=COUNTERS[query.counter], amount=each.amount, facts={"说明": each.note} if each.note else {}, source="offline",
        query=query, as_of=now, entered_at=now, entered_by_id=by.user_id,
    )  # fmt: skip


def _keep(rows: list[Asset]) -> list[Asset]:
    """New things are stored, known ones brought up to date; gives the new ones."""
    held = {
        (row.party_id, row.kind, row.key): row
        for row in Asset.objects.filter(party__in={row.party_id for row in rows}, kind__in={row.kind for row in rows})
    }
    new: dict[tuple, Asset] = {}
    for row in rows:
        key = (row.party_id, row.kind, row.key)
        if known := held.get(key):
            known.title, known.amount, known.facts, known.query, known.as_of = (
                row.title, row.amount if row.amount is not None else known.amount, row.facts, row.query, row.as_of,
            )  # fmt: skip
            known.save(update_fields=["title", "amount", "facts", "query", "as_of"])
        else:
            new.setdefault(key, row)
    return Asset.objects.bulk_create(new.values())


def _line(case: Case, batch: QueryBatch, query: Query, answer: Said) -> journal.Line:
    what = "查无财产" if answer.nothing else f"查到 {len(answer.found)} 项"
    text = f"线下反馈（{COUNTERS[batch.counter]}）：{query.party.name}，{what}"
    return journal.Line(case, "query", "answered", text, {"query": query.pk, "batch": batch.pk})


def _tell(batch: QueryBatch, ids: set[int], created: list[Asset], cases: dict[int, Case], by: Actor) -> None:
    """Something worth controlling opens the duty of whoever holds the case; who holds it elsewhere is told either way."""
    worth = {row.case_id for row in created if row.kind in WORTH}
    for pk in sorted(worth):
        if cases[pk].is_open:
            work.record_event(cases[pk], "asset_found", context.read().now, SYSTEM, facts={"by": "offline"})
    for pk in sorted(ids):
        case = cases[pk]
        if case.team_id != by.team_id and case.is_open:
            found = sum(row.case_id == pk for row in created)
            text = f"{case.number} 线下查询已反馈（{COUNTERS[batch.counter]}）：{f'新查到 {found} 项' if found else '没有新的财产'}"
            tell([case.handler_id], text, f"/cases/{pk}/", key=f"offline:{batch.pk}:{pk}", kind="result")
