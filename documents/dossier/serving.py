"""How what was made from papers leaves: by the program, or behind nginx by its address in the file store."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from cases.refusals import Unseen


def sent(path: Path, content_type: str) -> HttpResponseBase:
    """The file; Unseen when it is not there (any more)."""
    if not path.exists():
        raise Unseen(path.name)
    response: HttpResponseBase
    if settings.FILES_ACCEL:
        response = HttpResponse(content_type=content_type)
        response["X-Accel-Redirect"] = f"{settings.FILES_ACCEL}{path.relative_to(settings.FILES_DIR)}"
    else:
        response = FileResponse(path.open("rb"), content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response
