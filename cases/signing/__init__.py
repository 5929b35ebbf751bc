"""Signatures: one approval is a chain of places; the act happens only when the last one signs.

`asking` brings it to life, `signers` says who signs, `sheets` what binds the signature, `signatures` what a
signature does, `paper` the route by pen, `queues` what waits for whom.
"""

from . import closings, recusal, voiding  # noqa: F401  fill their hooks
from .asking import ask
from .paper import attach_sheet, confirm_sheet, paper_allowed, second_person
from .password import confirm_password, signing_unlocked
from .queues import can_sign, queue, reroute, reroute_one, signed_by, waiting
from .sheets import Content, read
from .signatures import Changed, Result, reject, reject_many, sign, sign_many
from .withdrawing import opened, take_back, why_not_taken_back, why_not_withdrawn, withdraw

__all__ = [
    "Changed",
    "Content",
    "Result",
    "ask",
    "attach_sheet",
    "can_sign",
    "confirm_password",
    "confirm_sheet",
    "opened",
    "paper_allowed",
    "queue",
    "read",
    "reject",
    "reject_many",
    "reroute",
    "reroute_one",
    "second_person",
    "sign",
    "sign_many",
    "signed_by",
    "signing_unlocked",
    "take_back",
    "waiting",
    "why_not_taken_back",
    "why_not_withdrawn",
    "withdraw",
]
