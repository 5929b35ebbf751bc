"""One row of a filing list: what is wrong with it, column by column, and the registration it makes."""

from datetime import date
from decimal import Decimal

from django.conf import settings

from cases import clock, numbers
from cases.intake import parties, values
from cases.intake.reading import Reading
from cases.intake.workbook import Line
from cases.models import CaseLink, Party
from cases.steps import BasisData, ClaimData, LinkData, Registration
from cases.workflow import Kind

KINDS = {"执": Kind.FIRST, "执保": Kind.PRESERVATION, "执恢": Kind.RESUMED}
LIVELIHOOD = ("抚养", "赡养", "扶养", "劳动", "工伤", "人身损害", "交通事故", "追索")
KEPT = ("creditor_agent", "debtor_agent")  # the scope of a power is read from the paper, not from a list
TORN = "像是合并单元格：请取消合并，把一案的当事人填在同一格（用「、」隔开）后再导入"


def read(line: Line, sheet: dict[str, list[dict]]) -> Reading:
    """Read one row; `sheet` is the sheet of parties by number, if the workbook has one."""
    reading = Reading(line.row, cells={key: values.text_of(cell)[:200] for key, cell in line.cells.items()})
    if line.torn:
        reading.reject("number", TORN)
    number = _number(line, reading)
    filed_on = _date(line, "filed_on", reading, required=True)
    received_on = _date(line, "received_on", reading)
    amount = _amount(line, reading)
    creditors, debtors = parties.read(line, sheet.get(reading.number, []), reading)
    mismatch = any("个证件号码" in problem for problem in reading.problems)
    if not debtors and not mismatch:
        reading.reject("debtor", "没有被执行人，请补填")
    if not creditors and not mismatch and not _handed_over(line):
        reading.reject("creditor", "没有申请执行人；移送执行的请填「移送部门」")
    parties.refuse_same(creditors, debtors, reading)
    if filed_on and received_on and received_on > filed_on:
        reading.warn("received_on", f"{received_on} 晚于立案日期 {filed_on}，请核对")
    if reading.others:
        reading.warn("party_role", f"{'、'.join(reading.others)[:100]} 不是申请执行人或被执行人，没有导入")
    if not reading.problems and number and filed_on:
        reading.registration = _registration(line, reading, number, filed_on, received_on, amount)
        reading.registration.parties = [*creditors, *debtors]
        reading.registration.enterprise = any(each.type == Party.Type.LEGAL for each in reading.registration.parties)
    return reading


def _number(line: Line, reading: Reading) -> numbers.CaseNumber | None:
    text = values.text_of(line.cells.get("number"))
    reading.number = numbers.normalise(text) if text else ""
    if not text:
        reading.reject("number", "没有案号，请补填")
        return None
    number = numbers.parse(text)
    if number is None or number.suffix:
        reading.reject("number", f"「{text[:40]}」不是案号，应如（2026）豫0902执12号")
        return None
    if number.court != settings.COURT_CODE:
        reading.reject("number", f"是他院（{number.court}）的案件，本院代字为 {settings.COURT_CODE}")
    elif number.type_code not in KINDS:
        reading.reject("number", f"「{number.type_code}」字案件不由立案清单导入")
    elif number.type_code == "执恢":
        reading.reject("number", "恢复执行案件请在「移送立案表」登记案号")
    return number


def _date(line: Line, key: str, reading: Reading, *, required: bool = False) -> date | None:
    cell = line.cells.get(key)
    try:
        day = values.read_date(cell)
    except (ValueError, OverflowError):
        reading.reject(key, f"「{values.text_of(cell)[:20]}」不是日期，应如 2026-11-20")
        return None
    if day is None and required:
        reading.reject(key, "没有日期，请补填")
    if day is not None and day > clock.today():
        reading.reject(key, f"{day} 在将来，请核对")
    return day


def _amount(line: Line, reading: Reading) -> Decimal:
    cell = line.cells.get("amount")
    try:
        amount = values.read_amount(cell, line.units.get("amount", ""))
    except ValueError:
        reading.reject("amount", f"「{values.text_of(cell)[:20]}」不是数额，应为数字（元）")
        return Decimal(0)
    return amount if amount is not None else Decimal(0)


def _handed_over(line: Line) -> bool:
    """移送执行: no applicant."""
    said = "".join(values.text_of(line.cells.get(key)) for key in ("kind", "remark"))
    return bool(values.given(line.cells.get("sent_by"))) or "移送执行" in said


def _words(line: Line, reading: Reading) -> dict[str, str]:
    words = {key: values.prose(line.cells.get(key)) for key in ("cause", "basis_maker", "clues", "remark", "sent_by")}
    kept = [f"{reading.label(key)}：{text}" for key in KEPT if (text := values.given(line.cells.get(key)))]
    words["remark"] = "；".join(text for text in (words["remark"], *reading.kept, *kept) if text)
    return words


def _bases(line: Line) -> list[str]:
    """The numbers of what is enforced, each as numbers are printed; one empty where none is given."""
    texts = [text for text in values.many(line.cells.get("basis")) if text]
    return [str(numbers.parse(text) or values.harmless(text)) for text in texts] or [""]


def _registration(
    line: Line, reading: Reading, number: numbers.CaseNumber, filed_on: date, received_on: date | None, amount: Decimal
) -> Registration:
    words = _words(line, reading)
    linked = numbers.parse(values.text_of(line.cells.get("preservation")))
    given = "".join(bases := _bases(line))
    criminal = "罚金" in words["cause"] or "刑" in given
    kind = "criminal" if criminal else "administrative" if "行审" in given else "civil"
    return Registration(
        kind=KINDS[number.type_code],
        number=str(number),
        filed_on=filed_on,
        received_on=received_on,
        cause=words["cause"][:100],
        amount=amount,
        clues=words["clues"],
        remark=words["remark"],
        sent_by=words["sent_by"][:100],
        livelihood=any(word in words["cause"] for word in LIVELIHOOD),
        bases=[BasisData(basis[:100], words["basis_maker"][:100], kind) for basis in bases],
        claims=[ClaimData("money", amount, fine="罚金" in words["cause"])],
        links=[LinkData(CaseLink.Kind.PRESERVATION, number=str(linked))] if linked else [],
    )
