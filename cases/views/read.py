"""What the program makes of what is typed, told while the form is being filled in (`cases.readings`)."""

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from cases import readings
from teams.access import own_page


@require_POST
@own_page
def read(request, kind):
    """For whoever may open a form, administrators too: what may be told of others hangs on his post.
    `{"state": "ok|doubt|bad", "text", "value", "link", "url"}`. Sent, not asked for: no certificate in any log."""
    return JsonResponse(readings.read(kind, request.POST.get("q", ""), request.actor)._asdict())
