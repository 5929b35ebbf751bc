"""Ways of service: which a paper allows, whom it is served on, when each takes effect, which clock it starts.

民事诉讼法第87—95条, 民诉法解释第130—141条, 在线诉讼规则第29—31条 (reference §15.5).
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from cases.calendar import Calendar
from cases.deadlines import due
from cases.models import Party
from cases.periods import say
from cases.present import present
from documents.kinds import KIND, Kind
from documents.models import Document, Service

Way = Service.Way
Role = Party.Role

# Papers that must be handed over: no other way is service.
DIRECT_ONLY = {
    "compelled_attendance": "拘传票应直接送达被拘传人（民诉法解释第175条）",
    "matured_claim": "履行到期债务通知应直接送达第三人（《执行工作规定》第45条）",
}
# Served on somebody who is no party: the officer names him.
OUTSIDE = {"matured_claim"}
# Papers served on both sides although they are drafted once a debtor.
BOTH_SIDES = ("ruling",)  # series
BASIS = {
    Way.DIRECT: "民事诉讼法第87、88条",
    Way.LEFT: "民事诉讼法第89条、民诉法解释第130—133条",
    Way.POST: "民事诉讼法第91条",
    Way.ELECTRONIC: "民事诉讼法第90条、民诉法解释第135、136条、在线诉讼规则第31条",
    Way.DELEGATED: "民事诉讼法第91条、民诉法解释第134条",
    Way.PUBLICATION: "民事诉讼法第95条、民诉法解释第138条",
}
RELATIONS = {  # who may sign for it: 民事诉讼法第88条, 民诉法解释第130—132条
    "self": "本人",
    "adult": "同住成年家属",
    "head": "法定代表人、主要负责人",
    "receiver": "单位收发部门、值班人员",
    "agent": "诉讼代理人、代收人",
    "unit": "所在部队、监所转交",
    "refused": "拒绝签收",
}
REFUSED = RELATIONS["refused"]


class Effect(NamedTuple):
    """The day on which service takes effect, and how that was found."""

    on: date
    steps: list[str]


def effect(way: str, on: date, *, calendar: Calendar | None = None) -> Effect:
    """`on`: the day signed, left, arrived, named on the reply slip; for publication the day it was posted up or printed."""
    law = f"依据：{BASIS[Way(way)]}。"
    if way == Way.PUBLICATION:
        end = due("service.publication", on, calendar=calendar)
        return Effect(end.day, [*end.steps, f"公告期满即视为送达：{say(end.day)}。"])
    said = {
        Way.DIRECT: f"送达回证上签收的日期为送达日期：{say(on)}。",
        Way.LEFT: f"留置并由见证人签名或拍照、录像之日视为送达：{say(on)}。",
        Way.POST: f"邮寄回执上注明的收件日期为送达日期：{say(on)}。",
        Way.ELECTRONIC: f"到达受送达人特定系统的日期为送达日期，以送达平台显示发送成功的日期为准：{say(on)}。",
        Way.DELEGATED: f"受托法院送达、受送达人签收的日期为送达日期：{say(on)}。",
    }[Way(way)]
    return Effect(on, [said, law])


def ways(kind: Kind) -> list[str]:
    """The ways open to papers of this kind."""
    if kind.key in DIRECT_ONLY:
        return [Way.DIRECT]
    return [way for way in Way.values if way != Way.ELECTRONIC or kind.e_service]


def refusal(kind: Kind, way: str) -> str:
    """Why the paper may not be served in this way; empty when it may."""
    if kind.key in DIRECT_ONLY and way != Way.DIRECT:
        return f"{DIRECT_ONLY[kind.key]}，不能{Way(way).label}。"
    if way == Way.ELECTRONIC and not kind.e_service:
        return f"「{kind.label}」不适用电子送达，请选择其他方式。"
    return ""


def unsigned(way: str, relation: str) -> bool:
    """Whether nobody signed for it."""
    return way == Way.LEFT or relation == REFUSED


def unproved(way: str, relation: str, note: str) -> str:
    """Why service without a signature does not stand; empty where it does. Whoever refuses to sign at court is served by
    the officer's note of it, elsewhere than at home by a film or picture (民诉法解释第131条), at home by leaving it."""
    if way == Way.POST or not unsigned(way, relation) or note.strip():
        return ""
    if way == Way.LEFT:
        return "留置送达请写明见证人，或者拍照、录像的情况（民事诉讼法第89条）。"
    return (
        "拒绝签收的，请写明情况：在法院拒签的由送达人注明，在住所地以外的须拍照、录像（民诉法解释第131条）；"
        "在其住所拒收的，请选「留置送达」。"
    )


def is_served(kind: Kind) -> bool:
    """Whether papers of this kind are served at all: what is sent to parties, not what is asked of others."""
    own = "送达联" in kind.copies and "回执" not in kind.copies
    return kind.e_service or kind.key in DIRECT_ONLY or own


def parties_of(document: Document) -> list[Party]:
    """On whom the paper is served: whom it is about; rulings and papers of the whole case on both sides."""
    kind = KIND[document.kind]
    if not is_served(kind) or kind.key in OUTSIDE:
        return []
    rows = list(document.case.parties.exclude(standing=Party.Standing.REPLACED).order_by("role", "position"))
    about = [row for row in rows if document.subject == row.subject]
    if about and kind.series not in BOTH_SIDES:
        return about
    sides = [row for row in rows if row.role == Role.CREDITOR or (row.role == Role.DEBTOR and not about)]
    return [*about, *(row for row in sides if row not in about)]


class Started(NamedTuple):
    """Serving papers of these kinds is this event. `who`: of each recipient, of whom the paper is about, of each side,
    of the creditor, of somebody who is no party; or of the last: of all, of the parties, of the creditors."""

    anchor: str
    who: str
    kinds: str

    @property
    def once(self) -> bool:
        """One event of the case, when the last has been served; the others are events of each person."""
        return self.who.startswith("last")


# fmt: off
STARTED = (
    Started("notice_served",             "about",    "execution_notice"),
    Started("report_order_served",       "about",    "report_order"),
    Started("matured_claim_notice_served", "outsider", "matured_claim"),
    Started("valuation_report_served",   "each",     "price_notice"),
    Started("distribution_plan_served",  "each",     "distribution_plan"),
    Started("sale_ruling_served",        "last",     "sale_ruling debt_in_kind_ruling"),
    Started("supplement_notice_served",  "creditor", "supplement_notice"),
    Started("preservation_ruling_served", "side",    "preservation_ruling pre_suit_ruling arbitration_ruling pre_enforcement_ruling"
                                                     " preservation_refused"),
    Started("terminal_ruling_served",    "last creditor", "terminal_ruling"),
    Started("closing_served",            "last party", "terminal_ruling termination_ruling non_enforcement application_rejected"
                                                     " closing_notice withdrawal_notice"),
)
# fmt: on
BY_KIND: dict[str, list[Started]] = {}
for _row in STARTED:
    for _kind in _row.kinds.split():
        BY_KIND.setdefault(_kind, []).append(_row)
SIDES = (Role.CREDITOR, Role.DEBTOR)


def closes(kind: str) -> bool:
    """Whether service of such papers dates the closing."""
    return any(row.anchor == "closing_served" for row in BY_KIND.get(kind, ()))


def starts(service: Service, others: Iterable[Service]) -> list[Started]:
    """The events that this service completes; `others` are the other services that may count with it.

    Of several services on one person the first counts (在线诉讼规则第31条): a later one is no event.
    """
    others = list(others)
    if any(each.state == Service.State.SERVED and _recipient(each) == _recipient(service) for each in others):
        return []
    rows = BY_KIND.get(service.document.kind, ())
    return [row for row in rows if counts(row, service) and not (row.once and any(_left(row, o) for o in others))]


def counts(row: Started, service: Service) -> bool:
    """Whether service on this person is the event, or one of those that it waits for."""
    party, about = service.party, service.document.subject
    role = party.role if party else ""
    return (
        service.document.kind in row.kinds.split()
        and {
            "each": True,
            "last": True,
            "about": party is not None and party.subject == about,
            "outsider": role not in SIDES,
            "side": role in SIDES,
            "last party": role in SIDES,
            "creditor": role == Role.CREDITOR,
            "last creditor": role == Role.CREDITOR,
        }[row.who]
    )


def _left(row: Started, other: Service) -> bool:
    unfollowed = other.state == Service.State.FAILED and not hasattr(other, "followed_by")
    return counts(row, other) and (other.state in (Service.State.PLANNED, Service.State.SENT) or unfollowed)


def day_of(row: Started, services: Iterable[Service]) -> date:
    """The day of the last person served, each by his first service, in whatever order they were entered."""
    first: dict[tuple, date] = {}
    for each in services:
        if each.state == Service.State.SERVED and each.served_on and counts(row, each):
            day = dating(each) if row.anchor == "closing_served" else each.served_on
            first[_recipient(each)] = min(day, first.get(_recipient(each), day))
    return max(first.values())


def dating(service: Service) -> date:
    """The day by which a closing is dated: of mail the day it was posted, of a publication the day it was printed or
    posted up, else that of service (审限规定第10条)."""
    sent = service.sent_on if service.way in (Way.POST, Way.PUBLICATION) else None
    return present(sent or service.served_on)


def _recipient(service: Service) -> tuple:
    return service.document_id, service.party_id, service.name
