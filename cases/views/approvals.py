"""报请, the signer's desk, and one approval: ask, sign, return, withdraw, the paper route."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases import materials, rights, signing
from cases.access import approval_view, concerned, office_view
from cases.approvals import ACT, ELSEWHERE
from cases.forms_approval import SEATS, AskForm
from cases.forms_sign import RejectForm, SheetForm, SignForm
from cases.models import Approval, Case
from cases.pages import approval_page, item_page
from cases.refusals import Unseen
from cases.submissions import once
from cases.views.acts import answer, on_form


def ask(request, case_id, act):
    """An act that needs no room's record, or a step that needs signatures, asked by a plain form."""
    if act not in ACT or act in ELSEWHERE:
        raise Unseen(act)
    return _ask(request, case_id, act)


ask.action = "ask"  # every act has its own row in table 2


@once
def _ask(request, case_id, act):
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        raise Unseen(str(case_id))
    rights.require(request.actor, case, f"ask:{act}")
    form = AskForm(
        ACT[act], case, request.actor, request.POST or None, request.FILES or None, initial=_again(request, case, act)
    )
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            papers = [
                materials.file(case, upload, kind="approval", by=request.actor, title=upload.name)
                for upload in form.papers()
            ]
            approval = signing.ask(
                case,
                act,
                request.actor,
                proposal=form.proposal(),
                materials=papers,
                panel=form.panel(),
                urgent=form.cleaned_data.get("urgent", False),
            )
            messages.success(request, f"已报请：{approval.title}。")
            return redirect("cases:detail", case.pk)
    page = item_page.case_form_page(
        case, request.actor, f"报请{ACT[act].label}", law=ACT[act].law, preview=approval_page.preview(act, case)
    )
    return answer(request, "cases/case_form.html", page, form)


def _again(request, case: Case, act: str) -> dict:
    """What a returned sheet of the same act proposed, to begin with."""
    pk = request.GET.get("again", "")
    before = case.approvals.filter(pk=pk, act=act).first() if pk.isdigit() else None
    if before is None:
        return {}
    seats = dict(zip((key for key, _ in SEATS), before.proposal.get("panel", ()), strict=False))
    return {**before.proposal, **seats}


@office_view("sign")
def desk(request):
    """/sign/: what waits for me, and the first or chosen one beside it."""
    page = approval_page.desk(request, request.actor)
    if page["chosen"]:
        signing.opened(page["chosen"]["approval"]["id"], request.actor)
    return render(request, "cases/sign.html", page)


@office_view("sign")
def signed(request):
    return render(request, "cases/signed.html", approval_page.signed(request, request.actor))


@approval_view("view")
def detail(request, approval):
    page = approval_page.page(approval, request.actor)
    signing.opened(approval, request.actor)
    return render(request, "cases/approval.html", page)


@require_POST
@approval_view("sign")
@once
def sign(request, approval):
    form = SignForm(request.POST, request=request, act=approval.act)
    if not form.is_valid():
        page = approval_page.desk(request, request.actor, chosen=approval)
        return render(request, "cases/sign.html", {**page, "form": form}, status=422)
    data = form.cleaned_data
    signing.sign(
        approval, request.actor, opinion=data["opinion"], choice=data.get("choice") or None, place=data.get("place")
    )
    messages.success(request, f"已签署：{approval.title}。")
    return redirect("cases:sign")


@require_POST
@approval_view("sign")
@once
def reject(request, approval):
    form = RejectForm(request.POST)
    if not form.is_valid():
        page = approval_page.desk(request, request.actor, chosen=approval)
        return render(request, "cases/sign.html", {**page, "form": form}, status=422)
    data = form.cleaned_data
    signing.reject(approval, request.actor, reason=data["reason"], opinion=data["opinion"], place=data.get("place"))
    messages.success(request, f"已退回：{approval.title}。")
    return redirect("cases:sign")


@require_POST
@office_view("sign")
@once
def sign_many(request):
    """批量同意: only green ones; the summary names what was left and why."""
    form = SignForm(request.POST, request=request)
    if not form.is_valid():
        return render(
            request, "cases/sign.html", {**approval_page.desk(request, request.actor), "form": form}, status=422
        )
    wanted = Approval.objects.filter(
        pk__in=[pk for pk in request.POST.getlist("approval") if pk.isdigit()]
    ).select_related("case")
    mine = [approval for approval in wanted if _sees(request.actor, approval)]
    results = signing.sign_many(mine, request.actor, opinion=form.cleaned_data["opinion"])
    page = approval_page.desk(request, request.actor)
    return render(request, "cases/sign.html", {**page, "summary": approval_page.summary(results)})


def _sees(actor, approval: Approval) -> bool:
    if approval.case is None:
        return concerned(actor, approval)
    return rights.standings(actor, [approval.case])[approval.case_id].view


@require_POST
@approval_view("view")
@once
def withdraw(request, approval):
    signing.withdraw(approval, request.actor)
    messages.success(request, f"已撤回：{approval.title}。")
    return redirect("cases:detail", approval.case_id) if approval.case_id else redirect("cases:workbench")


@require_POST
@approval_view("sign")
@once
def take_back(request, approval):
    signing.take_back(approval, request.actor)
    messages.success(request, f"已撤回签署：{approval.title}。")
    return redirect("cases:approval", approval.pk)


@approval_view("view")
def sheet(request, approval):
    """The printed sheet with its QR code, for signing by pen."""
    return render(request, "cases/sheet.html", approval_page.sheet(request, approval))


@approval_view("attach_sheet")
@once
def attach_sheet(request, approval):
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            signing.attach_sheet(signing.waiting(approval), form.cleaned_data["paper"], request.actor)
            messages.success(request, "已附签批扫描件，待另一人核对原件。")
            return redirect("cases:approval", approval.pk)
    page = {**approval_page.page(approval, request.actor), "verb": "附签批扫描件"}
    return answer(request, "cases/approval.html", page, form)


@require_POST
@approval_view("attach_sheet")
@once
def confirm_sheet(request, approval):
    signing.confirm_sheet(signing.waiting(approval), request.actor)
    messages.success(request, "原件已核，纸质签批生效。")
    return redirect("cases:approval", approval.pk)
