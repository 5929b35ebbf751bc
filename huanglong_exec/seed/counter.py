"""The counter in the demo: somebody waits with a number, somebody was received, somebody did not come."""

from cases.models import Case, Party
from reception import counter, not_received, receiving
from reception.pages.case_form import parties_in_order

from . import officers


def play(cases: list[Case]) -> None:
    """Of today's filings the first two wait at the counter, one was called in vain, one is received, one explained."""
    clerk = officers.actor("reception", "clerk")
    people = [case for case in cases if _creditor(case)]
    if len(people) < 5:
        return
    for case in people[:2]:
        counter.arrive(case, clerk)
    not_received.contact(people[2], "no_answer", clerk)
    received(people[3])
    not_received.note(people[4], {"reason": "away", "result": "away"}, clerk)


def _creditor(case: Case) -> Party | None:
    """A person with a telephone, who can be received without anything being added."""
    row = Party.objects.filter(case=case, role=Party.Role.CREDITOR, type=Party.Type.NATURAL).exclude(phone="").first()
    return row if row and row.certificate_number else None


def received(case: Case) -> None:
    by = officers.actor("reception", "clerk")
    party = next(row for row in parties_in_order(case) if row.role == Party.Role.CREDITOR)
    debtor = Party.objects.filter(case=case, role=Party.Role.DEBTOR).order_by("position").first()
    clue = {
        "kind": "车辆",
        "owner": debtor.name if debtor else "",
        "text": "白色轿车，常停所住小区地下车库",
        "urgent": False,
    }
    told = {
        "mode": "onsite", "visitor": "party", "name": party.name, "certificate": party.certificate_number, "signing": "paper",
        "staff_name": officers.actor("reception").name, "confirm": True, "e_service": True, "address": party.address,
        "e_service_to": party.phone, "clues": [clue], "originals": 5, "pages": 18, "originals_title": "申请执行书、身份证明、判决书",
    }  # fmt: skip
    receiving.receive(case, party, told, by)
