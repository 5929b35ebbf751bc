"""合并文件 of a volume: asked for, followed, fetched."""

from urllib.parse import quote

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from cases import context
from cases.access import case_view
from cases.pages.item_page import case_line
from cases.pages.lights import stamp
from cases.refusals import Forbidden, Refused
from cases.rights import sentence
from cases.submissions import once
from cases.views.plain import answer, on_form
from documents.dossier import copies, volumes
from documents.dossier.forms import CopyForm
from documents.dossier.serving import sent
from documents.models import Copy

SHOWN = 20


@case_view("print")
@once
def index(request, case):
    """The form, and the copies made lately: of the 副卷 only for who may open it."""
    secret = volumes.may_secret(case, request.actor)
    form = CopyForm(request.POST or None, secret=secret, initial={"volume": Copy.Volume.MAIN})
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            copies.ask(case, data["volume"], data["reason"], request.actor)
            messages.success(request, "正在生成合并文件，完成后在下面取用。")
            return redirect("documents:dossier_copies", case.pk)
    ctx, rows = context.read(), Copy.objects.filter(case=case).select_related("by").order_by("-pk")
    if not secret:
        rows = rows.exclude(volume=Copy.Volume.SECRET)
    page = {"case": case_line(case), "rows": [row_of(ctx, row) for row in rows[:SHOWN]]}
    return answer(request, "documents/dossier_copies.html", page, form)


def row_of(ctx, row: Copy) -> dict:
    there = copies.there(row)
    return {
        "volume": row.get_volume_display(),
        "by": row.by.name,
        "at": stamp(ctx, row.asked_at),
        "reason": row.reason,
        "pages": row.pages,
        "problem": row.problem,
        "waiting": not row.made_at and not row.problem,
        "gone": bool(row.made_at) and not there,
        "url": f"/cases/{row.case_id}/dossier/copies/{row.pk}/" if there else "",
    }


@case_view("print")
def fetch(request, case, copy_id):
    copy = get_object_or_404(Copy, pk=copy_id, case=case)
    if copy.volume == Copy.Volume.SECRET and not volumes.may_secret(case, request.actor):
        raise Forbidden(sentence(request.actor, "secret_volume"))
    if not copies.there(copy):
        raise Refused("合并文件还没有生成，或已过一日不再保留：请重新生成。")
    response = sent(copies.path_of(copy), "application/pdf")
    copies.taken(copy, request.actor)
    name = quote(f"{case.number} {copy.get_volume_display()}.pdf")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    response["Cache-Control"] = "private, no-store"
    return response
