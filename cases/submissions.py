"""Double submit: a form carries a key, and a repeat of the key answers with the first one's page.

The key's row is inserted in the act's own transaction: a repeat waits for the first to end, and an act that was
refused leaves no row behind.
"""

import uuid
from functools import wraps

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from cases import clock
from cases.models import Draft, Submission
from cases.refusals import Stale

FIELD = "submission"


def new_key() -> str:
    return uuid.uuid4().hex


class _NotDone(Exception):
    """The view answered with its form again: undo the row of the key, keep the answer."""

    def __init__(self, response: HttpResponse):
        self.response = response


def once(view):
    """Let a POST view act once per key; forms without a key (no hidden field) act each time."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        key = request.POST.get(FIELD, "")[:64] if request.method == "POST" else ""
        if not key:
            return view(request, *args, **kwargs)
        try:
            return _act(request, key, view, args, kwargs)
        except _NotDone as again:
            return again.response
        except IntegrityError:
            first = Submission.objects.filter(user=request.user, key=key).first()
            if first is None:
                raise
            messages.info(request, first.message or "该表单已经提交过，没有重复办理。")
            return redirect(first.location or "/")

    if hasattr(view, "action"):
        wrapper.action = view.action
    return wrapper


def _act(request, key: str, view, args, kwargs) -> HttpResponse:
    """Key and act in one transaction; a refusal that keeps what it wrote (`keeps`) is raised after the commit."""
    kept = None
    with transaction.atomic():
        row = Submission.objects.create(user=request.user, key=key, at=clock.now())
        try:
            return _finish(row, request, view(request, *args, **kwargs))
        except Stale as refusal:
            if not getattr(refusal, "keeps", False):
                raise
            kept = refusal
    raise kept


def _finish(row: Submission, request, response: HttpResponse) -> HttpResponse:
    if response.status_code not in (301, 302, 303) and response.status_code >= 400:
        raise _NotDone(response)
    Draft.objects.filter(user=request.user, path=request.path).delete()
    row.location = response.headers.get("Location", request.path)[:500]
    said = [str(message) for message in messages.get_messages(request)]
    messages.get_messages(request).used = False  # type: ignore[union-attr]
    row.message = (said[-1] if said else "")[:300]
    row.save(update_fields=["location", "message"])
    return response
