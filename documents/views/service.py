"""送达: a paper's services, each sent, served or failed by a form; many at once electronically; the seal."""

from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases import rights
from cases.access import item_view, office_view
from cases.pages import item_page
from cases.refusals import Forbidden, Refused, Unseen
from cases.submissions import once
from cases.views.plain import answer, on_form
from documents import delivery_runs, proofs, sealing, service_rules, serving
from documents.access import document_view, may, may_draft, require, secret
from documents.kinds import KIND
from documents.models import Service, ServiceRun
from documents.pages import service_page
from documents.service_forms import AddForm, FailedForm, GiveUpForm, SealedForm, SendForm, ServedForm
from documents.service_rules import Way
from documents.serving import Proof
from teams.actor import Actor


def service_view(action: str):
    """Give the view the service, if the officer may take the action on its case and may read the paper."""

    def decorator(view):
        @wraps(view)
        def wrapper(request, service_id, *args, **kwargs):
            rows = Service.objects.select_related(
                "document__case__team", "document__posting__person", "document__posting__team", "document__material",
                "document__approval", "party",
            )  # fmt: skip
            service = get_object_or_404(rows, pk=service_id)
            require(request.actor, service.document, action)
            if reason := secret(service.document, request.actor):
                raise Forbidden(reason)
            return view(request, service, *args, **kwargs)

        wrapper.action = action
        return wrapper

    return decorator


@document_view("view")
def services(request, document):
    return render(request, "documents/services.html", service_page.page(document, request.actor))


def _form(request, document, verb: str, form, button: str = ""):
    page = item_page.case_form_page(document.case, request.actor, verb, button=button or verb.partition("：")[0])
    page |= {"back": reverse("documents:services", args=[document.pk]), "back_label": "返回送达"}
    return answer(request, "cases/case_form.html", page, form)


def _what(service) -> str:
    """The paper, and who is to have it where its title does not name him."""
    title = service.document.title
    return title if service.name in title else f"{title}，送{service.name}"


def _back(document):
    return redirect("documents:services", document.pk)


@document_view("serve_document")
@once
def add_service(request, document):
    parties = document.case.parties.order_by("role", "position")
    form = AddForm(request.POST or None, parties=parties)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            party = next((each for each in parties if str(each.pk) == data["party"]), None)
            name, to = (party.name, data["to"] or party.address) if party else (data["name"], data["to"])
            serving.add(document, name, to, request.actor, party=party)
            messages.success(request, f"已增加受送达人：{name}。")
            return _back(document)
    return _form(request, document, f"增加受送达人：{document.title}", form)


@service_view("serve_document")
@once
def send(request, service):
    way = request.GET.get("way", Way.POST)
    form = SendForm(
        request.POST or None, request.FILES or None, service=service,
        initial={"way": way, "on": "今天", "to": service.to or (service.party.address if service.party else "")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            sent = serving.send(
                service, data["way"], data["on"], request.actor, to=data["to"], number=data["number"],
                note=data["note"], upload=data["paper"],
            )  # fmt: skip
            messages.success(request, f"{sent.get_way_display()}已登记：{service.name}。")
            return _back(service.document)
    return _form(request, service.document, f"登记发出：{_what(service)}", form)


@service_view("serve_document")
@once
def served(request, service):
    form = ServedForm(
        request.POST or None, request.FILES or None, service=service,
        initial={"way": service.way or Way.DIRECT, "on": "今天", "servers": request.actor.name},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            relation = service_rules.RELATIONS[data["relation"]]
            signer = data["signer"] or service.name
            if service_rules.unsigned(data["way"], relation):
                signer, relation = "", service_rules.REFUSED
            proof = Proof(data["on"], signer, relation, data["servers"], data["paper"], data["note"])
            row = serving.served(service, data["way"], proof, request.actor)
            messages.success(request, f"已送达：{service.name}，{row.served_on:%Y-%m-%d} 生效。")
            return _back(service.document)
    return _form(request, service.document, f"登记送达：{_what(service)}", form)


@service_view("serve_document")
@once
def failed(request, service):
    form = FailedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            serving.failed(service, form.cleaned_data["reason"], request.actor, upload=form.cleaned_data["paper"])
            messages.success(request, f"已登记未送达：{service.name}；事项「另行送达」已发给拟稿人。")
            return _back(service.document)
    return _form(request, service.document, f"登记未送达：{_what(service)}", form)


@service_view("serve_document")
@once
def give_up(request, service):
    form = GiveUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            serving.give_up(service, form.cleaned_data["reason"], request.actor)
            messages.success(request, f"不再送达：{service.name}。")
            return _back(service.document)
    return _form(request, service.document, f"不再送达：{_what(service)}", form)


@item_view("finish_item")
def serve_again(request, item):
    """The item of a failed service leads to the form that sends it on."""
    if item.rule != serving.AGAIN:
        return redirect("cases:item", item.pk)
    kind, _, key = item.subject.partition(":")
    if kind in ("post", "closing"):
        return redirect(f"/docs/?tab=to_serve&case={item.case_id}")
    service = get_object_or_404(Service, pk=key)
    return redirect(f"/service/{service.pk}/send/?way=post")


@service_view("view")
def receipt(request, service):
    """送达回证, to print."""
    return _pdf(proofs.receipt(service))


@service_view("serve_document")
def mail_sheet(request, service):
    return _pdf(proofs.mail_sheet(service))


@require_POST
@service_view("draft_document")
@once
def draft_proof(request, service, kind):
    """留置送达笔录 or 公告 of this service, to be filled in and issued like every paper."""
    if kind not in proofs.DRAFTED.values():
        raise Unseen(kind)
    if not may_draft(KIND[kind], service.document.case, request.actor):
        raise Forbidden("本文书不由您的团队拟制。")
    return redirect("documents:paper", proofs.begin(service, kind, request.actor).pk)


def _pdf(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": "inline"})


# Many at once


@require_POST
@office_view("docs")
@once
def serve_many(request):
    """电子送达: the chosen services, or all of a batch or a paper that can go; each by itself."""
    chosen = service_page.team_rows(request.actor).filter(state=Service.State.PLANNED)
    ids = [int(pk) for pk in request.POST.getlist("service") if pk.isdigit()]
    batch = request.POST.get("batch", "")
    chosen = chosen.filter(document__batch_id=int(batch)) if batch.isdigit() else chosen.filter(pk__in=ids)
    rows = allowed(chosen, request.actor)
    if not rows:
        raise Refused("请先勾选要送达的文书。")
    found = delivery_runs.begin(rows, request.actor)
    return redirect("documents:service_run", found.pk)


def allowed(rows, actor: Actor) -> list[Service]:
    found = list(rows.select_related("document__case", "document__posting", "party").order_by("pk")[:500])
    standing = rights.standings(actor, [each.document.case for each in found])
    return [each for each in found if may(actor, standing[each.document.case_id], each.document, "serve_document")]


@office_view("docs")
def service_run(request, run_id):
    """What became of the submission; a fragment while it is asked again."""
    found = get_object_or_404(ServiceRun, pk=run_id)
    if found.team_id != request.actor.team_id:
        raise Unseen(str(run_id))
    template = "documents/_service_run.html" if request.htmx else "documents/service_run.html"
    return render(request, template, service_page.run(found))


# The seal


@document_view("seal_document")
@once
def sealed(request, document):
    form = SealedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            sealing.scanned(document, form.cleaned_data["paper"], request.actor)
            messages.success(request, f"已用印：{document.title}。")
            return _back(document)
    return _form(request, document, f"登记用印：{document.title}", form)


@require_POST
@document_view("seal_document")
@once
def seal_again(request, document):
    sealing.again(document, request.actor)
    messages.success(request, f"已重新提交用印：{document.title}。")
    return _back(document)
