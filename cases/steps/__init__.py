"""The door: `register` alone creates cases, `take_steps` alone moves them (see `moving` and `registering`)."""

from .moving import Offer, Outcome, blockers, steps_for, take_step, take_steps
from .registering import BasisData, ClaimData, LinkData, PartyData, Registration, register

__all__ = [
    "BasisData",
    "ClaimData",
    "LinkData",
    "Offer",
    "Outcome",
    "PartyData",
    "Registration",
    "blockers",
    "register",
    "steps_for",
    "take_step",
    "take_steps",
]
