"""The record of a reception in the URL: reception's own, of a case its officer sees."""

from functools import wraps

from django.shortcuts import get_object_or_404

from cases import rights
from cases.access import office_view
from cases.refusals import Unseen
from reception.models import ReceptionRecord


def record_view(view):
    """Give the view the record; of a case out of sight there is none."""

    @office_view("reception_desk")
    @wraps(view)
    def wrapper(request, record_id, *args, **kwargs):
        rows = ReceptionRecord.objects.select_related("case", "by", "party", "document__material", "address", "bundle")
        record = get_object_or_404(rows, pk=record_id)
        if not rights.standings(request.actor, [record.case])[record.case_id].view:
            raise Unseen(record.case.number)
        return view(request, record, *args, **kwargs)

    return wrapper
