"""A number for every request, to be read out on the telephone; one access line each, kept at least six months."""

import logging
import secrets
from time import perf_counter

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
