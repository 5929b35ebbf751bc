"""核验: whether a paper at hand is the issued one, by the code printed on it; the file is compared in the browser's upload."""

import hashlib

from django.shortcuts import render

from cases import rights
from cases.access import office_view
from cases.refusals import Forbidden, Unseen
from documents.models import Document


@office_view("verify_document")
def verify(request):
    """GET shows what the code stands for; POST compares a file with what was issued."""
    code = (request.GET.get("code") or request.POST.get("code", "")).strip().upper()[:20]
    found = Document.objects.select_related("case", "material").filter(check_code=code).first() if code else None
    page = {"code": code, "asked": bool(code), "found": None, "same": None}
    if found:
        page["found"] = told(found, request.actor)
    upload = request.FILES.get("paper")
    if found and upload:
        digest = hashlib.sha256()
        for chunk in upload.chunks():
            digest.update(chunk)
        page["same"] = digest.hexdigest() == found.material.sha256
    return render(request, "documents/verify.html", page)


def told(document: Document, actor) -> dict:
    """Title, number and day for any officer; the case only for who may see it."""
    try:
        rights.require(actor, document.case, "view")
        url = f"/docs/{document.pk}/"
    except (Unseen, Forbidden):
        url = ""
    return {
        "title": document.title.partition("　")[0],
        "number": document.number or document.case.number,
        "issued": document.issued_at,
        "void": document.void_reason if document.state == Document.State.VOID else "",
        "sha256": document.material.sha256 if document.material else "",
        "url": url,
    }
