"""Freezes proposed, signed and sent, for the tests of freezes and of their receipts."""

import json
from decimal import Decimal

from django.conf import settings

from assets import freezing
from cases import signing
from cases.models import Approval, Case
from teams.actor import Actor
from tests.assets.helpers import work_off


def proposed(case) -> dict[str, tuple[Decimal, str]]:
    (offer,) = freezing.offers([Case.objects.get(pk=case.pk)])
    return {line.asset.key.rpartition("|")[2]: (line.amount, line.why_not) for line in offer.lines}


def propose(clerk, *assets, **amounts):
    """The assets with their whole proposal, or with the amounts given by number."""
    chosen = {}
    for offer in freezing.offers({asset.case for asset in assets}):
        for line in offer.lines:
            if line.asset in assets:
                given = amounts.get(f"n{line.asset.key.rpartition('|')[2]}")
                chosen[line.asset.pk] = Decimal(given) if given else line.amount
    result = freezing.propose(chosen, clerk)
    work_off()
    return result


def judge_of(approval: Approval) -> Actor:
    return Actor.of(approval.places.get(state="waiting").signer)


def sign() -> None:
    for approval in Approval.objects.filter(act="ruling", state="waiting"):
        signing.sign(approval, judge_of(approval))
    work_off()


def packages(kind: str = "freeze") -> list[dict]:
    folders = sorted((settings.EXCHANGE_DIR / "out").glob(f"{kind}-*"))
    return [json.loads((folder / "payload.json").read_text()) for folder in folders]
