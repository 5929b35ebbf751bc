"""Nothing typed is lost: what a refused form carried becomes its writer's draft, and the page keeps its form.

Forms of whole pages are sent by htmx into `main` (static_src/forms.js); without scripts they are plain posts. An act
that was done leaves the page; a refused one comes back with its form, or, where there is no form to come back with
(no right any more, somebody was faster), as a sentence above the form that still stands there.
"""

import logging
import re

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from cases import clock
from cases.models import Draft
from cases.submissions import FIELD

log = logging.getLogger(__name__)
MOST = 20_000  # characters of one draft
NOT_KEPT = re.compile(r"csrfmiddlewaretoken|submission|version|keep_.*|.*password.*")
UNREADABLE = (RequestDataTooBig, SuspiciousOperation, UnreadablePostError, MultiPartParserError)


class TypedMiddleware:
    """Stands before the end of sessions: what is sent a minute too late is kept as well."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        writer = request.user.pk if request.method == "POST" else None
        response = self.get_response(request)
        if writer is not None and refused(response):
            keep(writer, request)
        if request.headers.get("X-Typed") == "1":
            return beside(request, response)
        return response


def refused(response: HttpResponse) -> bool:
    return response.status_code >= 400 or response.headers.get("Location", "").startswith(settings.LOGIN_URL)


def keep(writer: int, request: HttpRequest) -> None:
    """Make what was sent a draft; a body that cannot be read, or a database that is away, leaves none."""
    try:
        if FIELD not in request.POST:
            return
        typed = {name: values for name, values in request.POST.lists() if not NOT_KEPT.fullmatch(name)}
        said = "".join("".join(values) for values in typed.values())
        if said and len(said) <= MOST:
            fields = {"data": typed, "at": clock.now()}
            Draft.objects.update_or_create(user_id=writer, path=request.path[:200], defaults=fields)
    except UNREADABLE:
        return
    except DatabaseError:
        log.warning("draft of %s not kept", request.path)


def beside(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What htmx is to do: leave the page after an act, show a refusal above the form, or take the form that came back."""
    if response.status_code == 302 and request.headers.get("HX-Target") == "main":
        gone = HttpResponse(headers={"HX-Redirect": response.headers["Location"]})
        gone.cookies = response.cookies
        return gone
    comes_back = response.status_code in (409, 422) and "X-Told" not in response.headers
    if response.status_code >= 400 and not comes_back:
        response.headers["HX-Retarget"] = "form[data-sent] .form-said"
        response.headers["HX-Reswap"] = "innerHTML"
        response.headers["HX-Reselect"] = ".refusal, #main .card"
    return response
