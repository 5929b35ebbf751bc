"""The one view through which files leave: rights of the case, secret volume apart, never run by the browser."""

from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from cases import journal, materials, rights
from cases.access import concerned
from cases.models import Approval, Material
from cases.refusals import Forbidden, Unseen

INLINE = {"application/pdf", "image/jpeg", "image/png"}


def download(request, material_id):
    material = get_object_or_404(Material.objects.select_related("case", "item__team"), pk=material_id)
    if material.case is None:
        _caseless(request.actor, material)
    else:
        rights.require(request.actor, material.case, "material")
        if material.secret_volume:
            if not rights.may_secret(request.actor, rights.standings(request.actor, [material.case])[material.case.pk]):
                raise Forbidden(rights.sentence(request.actor, "secret_volume"))
            _read(request.actor, material)
    how = "inline" if material.content_type in INLINE else "attachment"
    response = body(material)
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(material.original_name or material.title)}"
    response["X-Content-Type-Options"] = "nosniff"
    # In a sandbox, so that it runs nothing; our own pages may show it over a decision.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'self'"
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["Cache-Control"] = "private, no-store"
    return response


def _caseless(actor, material: Material) -> None:
    """A paper of a team's own chore or of a sheet without a case goes to whoever may open that."""
    if material.item is not None:
        rights.require_chore(actor, material.item, "view")
        return
    sheets = Approval.objects.filter(Q(materials=material) | Q(places__sheet=material), case=None).distinct()
    if actor.post in rights.OUTSIDE or not any(concerned(actor, sheet) for sheet in sheets):
        raise Unseen(str(material.pk))


@transaction.atomic
def _read(actor, material: Material) -> None:
    """A look into the 副卷 is told on the reader's own chain."""
    facts = {"case": material.case_id, "material": material.pk}
    journal.write([journal.Line(None, "read", "secret_volume", f"打开副卷：{material.title}", facts)], actor)


def body(material: Material) -> HttpResponseBase:
    """The file itself; behind nginx, its address for nginx, so that no web process is kept busy by a slow line."""
    if not settings.FILES_ACCEL:
        return FileResponse(materials.open_file(material), content_type=material.content_type)
    response = HttpResponse(content_type=material.content_type)
    response["X-Accel-Redirect"] = (
        f"{settings.FILES_ACCEL}{materials.path_of(material.sha256).relative_to(settings.FILES_DIR)}"
    )
    return response


download.action = "material"
