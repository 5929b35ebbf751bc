"""What answers say, read strictly: every field of its type, nothing guessed. The schemas say the same for others."""

from collections.abc import Mapping
from datetime import datetime
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


def seal(payload: Mapping[str, Any]) -> SealAnswer:
    sealed = _one_of(payload, "status", "sealed", "refused") == "sealed"
    return SealAnswer(sealed, _moment(payload, "at"), _reason(payload, sealed))


def delivery(payload: Mapping[str, Any]) -> DeliveryAnswer:
    delivered = _one_of(payload, "status", "delivered", "failed") == "delivered"
    course = payload.get("course", [])
    if not isinstance(course, list) or len(course) > 200:
        raise Broken("payload.json 的 course 不合规定。")
    lines = [(_moment(each, "at"), _text(each, "text", 200)) for each in course if _is_object(each)]
    return DeliveryAnswer(
        delivered, _moment(payload, "at"), _reason(payload, delivered), _text(payload, "channel", 40), lines
    )


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
