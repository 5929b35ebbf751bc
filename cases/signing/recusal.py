"""A recused officer has no sheet of the case before him: what waits for him goes to whoever signs now."""

from cases import hooks
from cases.models import ApprovalPlace, Case
from teams.actor import Actor

from .queues import reroute_one


@hooks.recused()
def sheets_follow(case: Case, user_id: int, by: Actor) -> None:
    waiting = ApprovalPlace.objects.filter(approval__case=case, signer_id=user_id, state=ApprovalPlace.State.WAITING)
    for place in waiting.select_related("approval").order_by("approval_id"):
        reroute_one(place.approval, by)
