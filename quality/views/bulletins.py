"""质效通报: making a month's, reading it as it was frozen, issuing it; PDF and Excel."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header

from cases import excel, journal, rights
from cases.access import office_view
from cases.submissions import once
from cases.views.exports import export as send
from cases.views.plain import answer, on_form
from documents import word_file
from quality import bulletin, bulletin_paper, spans
from quality.forms_bulletin import IssueForm, MakeForm
from quality.models import Bulletin, BulletinIssue
from quality.pages import bulletin_page


@office_view("stats")
@once
def index(request):
    """The list; those who may make one choose the month there."""
    if request.method == "POST":
        rights.require_office(request.actor, "bulletin_make")
    form = MakeForm(request.POST or None, months=bulletin_page.finished_months())
    if request.method == "POST" and form.is_valid():
        span = spans.read(form.cleaned_data["month"])
        with on_form(form):
            bulletin.ask(span.first, form.cleaned_data["reason"], request.actor)
            messages.success(request, f"正在生成{span.label}通报，完成后列于下方。")
            return redirect("quality:bulletins")
    return answer(request, "quality/bulletins.html", bulletin_page.index(request, request.actor), form)


@office_view("stats")
@once
def one(request, bulletin_id):
    """One version as it was frozen; its leader writes what it shows and issues it."""
    row = get_object_or_404(Bulletin.objects.select_related("made_by"), pk=bulletin_id)
    if request.method == "POST":
        rights.require_office(request.actor, "bulletin_issue")
    form = IssueForm(request.POST or None, initial=bulletin_page.typed_before(row))
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            bulletin.ask_issue(row, form.cleaned_data, request.actor)
            messages.success(request, "正在生成通报文件，完成后可在本页下载。")
            return redirect("quality:bulletin", row.pk)
    return answer(request, "quality/bulletin.html", bulletin_page.one(row, request.actor), form)


@office_view("stats")
def rows(request, bulletin_id):
    row = get_object_or_404(Bulletin, pk=bulletin_id)
    return render(request, "quality/stats_list.html", bulletin_page.rows(request, row, request.actor))


@office_view("stats")
def rows_export(request, bulletin_id):
    row = get_object_or_404(Bulletin, pk=bulletin_id)
    return send(request, lambda asked, actor: bulletin_page.listing(asked, row, actor))


@office_view("stats")
def pdf(request, bulletin_id):
    """The paper as it went out."""
    issued = get_object_or_404(BulletinIssue.objects.select_related("bulletin"), bulletin=bulletin_id)
    rights.require_office(request.actor, "print")
    return _file(bytes(issued.pdf), "application/pdf", f"{issued.bulletin}.pdf")


@office_view("stats")
def word(request, bulletin_id):
    """The issued words as a Word file, to go on writing in."""
    issued = get_object_or_404(BulletinIssue.objects.select_related("bulletin"), bulletin=bulletin_id)
    rights.require_office(request.actor, "export")
    content = bulletin_paper.word(issued)
    facts = {"list": "bulletin_word", "bulletin": issued.bulletin_id}
    with transaction.atomic():
        journal.write([journal.Line(None, "read", "export", f"导出{issued.bulletin}（Word）", facts)], request.actor)
    return _file(content, word_file.TYPE, f"{issued.bulletin}.docx")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    found = HttpResponse(content, content_type=kind)
    found["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    found["X-Content-Type-Options"] = "nosniff"
    found["Cache-Control"] = "no-store"
    return found


@office_view("stats")
def sheets(request, bulletin_id):
    row = get_object_or_404(Bulletin, pk=bulletin_id)
    rights.require_office(request.actor, "export")
    content = bulletin_paper.sheets(row, request.actor)
    facts = {"list": "bulletin", "bulletin": row.pk, "count": len(row.figures["indicators"])}
    with transaction.atomic():
        journal.write([journal.Line(None, "read", "export", f"导出{row}", facts)], request.actor)
    return excel.response(content, f"{row}.xlsx")
