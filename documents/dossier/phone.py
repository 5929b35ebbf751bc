"""The phone beside the desk: a signed address, good for ten minutes, that takes files of one case and shows nothing.

An account has one log-in at a time, so the phone does not log in: the address carries who opened it and which log-in,
and ends with either. Every file is filed by that officer, with the rights he has at that moment.
"""

from datetime import timedelta
from typing import NamedTuple

from django.core import signing
from django.shortcuts import get_object_or_404

from cases import rights
from cases.models import Case
from cases.refusals import Unseen
from teams.actor import Actor
from teams.models import Posting, User

SALT = "documents.dossier.phone"
GOOD_FOR = timedelta(minutes=10)


class Ended(Exception):
    """The address is over: ten minutes, another log-in, or never ours."""


class Guest(NamedTuple):
    case: Case
    actor: Actor


def address(case: Case, actor: Actor) -> str:
    """The path behind the QR code."""
    if actor.user is None or actor.posting is None:
        raise Unseen(case.number)
    told = [case.pk, actor.user.pk, actor.posting.pk, actor.user.session_token[:12]]
    return f"/phone/{signing.dumps(told, salt=SALT)}/"


def guest(token: str) -> Guest:
    """Who comes with this address. Raises Ended; Unseen or Forbidden when he may no longer file into the case."""
    try:
        case_id, user_id, posting_id, log_in = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError):
        raise Ended from None
    user = User.objects.filter(pk=user_id, is_active=True).first()
    posting = Posting.objects.filter(pk=posting_id, person_id=user_id).select_related("team").first()
    if user is None or posting is None or not log_in or user.session_token[:12] != log_in:
        raise Ended
    actor, case = Actor.of(user, posting), get_object_or_404(Case, pk=case_id)
    rights.require(actor, case, "file_material")
    return Guest(case, actor)
