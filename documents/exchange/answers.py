"""What answers say, read strictly: every field of its type, nothing guessed. The schemas say the same for others."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from documents.exchange.manifest import Broken


class SealAnswer(NamedTuple):
    """`sealed` with the file `sealed.pdf`, or not, with the reason."""

    sealed: bool
    at: datetime
    reason: str


class DeliveryAnswer(NamedTuple):
    """`delivered` (the platform says it has arrived in the recipient's system) or not, with the reason; the course."""

    delivered: bool
    at: datetime
    reason: str
    channel: str
    course: list[tuple[datetime, str]]


class UploadAnswer(NamedTuple):
    """`received` under the number that the national system gave, or not, with the reason."""

    received: bool
    at: datetime
    number: str
    reason: str


class Found(NamedTuple):
    """One thing that a debtor has, as the query system says."""

    case: str
    certificate_number: str
    name: str
    kind: str
    key: str
    title: str
    body: str
    amount: Decimal | None
    protected: str
    as_of: datetime
    facts: dict[str, str]


class Person(NamedTuple):
    """A debtor of whom nothing was found, or who could not be asked about, with the reason."""

    case: str
    certificate_number: str
    name: str
    reason: str = ""


class QueryAnswer(NamedTuple):
    """`answered` with what was found, or not, with the reason."""

    answered: bool
    at: datetime
    reason: str
    rows: list[Found]
    nothing: list[Person]
    failed: list[Person]


class Frozen(NamedTuple):
    """What became of one measure that was asked for."""

    id: int
    result: str  # frozen waiting refused
    controlled: Decimal | None
    rank: int | None
    starts_on: date | None
    ends_on: date | None
    reference: str
    reason: str


class FreezeAnswer(NamedTuple):
    done: bool
    at: datetime
    reason: str
    results: list[Frozen]


ASSETS = (
    "deposit",
    "online_balance",
    "securities",
    "vehicle",
    "real_estate",
    "equity",
    "housing_fund",
    "movable",
    "right",
)
MOST = 20_000  # rows of one answer
MONEY = re.compile(r"\d{1,13}(\.\d{1,2})?")


def query(payload: Mapping[str, Any]) -> QueryAnswer:
    answered = _one_of(payload, "status", "answered", "failed") == "answered"
    rows = [_found(each) for each in _list(payload, "rows")]
    nothing, failed = ([_person(each, name) for each in _list(payload, name)] for name in ("nothing", "failed"))
    return QueryAnswer(answered, _moment(payload, "at"), _reason(payload, answered), rows, nothing, failed)


def _found(each: Mapping[str, Any]) -> Found:
    facts = each.get("facts", {})
    if not isinstance(facts, dict) or len(facts) > 30 or not all(isinstance(v, str) for v in facts.values()):
        raise Broken("payload.json 的 rows 中 facts 应为不超过 30 项的文字。")
    return Found(
        _need(each, "case", 60), _need(each, "certificate_number", 40), _text(each, "name", 200),
        _one_of(each, "kind", *ASSETS), _need(each, "key", 120), _need(each, "title", 200), _text(each, "body", 100),
        _money(each, "amount"), _text(each, "protected", 100), _moment(each, "as_of"), facts,
    )  # fmt: skip


def _person(each: Mapping[str, Any], where: str) -> Person:
    reason = _need(each, "reason", 200) if where == "failed" else ""
    return Person(_need(each, "case", 60), _need(each, "certificate_number", 40), _text(each, "name", 200), reason)


def freeze(payload: Mapping[str, Any]) -> FreezeAnswer:
    done = _one_of(payload, "status", "done", "refused") == "done"
    results = [_frozen(each) for each in _list(payload, "results")]
    if done and not results:
        raise Broken("payload.json 缺少 results。")
    if len({each.id for each in results}) != len(results):
        raise Broken("payload.json 的 results 有重复的 id。")
    return FreezeAnswer(done, _moment(payload, "at"), _reason(payload, done), results)


def _frozen(each: Mapping[str, Any]) -> Frozen:
    result = _one_of(each, "result", "frozen", "waiting", "refused")
    if not (key := _need(each, "id", 20)).isdigit():
        raise Broken("payload.json 的 results 中 id 应为发出件所写的编号。")
    rank = each.get("rank")
    if rank is not None and (isinstance(rank, bool) or not isinstance(rank, int) or not 1 <= rank <= 999):
        raise Broken("payload.json 的 rank 应为 1—999 的整数。")
    found = Frozen(
        int(key), result, _money(each, "controlled"), rank, _day(each, "starts_on"), _day(each, "ends_on"),
        _text(each, "reference", 100), _text(each, "reason", 200),
    )  # fmt: skip
    if result == "refused" and not found.reason:
        raise Broken("payload.json 未写原因 reason。")
    if result == "waiting" and (rank is None or rank < 2):
        raise Broken("payload.json 轮候冻结的 rank 应大于 1。")
    if result == "frozen" and (found.starts_on is None or found.ends_on is None or found.controlled is None):
        raise Broken("payload.json 已冻结的应写 controlled、starts_on、ends_on。")
    if result == "frozen" and found.ends_on < found.starts_on:  # type: ignore[operator]
        raise Broken("payload.json 的 ends_on 早于 starts_on。")
    return found


def seal(payload: Mapping[str, Any]) -> SealAnswer:
    sealed = _one_of(payload, "status", "sealed", "refused") == "sealed"
    return SealAnswer(sealed, _moment(payload, "at"), _reason(payload, sealed))


def upload(payload: Mapping[str, Any]) -> UploadAnswer:
    received = _one_of(payload, "status", "received", "refused") == "received"
    number = _need(payload, "number", 60) if received else ""
    return UploadAnswer(received, _moment(payload, "at"), number, _reason(payload, received))


def delivery(payload: Mapping[str, Any]) -> DeliveryAnswer:
    delivered = _one_of(payload, "status", "delivered", "failed") == "delivered"
    course = payload.get("course", [])
    if not isinstance(course, list) or len(course) > 200:
        raise Broken("payload.json 的 course 不合规定。")
    lines = [(_moment(each, "at"), _text(each, "text", 200)) for each in course if _is_object(each)]
    return DeliveryAnswer(
        delivered, _moment(payload, "at"), _reason(payload, delivered), _text(payload, "channel", 40), lines
    )


def _list(payload: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = payload.get(name, [])
    if not isinstance(found, list) or len(found) > MOST or not all(isinstance(each, dict) for each in found):
        raise Broken(f"payload.json 的 {name} 应为不超过 {MOST} 行的清单。")
    return found


def _need(payload: Mapping[str, Any], name: str, most: int) -> str:
    if not (found := _text(payload, name, most)):
        raise Broken(f"payload.json 缺少 {name}。")
    return found


def _money(payload: Mapping[str, Any], name: str) -> Decimal | None:
    found = payload.get(name)
    if found is None:
        return None
    if not isinstance(found, str) or not MONEY.fullmatch(found):
        raise Broken(f'payload.json 的 {name} 应为以元计的文字金额，如 "1250.00"。')
    return Decimal(found)


def _day(payload: Mapping[str, Any], name: str) -> date | None:
    found = payload.get(name)
    if found is None:
        return None
    try:
        return date.fromisoformat(found)
    except (TypeError, ValueError):
        raise Broken(f"payload.json 的 {name} 应为日期，如 2026-11-27。") from None


def _is_object(value: Any) -> bool:
    if not isinstance(value, dict):
        raise Broken("payload.json 的 course 不合规定。")
    return True


def _one_of(payload: Mapping[str, Any], name: str, *allowed: str) -> str:
    if payload.get(name) not in allowed:
        raise Broken(f"payload.json 的 {name} 应为 {' 或 '.join(allowed)}。")
    return str(payload[name])


def _text(payload: Mapping[str, Any], name: str, most: int) -> str:
    value = payload.get(name, "")
    if not isinstance(value, str) or len(value) > most:
        raise Broken(f"payload.json 的 {name} 应为不超过 {most} 字的文字。")
    return value.strip()


def _reason(payload: Mapping[str, Any], done: bool) -> str:
    reason = _text(payload, "reason", 200)
    if not done and not reason:
        raise Broken("payload.json 未写原因 reason。")
    return reason


def _moment(payload: Mapping[str, Any], name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(str(payload.get(name, "")))
    except ValueError:
        raise Broken(f"payload.json 的 {name} 应为带时区的时间。") from None
    if moment.tzinfo is None:
        raise Broken(f"payload.json 的 {name} 应带时区。")
    return moment
