"""Refusals become pages: 422 with the way out, 409 for a lost race, 403 with the reason, 404 for what is unseen.
A form sent from the side panel ends on the list behind it."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django_fsm import TransitionNotAllowed

from cases.hooks import Reason
from cases.refusals import Forbidden, Refused, Stale, Unseen
from teams.answers import answer


class RefusalMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            return answer(request, 405)
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, Refused):
            return answer(request, 422, exception.reasons)
        if isinstance(exception, Stale):
            return answer(request, 409, [Reason(str(exception))])
        if isinstance(exception, Forbidden):
            return answer(request, 403, [Reason(str(exception))])
        if isinstance(exception, Unseen):
            return answer(request, 404, [])
        if isinstance(exception, TransitionNotAllowed):
            return answer(request, 422, [Reason("案件的阶段已经变化，不能办理该步骤，请刷新后再看。")])
        return None


class PanelMiddleware:
    """After an act in the side panel the list behind is to show what became of it: no redirect, but a word to the page.

    What leads to another view of the item stays in the panel, unless a row's own button was pressed (`X-Row`).
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        in_panel = request.htmx and request.htmx.target == "panel-body"
        if not in_panel or response.status_code != 302:
            return response
        if response.url.startswith("/items/") and request.headers.get("X-Row") != "1":
            return response
        told = list(messages.get_messages(request))
        word = {"text": " ".join(str(message) for message in told)}
        if offers := [tag for message in told if (tag := undo_of(message))]:
            word["undo"] = offers[-1]
        return HttpResponse(status=204, headers={"HX-Trigger": json.dumps({"done": word})})


def undo_of(message) -> str:
    """The offer to take the act back, which travels in the message's extra tags."""
    tags = message.extra_tags or ""
    return tags.removeprefix("undo:") if tags.startswith("undo:") else ""
