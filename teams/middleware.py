"""Every request: the session still holds, the officer is logged in, and acts at one posting."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from teams import moment, origin, passwords, sessions
from teams.actor import Actor
from teams.queries import current_posting


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """Redirect a page; tell htmx to leave the page it is on."""
    if sessions.is_live(request):
        return HttpResponse(status=401)  # the page says so itself and keeps what was typed
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=401, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def to_login(request: HttpRequest, why: str = "") -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" and not sessions.is_live(request) else ""
    if current := request.headers.get("HX-Current-URL"):
        back = urlsplit(current).path
    words = {name: value for name, value in (("ended", why), ("next", back)) if value and value != "/"}
    return go_to(request, f"{settings.LOGIN_URL}?{urlencode(words)}" if words else settings.LOGIN_URL)


def actor_of(request: HttpRequest) -> Actor | None:
    posting = current_posting(request)
    return Actor.of(request.user, posting) if posting else None


class SessionLimitMiddleware:
    """Ends what is idle, old, or replaced by a newer log-in; the clock cannot be set while a request runs."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response
        self.officer = import_string("huanglong_exec.logs.officer")  # by name: it stands above this floor

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = moment.in_request.set(True)
        officer = self.officer.set(None)
        address = origin.address.set(origin.of(request))
        try:
            if request.user.is_authenticated:
                self.officer.set(request.user.pk)
                if why := sessions.check(request):
                    return to_login(request, why)
            return self.get_response(request)
        finally:
            moment.in_request.reset(token)
            self.officer.reset(officer)
            origin.address.reset(address)


class LoginRequiredMiddleware:
    """Everything needs log-in but views marked public; sets `request.actor`."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: actor_of(request))
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args, kwargs) -> HttpResponse | None:
        if getattr(view, "public", False):
            return None
        if not request.user.is_authenticated:
            return to_login(request)
        request.actor = actor_of(request)
        own = getattr(view, "action", "") is None
        if passwords.must_change(request.user) and request.path not in (
            reverse("teams:password"),
            reverse("teams:logout"),
        ):
            return go_to(request, reverse("teams:password"))
        if request.actor is None and not own:
            return render(request, "teams/no_posting.html", status=403)
        return None
