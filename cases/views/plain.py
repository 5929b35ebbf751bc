"""What every view with a plain form shares: the answer, the refusal told on the form, the paper filed."""

from contextlib import contextmanager

from django.db import transaction
from django.shortcuts import render
from django.utils.html import format_html

from cases import materials
from cases.hooks import Reason
from cases.refusals import Refused


def answer(request, template: str, page: dict, form):
    """The page with its form; 422 when it has been refused, 409 when somebody else has changed the same meanwhile."""
    refused = 409 if getattr(form, "conflicts", None) else 422
    status = refused if request.method == "POST" else 200
    return render(request, template, {**page, "form": form}, status=status)


@contextmanager
def on_form(form):
    """What is done inside happens whole or not at all; a refusal is told on the form, with all that was typed."""
    try:
        with transaction.atomic():
            yield
    except Refused as refusal:
        for reason in refusal.reasons:
            form.add_error(None, said(reason))


def said(reason: Reason) -> str:
    if not reason.url:
        return reason.text
    return format_html('{} <a href="{}">{}</a>', reason.text, reason.url, reason.remedy or "去办理")


def paper(request, form, case, kind: str, item=None):
    """File the form's paper, if there is one."""
    upload = form.cleaned_data.get("paper")
    if not upload:
        return None
    return materials.file(
        case,
        upload,
        kind=kind,
        by=request.actor,
        title=upload.name,
        item=item,
        happened_at=form.cleaned_data.get("happened_at"),
    )
