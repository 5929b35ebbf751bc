"""移交与接收: the list, one sheet, the receiver's two answers, and the package on paper."""

from django.contrib import messages
from django.shortcuts import redirect, render

from cases import context, rights, signing, work
from cases.access import approval_view, case_view, item_view, office_view
from cases.forms.transfer import ObjectionForm
from cases.models.approval import MOVES
from cases.pages import handover_page, item_page, transfer_page
from cases.refusals import Refused, Unseen
from cases.submissions import once
from cases.views.exports import own_style
from cases.views.plain import answer, on_form


@office_view("transfers")
def index(request):
    template = "cases/_transfers_answer.html" if request.htmx.target == "list" else "cases/transfers.html"
    return render(request, template, transfer_page.index(request, request.actor))


@approval_view("view")
def sheet(request, approval):
    """One move with its basis, its three days, its checklist."""
    if approval.act not in MOVES or approval.case is None:
        raise Unseen(str(approval.pk))
    return render(request, "cases/transfer.html", transfer_page.sheet(approval, request.actor))


@item_view("finish_item")
@once
def accept(request, item):
    """The receiving team's page: the sheet with 接收 and 退回."""
    approval = _sheet_of(item)
    if request.method == "POST":
        if item.case_id in transfer_page.objections([item.case_id]):
            raise Refused("本案已提异议，待局长签批；撤回异议后方可接收。")
        work.finish([item], request.actor, note="已接收移交案件")
        messages.success(request, f"已接收 {item.case.number}。")
        return redirect("cases:transfers")
    if approval is None:
        return render(request, "cases/item.html", item_page.page(item, request.actor))
    return render(request, "cases/transfer.html", transfer_page.sheet(approval, request.actor, item))


def _sheet_of(item):
    if item.rule != "transfer.accept" or item.case is None:
        raise Unseen(str(item.pk))
    return transfer_page.sheets_of([item.case_id]).get(item.case_id)


@item_view("finish_item")
@once
def objection(request, item):
    """退回: the case stays with the team that has it until the director has decided (flow §4.6)."""
    approval = _sheet_of(item)
    origin = context.read().roster.team(approval.team_id if approval else item.source_team_id)
    form = ObjectionForm(item.case, origin, request.POST or None)
    for act in form.acts:
        rights.require(request.actor, item.case, f"ask:{act}")
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            if not item.open:
                raise Refused("本案已接收，不能再退回；请报请变更分流或改派。")
            signing.ask(item.case, form.act, request.actor, proposal=form.proposal())
            messages.success(request, f"{item.case.number} 的异议已报局长；决定之前案件仍由本团队办理。")
            return redirect("cases:transfers")
    page = item_page.form_page(item, request.actor, "退回")
    return answer(request, "cases/item_form.html", page, form)


@own_style
@case_view("view")
def package(request, case):
    """交接清单 on one sheet: for a transfer, a return, a reassignment."""
    rights.require(request.actor, case, "print")
    return render(request, "cases/handover.html", handover_page.package(request, case))
