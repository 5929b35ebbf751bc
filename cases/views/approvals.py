"""报请, and one approval: ask, withdraw, the printed sheet, the route by pen. The desk is `cases.views.desk`."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases import materials, rights, signing
from cases.access import approval_view
from cases.approvals import ACT, ELSEWHERE
from cases.forms.approval import AskForm
from cases.forms.sign import SheetForm, Unlocking
from cases.models import Approval, Case
from cases.pages import approval_page, asking_page, item_page, sheet_page
from cases.refusals import Unseen
from cases.submissions import once
from cases.views.exports import own_style
from cases.views.plain import answer, on_form


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
    before = _before(request, case, act)
    form = AskForm(ACT[act], case, request.actor, request.POST or None, request.FILES or None, before=before)
    preview = asking_page.preview(act, case)
    form.suggest(asking_page.reason_of(act, preview["table"]) if request.method == "GET" else "")
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
                materials=[*form.kept(), *papers],
                panel=form.panel(),
                urgent=form.cleaned_data.get("urgent", False),
            )
            messages.success(request, f"已报请：{approval.title}。")
            return redirect("cases:detail", case.pk)
    page = item_page.case_form_page(
        case,
        request.actor,
        f"报请{ACT[act].label}",
        law=ACT[act].law,
        preview=preview,
        before=before,
    )
    return answer(request, "cases/ask.html", page, form)


def _before(request, case: Case, act: str) -> Approval | None:
    """The sheet that came back, whose words and papers the new one begins with."""
    pk = request.GET.get("again", "")
    return Approval.objects.filter(pk=pk, case=case, act=act).first() if pk.isdigit() else None


@approval_view("view")
def detail(request, approval):
    page = {**approval_page.page(approval, request.actor), "unlocked": signing.signing_unlocked(request)}
    signing.opened(approval, request.actor)
    return render(request, "cases/approval.html", page)


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


@own_style
@approval_view("view")
def sheet(request, approval):
    """审批表 on paper with its QR code, for signing by pen or for the file."""
    return render(request, "cases/sheet.html", sheet_page.page(request, approval))


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
    """From here on it is the signature of the post's holder: the password is asked as at the desk (flow §6)."""
    place = signing.waiting(approval)
    signing.second_person(approval, place, request.actor)
    form = Unlocking(request.POST, request=request)
    if not form.is_valid():
        page = {**approval_page.page(approval, request.actor), "unlocked": False, "confirming": form}
        return render(request, "cases/approval.html", page, status=422)
    signing.confirm_sheet(place, request.actor)
    messages.success(request, "原件已核，纸质签批生效。")
    return redirect("cases:approval", approval.pk)
