"""The copy card: what a form of the national system asks of a paper, in its order, each value ready to be copied.

One form a sort of paper. The order is that of the forms as they are known; the court has not confirmed it (待院里确认).
"""

from collections.abc import Callable
from typing import NamedTuple

from cases import context
from cases.models import Party
from cases.periods import local
from documents.kinds import KIND, Kind
from documents.models import Document, Sealing, Service


class Form(NamedTuple):
    """`kinds` of table 5 first, then a series, then a layout: the first form that fits is the paper's."""

    key: str
    title: str
    kinds: tuple[str, ...]
    series: tuple[str, ...]
    layouts: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]  # (label of the form, key of `VALUES` or `asked:<name>`)


def _form(key: str, title: str, fields: str, *, kinds: str = "", series: str = "", layouts: str = "") -> Form:
    pairs = tuple((label, value) for label, _, value in (each.partition("=") for each in fields.split()))
    return Form(key, title, tuple(kinds.split()), tuple(series.split()), tuple(layouts.split()), pairs)


# fmt: off
FORMS = (
    _form("no_reception", "未接待说明登记", "案号=case 立案日期=filed_on 说明日期=issued_on 未接待原因=asked:reason 联系经过=asked:tries 后续安排=asked:next 登记人=drafter",
          kinds="no_reception_note"),
    _form("reception", "初次接待登记", "案号=case 接待日期=issued_on 笔录名称=title 接待对象=about 接待人=drafter 承办人=handler",
          kinds="reception_record later_reception transfer_check"),
    _form("ruling", "裁定、决定登记", "案号=case 文书类别=kind 文书名称=title 文号=number 作出日期=issued_on 相对人=about 签发人=signers 用印日期=sealed_on 送达情况=served 承办人=handler 书记员=clerk",
          series="ruling decision mediation"),
    _form("order", "通知、命令登记", "案号=case 文书类别=kind 文书名称=title 文号=number 制发日期=issued_on 相对人=about 签发人=signers 用印日期=sealed_on 送达情况=served 承办人=handler",
          series="notice order"),
    _form("letter", "函件登记", "案号=case 函件名称=title 文号=number 发函日期=issued_on 签发人=signers 承办人=handler",
          series="letter", layouts="letter"),
    _form("record", "笔录登记", "案号=case 笔录名称=title 制作日期=issued_on 被询问人=about 记录人=drafter 承办人=handler",
          layouts="record"),
    _form("publication", "公告登记", "案号=case 公告名称=title 公告日期=issued_on 相对人=about 送达情况=served 承办人=handler",
          layouts="public"),
    _form("other", "其他文书登记", "案号=case 文书名称=title 文号=number 制作日期=issued_on 相对人=about 经办人=drafter",
          layouts="form writ cover"),
)
# fmt: on


class Card(NamedTuple):
    form: Form
    rows: list[tuple[str, str]]  # what is empty is left out

    @property
    def together(self) -> str:
        """All of it at once, a line a field."""
        return "\n".join(f"{label}：{text}" for label, text in self.rows)


def form_of(kind: Kind) -> Form:
    for form in FORMS:
        if kind.key in form.kinds:
            return form
    return next(form for form in FORMS if (kind.series and kind.series in form.series) or kind.layout in form.layouts)


def of(document: Document) -> Card:
    form = form_of(KIND[document.kind])
    pairs = ((label, value(document, source)) for label, source in form.fields)
    return Card(form, [(label, text) for label, text in pairs if text])


def value(document: Document, source: str) -> str:
    kind, _, name = source.partition(":")
    return str(document.asked.get(name, "")) if kind == "asked" else VALUES[source](document)


def _day(at) -> str:
    return f"{local(at):%Y-%m-%d}" if at else ""


def _about(document: Document) -> str:
    pk = document.subject.partition(":")[2]
    if document.subject.startswith("party:") and pk.isdigit():
        return "、".join(Party.objects.filter(pk=pk, case=document.case_id).values_list("name", flat=True))
    return ""


def _signers(document: Document) -> str:
    if document.approval is None:
        return ""
    places = document.approval.places.filter(state="signed").select_related("signed_by").order_by("order")
    return "、".join(place.signed_by.name for place in places if place.signed_by)


def _sealed(document: Document) -> str:
    row = Sealing.objects.filter(document=document, state=Sealing.State.DONE).first()
    return _day(row.at) if row else ""


def _served(document: Document) -> str:
    rows = Service.objects.filter(document=document, state=Service.State.SERVED).order_by("pk")
    return "；".join(f"{row.name} {row.served_on} {row.get_way_display()}" for row in rows)


VALUES: dict[str, Callable[[Document], str]] = {
    "case": lambda document: document.case.number,
    "filed_on": lambda document: document.case.filed_on.isoformat(),
    "kind": lambda document: KIND[document.kind].title,
    "title": lambda document: document.title,
    "number": lambda document: document.number,
    "issued_on": lambda document: _day(document.issued_at),
    "about": _about,
    "signers": _signers,
    "sealed_on": _sealed,
    "served": _served,
    "handler": lambda document: context.read().roster.name(document.case.handler_id),
    "clerk": lambda document: context.read().roster.name(document.case.clerk_id),
    "drafter": lambda document: document.posting.person.name if document.posting else "",
}
