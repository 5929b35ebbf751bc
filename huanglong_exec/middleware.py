"""A number for every request, to be read out on the telephone; one access line each, kept at least six months."""

import logging
import secrets
from time import perf_counter

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from huanglong_exec import logs

log = logging.getLogger("access")


class RequestNumberMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.number = secrets.token_hex(4).upper()
        token = logs.request_number.set(request.number)
        began = perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-Number"] = request.number
            spent = round((perf_counter() - began) * 1000)
            log.info("%s %s %s %s ms", request.method, request.path, response.status_code, spent)
            return response
        finally:
            logs.request_number.reset(token)


NUL = "\x00"
UNREADABLE = (RequestDataTooBig, SuspiciousOperation, UnreadablePostError, MultiPartParserError)


class NoNulMiddleware:
    """A NUL is no text and the database stores none: it is left out once, wherever it was typed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        asked = request.META.get("QUERY_STRING", "")
        if "%00" in asked:
            request.META["QUERY_STRING"] = asked.replace("%00", "")
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        read = hasattr(request, "_post") or request.content_type == "application/x-www-form-urlencoded"
        if request.method != "POST" or not read:  # a stream that nobody has read belongs to the view
            return None
        try:
            posted = request.POST
        except UNREADABLE:
            return None  # the page that reads it says what is wrong
        if any(NUL in value for _, values in posted.lists() for value in values):
            clean = posted.copy()
            for name, values in posted.lists():
                clean.setlist(name, [value.replace(NUL, "") for value in values])
            request.POST = clean
        return None
