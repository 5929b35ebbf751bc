"""Cases at the counter, queries out and answered, for the tests of this room."""

from datetime import timedelta
from decimal import Decimal
from itertools import count

from django.test import Client

from assets import queries
from assets.models import Asset, QueryBatch
from cases import clock, jobs, steps
from cases.models import Job
from documents.exchange import manifest, receiving
from documents.models import Outgoing
from tests import make

_number = count(1)
BANK = "中国工商银行濮阳分行"


def identity(n: int | None = None) -> str:
    """An identity number of its own, with its check digit."""
    body = f"4109021980{1 + (n or next(_number)) // 900 % 12:02d}15{100 + (n or next(_number)) % 900:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def debtor(name: str, certificate: str = "", **given) -> steps.PartyData:
    return steps.PartyData(
        "debtor", name, certificate="identity", certificate_number=certificate or identity(), **given
    )


def counter(*names: str, amount: str = "10000", **given):
    """A case in reception with these debtors."""
    creditor = steps.PartyData("creditor", "阎怡娟", certificate="identity", certificate_number="410105196206239967")
    people = [debtor(name) for name in names or ("梁涵浩",)]
    return make.case(parties=[creditor, *people], amount=Decimal(amount), **given)


def debtors(*cases) -> list[int]:
    return [party.pk for case in cases for party in case.parties.filter(role="debtor").order_by("position")]


def sent(clerk, *cases) -> QueryBatch:
    """A batch for all debtors of the cases, its package in the folder."""
    batch = queries.send(debtors(*cases), clerk)
    work_off()
    return batch


def row(case, party=None, /, **given) -> dict:
    """One line of an answer: an account with 5 000 yuan unless told otherwise."""
    party = party or case.parties.filter(role="debtor").order_by("position").first()
    told = {
        "case": case.number, "certificate_number": party.certificate_number, "name": party.name, "kind": "deposit",
        "key": f"{BANK}|622208{party.pk:08d}1", "title": f"{BANK} 6222***{party.pk}1", "body": BANK, "amount": "5000.00",
        "as_of": (clock.now() - timedelta(minutes=1)).isoformat(), "facts": {"账户类型": "个人结算账户"},
    }  # fmt: skip
    return {name: value for name, value in {**told, **given}.items() if value is not None}


def answer(batch: QueryBatch, rows, *, name: str = "R1", **given) -> None:
    """The query system's answer lies in the folder, and is read."""
    outgoing = Outgoing.objects.get(kind="query", key=f"query:{batch.pk}")
    payload = {"status": "answered", "at": clock.now().isoformat(), "rows": list(rows), **given}
    put(outgoing, "query.receipt", payload, name)
    receiving.read_all()
    work_off()


def put(outgoing: Outgoing, kind: str, payload: dict, name: str = "R1"):
    from django.conf import settings

    folder = settings.EXCHANGE_DIR / "in"
    return manifest.write(
        folder, kind, payload, {}, id=f"{name}-{outgoing.pk}", created=clock.now(), answers=str(outgoing.uuid)
    )


KINDS = ("assets.answers", "assets.freeze", "document.issue", "exchange.send")


def work_off() -> None:
    """What of this room waits for the worker, until nothing does."""
    while rows := list(Job.objects.filter(state="waiting", kind__in=KINDS).order_by("pk")):
        for job in rows:
            assert jobs.run(job.pk), (job.kind, Job.objects.get(pk=job.pk).result)


def account(case, number: str = "6222", amount: str = "5000", **given) -> Asset:
    """A balance that is known already."""
    fields = {"party": case.parties.filter(role="debtor").order_by("position").first(), "kind": "deposit", **given}
    return Asset.objects.create(
        case=case, key=f"{BANK}|{number}", title=f"{BANK} {number}", body=fields.pop("body", BANK), amount=Decimal(amount),
        source="network", as_of=clock.now(), entered_at=clock.now(), **fields,
    )  # fmt: skip


def browser(actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    session = client.session
    session["posting"] = actor.posting.pk
    session.save()
    return client
