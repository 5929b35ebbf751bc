"""The counter over HTTP: officers at the browser, a whole form as the page sends it, the worker's part."""

import re

from django.test import Client

from cases import clock, context, steps
from cases.models import Case, Party
from reception.models import ReceptionRecord
from teams.actor import Actor
from tests import make
from tests.documents.helpers import work_off

IDENTITY = "410105196206239967"
__all__ = ["IDENTITY", "Counter", "case", "clerk", "fine", "form_of", "received", "work_off"]


def clerk(nth: int = 0) -> Actor:
    return make.actor("reception", "clerk", nth=nth)


def case(**given) -> Case:
    """A filed case whose creditor has telephone and address."""
    made = make.case(**given)
    Party.objects.filter(case=made, role="creditor").update(phone="13900080329", address="濮阳市华龙区建设路1号")
    return made


def fine(**given) -> Case:
    """移送执行: nobody has applied."""
    debtor = steps.PartyData("debtor", "许大勇", certificate="identity", certificate_number="410922197610249985")
    return make.case(parties=[debtor], cause="罚金", sent_by="刑事审判庭", **given)


class Counter:
    """An officer at the counter: `get` and `post` say the status they expect."""

    def __init__(self, actor: Actor | None = None):
        actor = actor or clerk()
        self.actor, self.client = actor, Client()
        self.client.force_login(actor.user)
        session = self.client.session
        session["posting"] = actor.posting.pk
        session.save()

    def get(self, path: str, status: int = 200):
        answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code, said(answer))
        return answer

    def post(self, path: str, status: int = 302, **data):
        answer = self.client.post(path, data)
        assert answer.status_code == status, (path, answer.status_code, said(answer))
        return answer

    def htmx(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path, headers={"HX-Request": "true"})
        assert answer.status_code == status, (path, answer.status_code, said(answer))
        return answer.content.decode()

    def receive(self, made: Case, status: int = 302, **more):
        return self.post(f"/reception/{made.pk}/", status, **(form_of(made) | more))


def said(answer) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text)[-600:] if answer.status_code >= 400 else ""


def form_of(made: Case, **more) -> dict:
    """What the page sends for a creditor who came himself, agrees to all and brings nothing."""
    creditor = made.parties.filter(role="creditor").first() or made.parties.first()
    facts = {f"fact_{key}": "same" for key in ("basis", "cause", "amount", "phone")}
    agreed = {"confirm": "on", "e_service": "on"} if creditor.address and creditor.phone else {}
    leader = context.read().roster.leader(clerk().team_id)
    return {
        "mode": "onsite", "visitor": "party", "party": creditor.pk, "name": creditor.name, "certificate": IDENTITY,
        "scope": "general", "staff": leader, **facts, **agreed, "informed": "on",
        "debtors_checked": "on", "originals": "0", "originals_title": "立案原件", "signing": "paper", **more,
    }  # fmt: skip


def received(made: Case, **more) -> ReceptionRecord:
    """Received, and its papers in the file."""
    Counter().receive(made, **more)
    work_off()
    assert clock.now()
    return ReceptionRecord.objects.get(case=made, kind__in=("reception", "check"))
