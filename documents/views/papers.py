"""文书: begin a draft, change it, finish it, issue one or many, void; the team's desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases import rights
from cases.access import case_view, office_view
from cases.pages import item_page
from cases.present import present
from cases.refusals import Forbidden, Refused, Unseen
from cases.submissions import once
from cases.views.plain import answer, on_form
from documents import drafting, issuing, marked
from documents.access import document_view, may, may_draft
from documents.dossier.reading import tell
from documents.forms import AskedForm, BeginForm, VoidForm
from documents.kinds import KIND
from documents.models import Batch, Document
from documents.pages import desk, document_page


@office_view("docs")
def index(request):
    return render(request, "documents/index.html", desk.index(request, request.actor))


@case_view("draft_document")
@once
def begin(request, case):
    form = BeginForm(
        request.POST or None, case=case, actor=request.actor, initial={"kind": request.GET.get("kind", "")}
    )
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            if not may_draft(KIND[data["kind"]], case, request.actor):
                raise Forbidden("本文书不由您的团队拟制。")
            document = drafting.begin(case, data["kind"], request.actor, subject=data["subject"])
            return redirect("documents:paper", document.pk)
    return answer(
        request, "cases/case_form.html", item_page.case_form_page(case, request.actor, "拟制文书", button="拟稿"), form
    )


@document_view("view")
def document(request, document):
    """The draft with its form, or the issued paper."""
    form = AskedForm(KIND[document.kind], initial=document.asked)
    return render(request, "documents/document.html", {**document_page.page(document, request.actor), "form": form})


@require_POST
@document_view("draft_document")
def preview(request, document):
    """The paper with what is in the form now, nothing stored."""
    document.asked = asked_of(request, document)
    return render(request, "documents/_paper.html", document_page.preview(document))


@require_POST
@document_view("draft_document")
@once
def save(request, document):
    """Save the form; with `do=finish` or `do=issue` go on at once."""
    form = AskedForm(KIND[document.kind], request.POST)
    if form.is_valid():
        with on_form(form):
            document = drafting.change(document, form.cleaned_data, request.actor, seen=request.POST.get("seen", ""))
            said = go_on(request, document)
            messages.success(request, said)
            return redirect("documents:paper", document.pk)
    return answer(request, "documents/document.html", document_page.page(document, request.actor), form)


def go_on(request, document: Document) -> str:
    do = request.POST.get("do", "")
    if do == "finish":
        drafting.finish(document, request.actor)
        return "已定稿，可以报请签批。"
    if do == "issue":
        rights.require(request.actor, document.case, "issue_document")
        issuing.issue(document, request.actor)
        return "已送制发，稍候即可打开。"
    return "已保存。"


def asked_of(request, document: Document) -> dict:
    return {name: request.POST.get(name, "").strip() for name in AskedForm(KIND[document.kind]).fields}


@require_POST
@document_view("draft_document")
@once
def drop(request, document):
    drafting.drop(document, request.actor)
    messages.success(request, f"已弃用：{document.title}。")
    return redirect(f"/cases/{document.case_id}/?tab=documents")


@document_view("void_document")
@once
def void(request, document):
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            issuing.void(document, form.cleaned_data["reason"], request.actor)
            messages.success(request, "文书已作废，文号和文件保留。")
            return redirect("documents:paper", document.pk)
    page = item_page.case_form_page(document.case, request.actor, f"作废：{document.title}", button="作废这份文书")
    page |= {"back": reverse("documents:paper", args=[document.pk]), "back_label": "返回文书"}
    return answer(request, "cases/case_form.html", page, form)


@document_view("print")
def copies(request, document):
    """各联: every copy with its mark, to print; who printed it is told."""
    content = marked.copies(document)
    tell(present(document.material), "print", f"打印各联：{document.title}", {}, request.actor)
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": "inline"})


@require_POST
@office_view("docs")
@once
def issue_many(request):
    """批量制发: the chosen drafts, each by itself; the page of the batch tells how far it is."""
    ids = [int(pk) for pk in request.POST.getlist("document") if pk.isdigit()]
    found = Document.objects.filter(pk__in=ids, posting__team_id=request.actor.team_id)
    rows = list(found.select_related("case", "approval", "posting"))
    standing = rights.standings(request.actor, [row.case for row in rows])
    rows = [row for row in rows if may(request.actor, standing[row.case_id], row, "issue_document")]
    if not rows:
        raise Refused("请先勾选要制发的文书。")
    batch, results = issuing.issue_many(rows, request.actor)
    for result in results:
        if result.refusal:
            messages.warning(request, f"{result.document.case.number}「{result.document.title}」{result.refusal}")
    return redirect("documents:issued_together", batch.pk)


@office_view("docs")
def batch(request, batch_id):
    """How far the batch is; a fragment while it is asked again."""
    row = get_object_or_404(Batch, pk=batch_id)
    if row.team_id != request.actor.team_id:
        raise Unseen(str(batch_id))
    template = "documents/_progress.html" if request.htmx else "documents/batch.html"
    return render(request, template, desk.progress(row))
