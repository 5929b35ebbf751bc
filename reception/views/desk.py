"""`/reception/`: the queue, the form of the case that is open, and what is done from it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases import clock, context, numbers, rights
from cases.access import case_view, item_view, office_view
from cases.amounts import yuan
from cases.hooks import Reason
from cases.models import Case, WorkItem
from cases.refusals import Refused, Stale, Unseen
from cases.submissions import once
from cases.views.plain import on_form, said
from documents.national import entering
from documents.views import cards
from reception import carrying, counter, day, later, not_received, noting, receiving
from reception.forms import NoteForm
from reception.models import ReceptionRecord
from reception.pages import case_form, desk, run_page
from teams.actor import Actor

Signing = ReceptionRecord.Signing


@office_view("reception_desk")
def index(request):
    """The desk with the first who waits; ?case= opens another."""
    with context.held():
        page = desk.page(request, request.actor)
        if page["first"] and page["tab"] == "waiting" and "none" not in request.GET:
            page |= case_form.page(get_object_or_404(Case, pk=page["first"]), request.actor)
        page["run"] = run_page.page(request.actor, request.GET.get("run", ""))
    return render(request, "reception/desk.html", page)


@office_view("reception_desk")
def queue(request):
    """The queue by itself, for the page that looks again every twenty seconds; 204 where nothing has changed."""
    here = request.GET.get("here", "")
    with context.held():
        page = desk.page(request, request.actor, current=int(here) if here.isdigit() else 0)
    if request.GET.get("have") == page["mark"]:
        return HttpResponse(status=204)
    return render(request, "reception/_queue_again.html", page)


@office_view("reception_desk")
def find(request):
    """无号来访: a case by its number, of whatever team."""
    text = request.GET.get("q", "").strip()
    parsed = numbers.parse(text, year=clock.today().year)
    case = Case.objects.filter(number=str(parsed) if parsed else text).first()
    if case is None or not rights.standings(request.actor, [case])[case.pk].view:
        raise Refused(f"没有找到「{text[:40]}」：请录入完整案号，或用顶部搜索框按姓名查找。")
    return redirect("reception:receive", case.pk)


@item_view("receive")
def item(request, item):
    """From the duty to the page that does it."""
    return redirect("reception:receive", item.case_id)


@case_view("later_visit")
@once
def receive(request, case):
    """The form of one case: a reception of the filing day, 移送核对, or a later visit."""
    form, kind = case_form.form_of(case, request.actor, request.POST or None)
    faster = ""
    if request.method == "POST" and form.is_valid():
        try:
            with on_form(form):
                return _done(request, _take(case, kind, form, request.actor))
        except Stale as stale:
            faster = str(stale)
    if request.method == "POST" and (faster := faster or case_form.overtaken(case, kind)):
        form.add_error(None, said(Reason(f"{faster}您录入的内容都在下面", "登记补接待", request.path)))
    with context.held():
        page = desk.page(request, request.actor, current=case.pk) | case_form.page(case, request.actor, form, kind)
    page["named"] = True  # the title says which case; the desk's own does not
    return render(
        request, "reception/desk.html", page, status=409 if faster else 422 if request.method == "POST" else 200
    )


def _take(case: Case, kind: str, form, by: Actor) -> ReceptionRecord:
    told = form.cleaned_data
    if kind == ReceptionRecord.Kind.CHECK:
        return not_received.check(case, told, by)
    party = form.parties[told["party"]]
    return (receiving.receive if kind == ReceptionRecord.Kind.RECEPTION else later.visit)(case, party, told, by)


def _done(request, record: ReceptionRecord):
    """To the signature where it is given on the screen, else to the next who waits."""
    said = f"{record.case.number}已登记{record.get_kind_display()}"
    if record.signing == Signing.SCREEN:
        return redirect("reception:reception_record", record.pk)
    if record.bundle_id:
        said += f"，{record.originals} 件原件请扫码交卷宗管理中心"
    messages.success(request, f"{said}。")
    return redirect("reception:reception_desk")


@require_POST
@case_view("later_visit")
def preview(request, case):
    """The record as it would be printed, with what has been typed so far."""
    form, kind = case_form.form_of(case, request.actor, request.POST)
    form.is_valid()
    return render(request, "reception/_preview.html", case_form.preview(case, form, kind, request.actor))


@require_POST
@case_view("later_visit")
def cover(request, case):
    """条码封面: the originals are a bundle from now on; the submit finds the same one."""
    form, _ = case_form.form_of(case, request.actor, request.POST)
    form.is_valid()
    told = form.cleaned_data
    if not told.get("originals") or not told.get("pages"):
        raise Refused("请先填写原件件数和页数，再打印条码封面。")
    bundle = receiving.bundle(case, told, request.actor)
    return redirect("documents:bundle_cover", bundle.pk)


@require_POST
@case_view("later_visit")
@once
def arrive(request, case):
    row = counter.arrive(case, request.actor)
    messages.success(request, f"{case.number}取号 {row.label}。")
    return redirect(_back(request, case))


@require_POST
@case_view("receive")
@once
def contact(request, case):
    """记一次联系"""
    row = not_received.contact(case, request.POST.get("result", ""), request.actor, request.POST.get("way", "")[:60])
    messages.success(request, f"已记一次联系：{row.way}，{row.result}。")
    return redirect(_back(request, case))


def _other(pk: int) -> Case:
    """The preservation case, which the counter may link without seeing it; a sensitive one is none of its."""
    other = get_object_or_404(Case, pk=pk)
    if other.confidential or other.state_secret:
        raise Unseen(other.number)
    return other


@require_POST
@case_view("receive")
@once
def carry(request, case, other_id):
    other = _other(other_id)
    found = carrying.carry(case, other, request.actor)
    moved = f"转接措施 {len(found.moved)} 项，期限连续计算" if found.moved else "没有可自动转接的措施"
    duty = "" if found.moved and not found.kept else "；「保全措施转接」事项已列出，请核对后办结"
    messages.success(request, f"已与{other.number}关联，{moved}{duty}。")
    for row, why in found.kept:
        messages.warning(request, f"未转接：{row.asset.title}，{why}")
    if found.over:
        messages.warning(
            request, f"冻结超出申请标的 {yuan(found.over)}：已列出「解除超标的查封」，请及时解除超出部分。"
        )
    return redirect("reception:receive", case.pk)


@require_POST
@case_view("receive")
@once
def carry_back(request, case, other_id):
    other = _other(other_id)
    rows = carrying.take_back(case, other, request.actor, request.POST.get("reason", "")[:200])
    messages.success(request, f"已撤回{other.number}的转接，措施 {len(rows)} 项退回原案，到期提醒随之退回。")
    return redirect("reception:receive", case.pk)


@require_POST
@office_view("reception_desk")
@once
def notes(request):
    """未接待说明 for the cases that are ticked, or for the one that is open."""
    form = NoteForm(request.POST)
    picked = [int(pk) for pk in request.POST.getlist("case") if pk.isdigit()]
    if not form.is_valid():
        raise Refused(*(str(error) for errors in form.errors.values() for error in errors))
    if not picked:
        raise Refused("请先勾选未接待的案件。")
    cases = list(Case.objects.filter(pk__in=picked))
    if len(cases) == 1:
        return _note(request, cases[0], form.cleaned_data)
    asked = noting.ask(cases, form.cleaned_data, request.actor)
    for result in asked.refused:
        messages.error(request, f"未办：{_named(result)}，{result.refusal}")
    return redirect(f"{reverse('reception:reception_desk')}{f'?run={asked.run.pk}' if asked.run else ''}")


def _note(request, case: Case, told):
    """One at once: whoever stands at the counter goes on."""
    (result,) = not_received.note_many([case], told, request.actor)
    if result.refusal:
        messages.error(request, f"未办：{_named(result)}，{result.refusal}")
        return redirect("reception:reception_desk")
    messages.success(request, f"已制作{case.number}的未接待说明，入卷后列入待上传。")
    return redirect(f"{reverse('reception:reception_desk')}?tab=noted")


def _named(result: not_received.Result) -> str:
    """The number, unless the case is out of sight."""
    return rights.MASKED if result.refusal == not_received.UNSEEN else result.case.number


@office_view("reception_desk")
def notes_run(request, run_id):
    """How far a run of notes is: a fragment that asks again; by itself it is the desk with it."""
    if not request.htmx:
        return redirect(f"{reverse('reception:reception_desk')}?run={run_id}")
    found = run_page.page(request.actor, run_id)
    if not found:
        raise Unseen(str(run_id))
    return render(request, "reception/_run.html", {"run": found})


@item_view("receive")
@once
def upload(request, item: WorkItem):
    """The copy card of one note, and back to the notes."""
    document = entering.document_of(item) if item.rule == day.UPLOAD else None
    if document is None:
        raise Unseen(item.title)
    return cards.of(request, document, back=f"{reverse('reception:reception_desk')}?tab=noted")


def _back(request, case: Case) -> str:
    back = request.POST.get("back", "")
    return back if back.startswith("/reception/") else reverse("reception:receive", args=[case.pk])
