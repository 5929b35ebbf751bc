"""The one view through which files leave: rights of the case, secret volume apart, never run by the browser."""

from urllib.parse import quote

from django.http import FileResponse
from django.shortcuts import get_object_or_404

from cases import journal, materials, rights
from cases.models import Material
from cases.refusals import Unseen

INLINE = {"application/pdf", "image/jpeg", "image/png"}


def download(request, material_id):
    material = get_object_or_404(Material.objects.select_related("case"), pk=material_id)
    if material.case is None:
        raise Unseen(str(material_id))
    rights.require(request.actor, material.case, "material")
    if material.secret_volume:
        rights.require(request.actor, material.case, "secret_volume")
        journal.write(
            [journal.Line(None, "read", "secret_volume", f"打开副卷：{material.title}", {"material": material.pk})],
            request.actor,
        )
    how = "inline" if material.content_type in INLINE else "attachment"
    response = FileResponse(materials.open_file(material), content_type=material.content_type)
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(material.original_name or material.title)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


download.action = "material"
