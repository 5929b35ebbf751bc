"""The only ways a view of this room gets hold of something: a batch for who scans it, the rest for the centre."""

from functools import wraps

from django.db.models import Q
from django.shortcuts import get_object_or_404

from archives.models import Loan, ScanBatch, Volume
from cases import rights
from cases.access import office_view
from cases.refusals import Unseen
from documents.models import Bundle
from teams.models import Post

HELD = (ScanBatch.State.GIVEN, ScanBatch.State.READING, ScanBatch.State.OPEN)


def batch_view(view=None, *, own: bool = True):
    """Give the view the batch: to the centre's staff, and (`own`) to the contractor who holds it while he does."""

    def decorator(view):
        @office_view("scan_batch" if own else "archive_desk")
        @wraps(view)
        def wrapper(request, batch_id, *args, **kwargs):
            batch = get_object_or_404(ScanBatch.objects.select_related("bundle__case", "holder"), pk=batch_id)
            reach(request.actor, batch)
            return view(request, batch, *args, **kwargs)

        return wrapper

    return decorator(view) if view else decorator


def reach(actor, batch: ScanBatch) -> None:
    """A contractor finds his own batches and no other; a recused officer finds none of the case, and of a pile with a
    confidential case in it only who is named on it finds any (flow §7)."""
    if actor.post == Post.CONTRACTOR:
        if batch.holder_id != actor.user_id or batch.state not in HELD:
            raise Unseen(str(batch.pk))
        return
    held = Bundle.objects.filter(Q(batches=batch) | Q(scans__batch=batch)).select_related("case").distinct()
    if not all(standing.view for standing in rights.standings(actor, {bundle.case for bundle in held}).values()):
        raise Unseen(str(batch.pk))


def outside(actor) -> bool:
    """Whether the officer is a contractor: masked, marked and logged."""
    return actor.post == Post.CONTRACTOR


def _of_case(model, name: str):
    def view_of(view):
        @office_view("archive_desk")
        @wraps(view)
        def wrapper(request, *args, **kwargs):
            row = get_object_or_404(model.objects.select_related("case"), pk=kwargs.pop(name))
            rights.require(request.actor, row.case, "arrange_file")
            return view(request, row, *args, **kwargs)

        return wrapper

    return view_of


volume_view = _of_case(Volume, "volume_id")
loan_view = _of_case(Loan, "loan_id")
