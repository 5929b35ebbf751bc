"""The only way a view gets hold of a case, an item or an approval: named in the URL, if you may.

A case out of sight is 404; one that may be seen but not acted on is 403 with the reason. Each decorator leaves
the action on the view, where a test that walks every URL finds it.
"""

from functools import wraps

from django.shortcuts import get_object_or_404

from cases import rights
from cases.models import Approval, Case, WorkItem
from cases.refusals import Forbidden, Unseen


def case_view(action: str):
    """Give the view the case, if the officer may take the action on it."""

    def decorator(view):
        @wraps(view)
        def wrapper(request, case_id, *args, **kwargs):
            case = get_object_or_404(Case, pk=case_id)
            rights.require(request.actor, case, action)
            return view(request, case, *args, **kwargs)

        wrapper.action = action
        return wrapper

    return decorator


def item_view(action: str):
    """Give the view the item; a team's own chore without a case belongs to its team alone."""

    def decorator(view):
        @wraps(view)
        def wrapper(request, item_id, *args, **kwargs):
            item = get_object_or_404(WorkItem.objects.select_related("case", "team"), pk=item_id)
            if item.case is not None:
                rights.require(request.actor, item.case, action, item=item)
            else:
                rights.require_chore(request.actor, item, action)
            return view(request, item, *args, **kwargs)

        wrapper.action = action
        return wrapper

    return decorator


def approval_view(action: str):
    """Give the view the approval: to those who see its case, and to its maker and signers."""

    def decorator(view):
        @wraps(view)
        def wrapper(request, approval_id, *args, **kwargs):
            approval = get_object_or_404(Approval.objects.select_related("case", "team"), pk=approval_id)
            _reach(request.actor, approval, action)
            return view(request, approval, *args, **kwargs)

        wrapper.action = action
        return wrapper

    return decorator


def _reach(actor, approval: Approval, action: str) -> None:
    """Through the case; one's own signed sheet may be looked at also when the case has gone out of sight."""
    if approval.case is None:
        if actor.post in rights.OUTSIDE or not concerned(actor, approval):
            raise Unseen(approval.title)
        rights.require_office(actor, action)
        return
    try:
        rights.require(actor, approval.case, action)
    except Unseen:
        signed = approval.places.filter(signed_by_id=actor.user_id).exists()
        if action != "view" or not signed or approval.case_id in rights.recused_from(actor):
            raise


def concerned(actor, approval: Approval) -> bool:
    """Maker's team, or one of the signers, of an approval that belongs to no case."""
    if approval.team_id == actor.team_id:
        return True
    places = approval.places.all()
    return any(actor.user_id in (p.signer_id, p.signed_by_id, p.on_behalf_of_id) for p in places)


def office_view(action: str):
    """A page of the office that needs no case: import, staffing, statistics, audit, own queues."""

    def decorator(view):
        @wraps(view)
        def wrapper(request, *args, **kwargs):
            if request.actor is None:
                raise Forbidden("您目前没有任职，请联系系统管理员。")
            rights.require_office(request.actor, action)
            return view(request, *args, **kwargs)

        wrapper.action = action
        return wrapper

    return decorator
