"""Start page, health, and the Chinese error pages."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError, connection
from django.http import JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from redis import Redis
from redis.exceptions import RedisError

from cases.hooks import Reason
from cases.models import WorkItem
from teams import hooks, moment, preferences
from teams.access import own_page, public
from teams.answers import CSRF, answer

DESKS = {  # a team whose work is at a desk of its own
    "reception": "reception:reception_desk",
    "archives": "archives:archive",
}
ALWAYS_AT_THE_DESK = ("court_president", "vice_president")
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


@own_page
def home(request):
    """Everybody starts where his work is: a signer at the desk, an administrator in the admin (ux §2.2)."""
    actor = request.actor
    if actor is None:
        return redirect("teams:inbox")
    if actor.kind == "administration":
        return redirect("cases:audit" if actor.post == "audit_admin" else "admin:index")
    start = preferences.of(request.user).start_page
    if start and hooks.may_open(actor, start):
        return redirect(start)
    if actor.post in ALWAYS_AT_THE_DESK or (actor.kind == "leadership" and due_today(actor)):
        return redirect("cases:sign")
    if actor.post == "contractor":
        return redirect("archives:my_scans")
    return redirect(DESKS.get(actor.kind, "cases:workbench"))


def due_today(actor) -> bool:
    """Whether a sheet waits that is to be signed today."""
    waiting = WorkItem.objects.filter(person=actor.user_id, open=True, approval__isnull=False)
    return waiting.filter(due_on__lte=moment.today()).exists()


@public
def favicon(request):
    """Browsers ask for it where a page names none."""
    return redirect(static("mark.svg"))


@public
def health(request):
    """200 while the database answers; Redis is reported, its absence stops background work only."""
    from django.conf import settings

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    try:
        Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.3, socket_timeout=0.3).ping()
        redis = "ok"
    except (RedisError, OSError):
        redis = "away"
    return JsonResponse({"database": "ok", "redis": redis})


def bad_request(request, exception=None):
    return answer(request, 413 if isinstance(exception, TOO_BIG) else 400)


def forbidden(request, exception=None):
    return answer(request, 403, [Reason(str(exception))] if exception and str(exception) else [])


def not_found(request, exception=None):
    return answer(request, 404)


def fault(request):
    """A fault of the program, or of the database behind it, which may come back."""
    away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    return answer(request, 503 if away else 500)


def csrf_failure(request, reason=""):
    return answer(request, 403, words=CSRF)
