"""What the program makes of a typed date, amount, number or certificate, told while the form is being filled in."""

from django.http import JsonResponse

from cases import amounts, certificates, clock, dates, numbers
from cases.access import office_view


def date(text: str) -> str:
    day = dates.read_date(text)
    away = (day - clock.today()).days
    words = {0: "，今天", 1: "，明天", -1: "，昨天"}.get(away, "")
    return f"{day:%Y-%m-%d} 星期{'一二三四五六日'[day.weekday()]}{words}"


def money(text: str) -> str:
    return f"{amounts.read_amount(text):,.2f} 元"


def number(text: str) -> str:
    parsed = numbers.parse(text, year=clock.today().year)
    if parsed is None:
        raise ValueError("案号格式不正确：请按「（2026）豫0902执12号」填写。")
    return str(parsed)


def certificate(text: str) -> str:
    """Sex, birth date and age of an identity card; whether a credit code is right."""
    found = certificates.read(certificates.kind_of(text), text)
    if found.doubt:
        raise ValueError(f"{found.doubt}。")
    if found.born_on is None:
        return "统一社会信用代码校验无误"
    today = clock.today()
    age = today.year - found.born_on.year - ((today.month, today.day) < (found.born_on.month, found.born_on.day))
    return f"{found.sex} {found.born_on:%Y-%m-%d} {age} 岁，校验位正确"


READERS = {"date": date, "money": money, "number": number, "certificate": certificate}


@office_view("workbench")
def read(request, kind):
    """`{"ok": true, "text": …}`; with `ok` false the text says what is wrong and what is right."""
    text = request.GET.get("q", "").strip()[:100]
    if kind not in READERS or not text:
        return JsonResponse({"ok": True, "text": ""})
    try:
        return JsonResponse({"ok": True, "text": READERS[kind](text)})
    except ValueError as error:
        return JsonResponse({"ok": False, "text": str(error)})
