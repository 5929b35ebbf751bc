"""更正、添加: one small form for each thing a registered case holds. Two people at one record: 409 with both values."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect

from cases import amendments, context, rights
from cases.access import case_view
from cases.forms.amend import (
    AddAgent,
    AddBasis,
    AddClaim,
    AddParty,
    AmendAgent,
    AmendBasis,
    AmendCase,
    AmendClaim,
    AmendParty,
    ConfidentialForm,
    LinkForm,
)
from cases.forms.records import ReasonForm
from cases.locks import lock_case
from cases.models import Agent, Basis, Case, CaseLink, Claim, Party
from cases.pages import item_page
from cases.submissions import once
from cases.views.plain import answer, on_form, paper

ONLY = "此后只有承办人、书记员、承办团队负责人和指定人员可以查看，其他人按案号也看不到内容"


def _amend(request, case, model, pk, form_class, verb: str, back: str):
    """Show the mending form, or mend; where a colleague was quicker on the same field, both values (409)."""
    if request.method == "POST":
        lock_case(case.pk)  # before what is stored is read: two senders come one after the other
    record = get_object_or_404(model, pk=pk)
    form = form_class(
        request.POST or None, request.FILES or None, current=amendments.values(record), who=lambda: _last(case)
    )
    title = verb if model is Case else f"{verb}：{amendments.title(record)}"  # the case's number stands below
    page = item_page.case_form_page(case, request.actor, title)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            given = paper(request, form, case, "amend")
            data = form.cleaned_data
            changed = amendments.amend(record, data, request.actor, reason=data["reason"], material=given)
            messages.success(request, f"已{verb}。" if changed else "没有改动。")
            return redirect(back)
    return answer(request, "cases/case_form.html", {**page, "button": verb}, form)


def _last(case):
    """Who mended something on the case last, and when."""
    entry = case.journal.filter(what="amend").order_by("-id").first()
    return (context.read().roster.name(entry.by_id) or "系统", entry.entered_at) if entry else None


def _add(request, case, form_class, verb: str, back: str, *made_of):
    form = form_class(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            given = paper(request, form, case, "amend")
            record = form.record(*made_of)
            if isinstance(record, Party):
                record.case = case
            amendments.add(record, request.actor, reason=form.cleaned_data.get("reason", ""), material=given)
            messages.success(request, f"已{verb}。")
            return redirect(back)
    page = item_page.case_form_page(case, request.actor, verb)
    return answer(request, "cases/case_form.html", {**page, "button": verb.partition("：")[0]}, form)


def _parties(case) -> str:
    return f"/cases/{case.pk}/?tab=parties"


@case_view("amend")
@transaction.atomic
@once
def case_data(request, case):
    return _amend(request, case, Case, case.pk, AmendCase, "更正案件信息", f"/cases/{case.pk}/")


@case_view("amend")
@transaction.atomic
@once
def party(request, case, party_id):
    get_object_or_404(Party, pk=party_id, case=case)
    return _amend(request, case, Party, party_id, AmendParty, "更正当事人", _parties(case))


@case_view("amend")
@transaction.atomic
@once
def agent(request, case, agent_id):
    get_object_or_404(Agent, pk=agent_id, party__case=case)
    return _amend(request, case, Agent, agent_id, AmendAgent, "更正代理人", _parties(case))


@case_view("amend")
@transaction.atomic
@once
def basis(request, case, basis_id):
    get_object_or_404(Basis, pk=basis_id, case=case)
    return _amend(request, case, Basis, basis_id, AmendBasis, "更正执行依据", _parties(case))


@case_view("amend")
@transaction.atomic
@once
def claim(request, case, claim_id):
    get_object_or_404(Claim, pk=claim_id, case=case)
    return _amend(request, case, Claim, claim_id, AmendClaim, "更正请求", _parties(case))


@case_view("amend")
@once
def add_party(request, case):
    return _add(request, case, AddParty, "添加当事人", _parties(case))


@case_view("amend")
@once
def add_agent(request, case, party_id):
    record = get_object_or_404(Party, pk=party_id, case=case)
    return _add(request, case, AddAgent, f"添加代理人：{record.name}", _parties(case), record)


@case_view("amend")
@once
def add_basis(request, case):
    return _add(request, case, AddBasis, "添加执行依据", _parties(case), case)


@case_view("amend")
@once
def add_claim(request, case):
    return _add(request, case, AddClaim, "添加请求", _parties(case), case)


@case_view("amend")
@once
def add_link(request, case):
    """关联、并案."""
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            amendments.link(case, data["kind"], data["number"], request.actor, reason=data["reason"])
            messages.success(request, "已登记关联案件。")
            return redirect("cases:detail", case.pk)
    return answer(request, "cases/case_form.html", item_page.case_form_page(case, request.actor, "关联案件"), form)


@case_view("amend")
@once
def remove_link(request, case, link_id):
    record = get_object_or_404(CaseLink.objects.select_related("other"), pk=link_id, case=case)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            amendments.unlink(record, request.actor, reason=form.cleaned_data["reason"])
            messages.success(request, "已撤销关联。")
            return redirect("cases:detail", case.pk)
    page = item_page.case_form_page(case, request.actor, "撤销关联")
    return answer(request, "cases/case_form.html", page, form)


@case_view("mark_confidential")
@once
def confidential(request, case):
    """设为不公开, or back."""
    on, form = not case.confidential, ConfidentialForm(request.POST or None)
    verb = "设为不公开" if on else "取消不公开"
    form.fields["reason"].help_text = ONLY if on else ""
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            amendments.set_confidential(case, on, request.actor, reason=form.cleaned_data["reason"])
            case.refresh_from_db(fields=["confidential"])
            if not rights.standings(request.actor, [case])[case.pk].view:
                messages.success(request, f"{case.number}已{verb}；您不是本案的指定人员，对您不再显示。")
                return redirect("cases:list")
            messages.success(request, f"已{verb}。")
            return redirect("cases:detail", case.pk)
    page = item_page.case_form_page(case, request.actor, verb)
    return answer(request, "cases/case_form.html", {**page, "button": verb.partition("：")[0]}, form)
