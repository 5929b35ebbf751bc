"""What the program makes of a typed date, time, amount, number, certificate or telephone, in words for who typed it.

One reader a kind; a field names its kind in `data-reads`. Told when the page comes and while the form is filled in.
"""

from typing import NamedTuple
from urllib.parse import quote

from cases import amounts, certificates, clock, dates, numbers, permissions, phones, rights
from cases.calendar import WEEKDAYS
from cases.models import Case, Party
from teams.actor import Actor

OK, DOUBT, BAD = "ok", "doubt", "bad"


class Said(NamedTuple):
    """`state`: ok, doubt (may be kept as it is) or bad (will be refused). `value`: as it is best written."""

    state: str = OK
    text: str = ""
    value: str = ""
    link: str = ""
    url: str = ""


def read(kind: str, text: str, actor: Actor | None = None) -> Said:
    """What the text says as a thing of this kind; an unknown kind and an empty text say nothing."""
    text = text.strip()[:100]
    if kind not in READERS or not text:
        return Said()
    try:
        return READERS[kind](text, actor)
    except ValueError as error:
        return Said(BAD, str(error))


def day(text: str, actor) -> Said:
    found = dates.read_date(text)
    words = {0: "，今天", 1: "，明天", -1: "，昨天"}.get((found - clock.today()).days, "")
    return Said(OK, f"{found:%Y-%m-%d} 星期{WEEKDAYS[found.weekday()]}{words}")


def time(text: str, actor) -> Said:
    return Said(OK, f"{dates.read_time(text):%H:%M}")


def money(text: str, actor) -> Said:
    amount = amounts.read_amount(text)
    return Said(OK, f"{amount:,.2f} 元　{amounts.capitals(amount)}", value=f"{amount:,.2f}".removesuffix(".00"))


def number(text: str, actor) -> Said:
    parsed = numbers.parse(text, year=clock.today().year)
    if parsed is None:
        raise ValueError("案号格式不正确：请按「（2026）豫0902执12号」填写。")
    return Said(OK, "" if str(parsed) == text else str(parsed), value=str(parsed))


def phone(text: str, actor) -> Said:
    found = phones.read_phone(text)
    return Said(OK, "" if found == text else found, value=found)


def certificate(text: str, actor) -> Said:
    """Sex, birth date and age of an identity card; whether a credit code is right; whose it is already."""
    found = certificates.read(certificates.kind_of(text), text)
    known = _known(found.number, actor)
    if found.doubt:
        return Said(DOUBT, f"{found.doubt}。", found.number, *known)
    if found.born_on is None:
        return Said(OK, "统一社会信用代码，校验位正确", found.number, *known)
    told = f"{found.sex} {found.born_on:%Y-%m-%d} {age(found.born_on)} 岁，校验位正确"
    return Said(OK, told, found.number, *known)


def age(born) -> int:
    today = clock.today()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _known(number: str, actor: Actor | None) -> tuple[str, str]:
    """「已有当事人：吴春梅（3 件案件）」, of the cases that this officer may locate; never of a hidden one."""
    if actor is None or len(number) < 15 or permissions.mark("locate", actor.post, actor.kind) == ".":
        return "", ""
    rows = Party.objects.filter(certificate_number=number).order_by("-case_id").values_list("name", "case_id")[:200]
    names = {case_id: name for name, case_id in rows}
    seen = _locatable(list(names), actor)
    if not seen:
        return "", ""
    name = names[seen[0]]
    return f"已有当事人：{name}（{len(seen)} 件案件）", f"/search/?q={quote(name)}"


def _locatable(ids: list[int], actor: Actor) -> list[int]:
    cases = list(Case.objects.filter(pk__in=ids).order_by("-pk"))
    standings = rights.standings(actor, cases) if cases else {}
    hidden = {case.pk for case in cases if case.confidential or case.state_secret}
    return [
        case.pk
        for case in cases
        if not standings[case.pk].recused and (case.pk not in hidden or standings[case.pk].view)
    ]


READERS = {
    "date": day,
    "time": time,
    "money": money,
    "number": number,
    "phone": phone,
    "certificate": certificate,
}
