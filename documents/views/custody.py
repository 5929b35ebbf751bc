"""材料交接: register, scan, look where it is, print cover and list."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases import clock, dates, rights
from cases.access import case_view, office_view
from cases.pages import item_page
from cases.refusals import Forbidden, Refused, Unseen
from cases.submissions import once
from cases.views.exports import own_style
from cases.views.plain import answer, on_form
from documents import custody
from documents.forms_custody import BundleForm, CountForm, ScanForm
from documents.models import Bundle, Custody
from documents.pages import custody_page


def bundle_view(action: str, *, blind: bool = False):
    """Give the view the bundle: to whoever sees its case, and to the team that has it or is to receive it; of a
    confidential case to the team only where the view shows nothing of it (`blind`)."""

    def decorator(view):
        @office_view(action)
        @wraps(view)
        def wrapper(request, bundle_id, *args, **kwargs):
            bundle = get_object_or_404(Bundle.objects.select_related("case", "team", "holder", "made_by"), pk=bundle_id)
            _reach(request.actor, bundle, blind)
            return view(request, bundle, *args, **kwargs)

        return wrapper

    return decorator


def _reach(actor, bundle: Bundle, blind: bool) -> None:
    standing = rights.standings(actor, [bundle.case])[bundle.case_id]
    coming = custody.open_hand_over(bundle)
    handled = actor.team_id in (bundle.team_id, coming.to_team_id if coming else None)
    if not standing.view and (standing.recused or not handled or (bundle.case.confidential and not blind)):
        raise Unseen(str(bundle.pk))
    if bundle.secret and not handled and not rights.may(actor, standing, "secret_volume"):
        raise Forbidden("副卷材料的去向只告知经手团队和可以打开副卷的人员。")


@office_view("custody")
def index(request):
    """The team's bundles; the scan field has the focus."""
    form = ScanForm(actor=request.actor, initial={"to_team": request.GET.get("to", "")})
    return render(request, "documents/bundles.html", {**custody_page.index(request, request.actor), "form": form})


@require_POST
@office_view("custody")
def scan(request):
    """One scan: taken if it comes to my team, given if it is with it; a refusal says where it is."""
    form = ScanForm(request.POST, actor=request.actor)
    tab = "held"
    if form.is_valid():
        try:
            done = custody.scan(form.cleaned_data["code"], request.actor, form.cleaned_data["to_team"])
            tab = "taken" if done.verb == "收到" else "given"
            told = f"{done.verb}：{custody_page.said(done.bundle, request.actor)}{done.bundle.pieces} 件。"
            messages.success(request, told)
        except Refused as refusal:
            messages.error(request, str(refusal))
    else:
        messages.error(request, "没有读到条码：请把光标放在扫描框后再扫。")
    back = request.POST.get("back", "")
    if back.startswith("/archive/"):
        return redirect(back)
    return redirect(f"/bundles/?tab={tab}&to={request.POST.get('to_team', '')}")


@case_view("bundle")
@once
def make(request, case):
    form = BundleForm(
        request.POST or None, initial={"kind": "originals" if request.actor.kind == "reception" else "papers"}
    )
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            bundle = custody.make(case, request.actor, **form.cleaned_data)
            messages.success(request, f"已登记「{bundle.title}」，请打印封面，扫码交出。")
            return redirect("documents:bundle", bundle.pk)
    page = item_page.case_form_page(case, request.actor, "登记材料包", button="登记")
    return answer(request, "cases/case_form.html", page, form)


@bundle_view("custody")
def bundle(request, bundle):
    """Where it is and how it came there."""
    page = custody_page.bundle_page(bundle, request.actor)
    return render(
        request, "documents/bundle.html", {**page, "form": ScanForm(actor=request.actor), "count": CountForm()}
    )


@require_POST
@bundle_view("custody", blind=True)
@once
def recall(request, bundle):
    custody.recall(bundle, request.actor)
    messages.success(request, f"已收回：{custody.called(bundle)}。")
    return redirect(_after(bundle, request.actor, "held"))


@require_POST
@bundle_view("custody", blind=True)
@once
def recount(request, bundle):
    """实收: what the receiver counted."""
    form = CountForm(request.POST)
    row = get_object_or_404(Custody, pk=request.POST.get("custody") or 0, bundle=bundle)
    if not form.is_valid():
        raise Refused("请填写实收件数。")
    custody.recount(row, form.cleaned_data["counted"], request.actor)
    messages.success(request, f"已登记实收 {form.cleaned_data['counted']} 件。")
    return redirect(
        request.POST["back"]
        if request.POST.get("back", "").startswith("/archive/")
        else _after(bundle, request.actor, "taken")
    )


def _after(bundle: Bundle, actor, tab: str) -> str:
    """The bundle's page; the team's list for who may not see it."""
    return f"/bundles/?tab={tab}" if custody_page.hidden(bundle, actor) else f"/bundles/{bundle.pk}/"


@own_style
@bundle_view("custody")
def cover(request, bundle):
    return render(request, "documents/print_cover.html", custody_page.cover(bundle, request.actor))


@own_style
@office_view("custody")
def custody_list(request):
    """移送清单 of a day."""
    try:
        day = dates.read_date(request.GET.get("day", "")) if request.GET.get("day") else clock.today()
    except ValueError:
        day = clock.today()
    return render(request, "documents/print_custody.html", custody_page.custody_list(request.actor, day))
