"""What the program makes of what is typed, told while the form is being filled in (`cases.readings`)."""

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from cases import readings
from cases.access import office_view


@require_POST
@office_view("workbench")
def read(request, kind):
    """`{"state": "ok|doubt|bad", "text", "value", "link", "url"}`. Sent, not asked for: no certificate in any log."""
    return JsonResponse(readings.read(kind, request.POST.get("q", ""), request.actor)._asdict())
