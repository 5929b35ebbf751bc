"""执行系统导出: choose a file, look at every row, take it in; what came of it. 两系统不一致: the list, one settled."""

from datetime import datetime

from django.contrib import messages
from django.core import signing as tokens
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from cases import context, materials
from cases.access import office_view
from cases.models import Job
from cases.pages.lights import stamp
from cases.refusals import Refused, Unseen
from cases.submissions import once
from cases.views.exports import export
from cases.views.plain import answer, on_form
from documents.models import Difference, NationalExport
from documents.national import differences, looking, moments, reading, taking
from documents.national.forms import ExportForm, SettleForm
from documents.pages import differences_page, national_page
from teams.actor import Actor

SALT = "documents.national"
KEPT = 3600
LATE = "预览已过期，请重新选择文件。"


@office_view("national_import")
@once
def index(request):
    """GET: the form and past exports. POST a file: on to its preview. POST its token: the import itself."""
    if request.method == "POST" and request.POST.get("token"):
        told = _read(request.POST["token"]).payload
        at = datetime.fromisoformat(told["taken_at"])
        row = taking.begin(told["kind"], told["name"], request.actor, at, sha256=told["sha256"])
        return redirect("documents:national_one", row.pk)
    form = ExportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            token = tokens.dumps(_look(form, request.actor).pk, salt=SALT)
            return redirect(f"{reverse('documents:national_preview')}?{urlencode({'t': token})}")
    return answer(request, "documents/national.html", {"exports": national_page.exports()}, form)


def _look(form: ExportForm, by: Actor) -> Job:
    """What no export is, or an export of no moment, is refused at once; its rows are judged by a worker."""
    upload = form.cleaned_data["file"]
    sha256, _, _ = materials.store(upload)
    content = materials.path_of(sha256).read_bytes()
    sheet = reading.workbook(content, upload.name, form.cleaned_data["kind"])
    at = moments.settle(moments.stated(sheet.above), form.taken_at())
    return looking.ask(sha256, upload.name, sheet.kind.key, at, by)


def _read(token: str) -> Job:
    """The look at a file, asked for less than an hour ago, the file still there."""
    try:
        job = Job.objects.get(pk=tokens.loads(token, salt=SALT, max_age=KEPT), kind=looking.JOB)
    except (tokens.BadSignature, Job.DoesNotExist, ValueError):
        raise Refused(LATE) from None
    if not materials.path_of(job.payload["sha256"]).exists():
        raise Refused(LATE)
    return job


@office_view("national_import")
def preview(request):
    """How far the judging is; then every row with its marks. Nothing of it is stored in any case."""
    token, only = request.GET.get("t", ""), bool(request.GET.get("only"))
    job = _read(token)
    name, looked = job.payload["name"], national_page.looked(job)
    taken = stamp(context.read(), datetime.fromisoformat(job.payload["taken_at"]))
    if not looked["report"]:
        page = {"name": name, "taken": taken, "looked": looked}
        return render(request, "documents/national_looking.html", page)
    number = request.GET.get("page", "")
    at = int(number) if number.isdigit() and len(number) < 6 else 0
    found = national_page.preview(looked["report"], only, at, request.actor)

    def link(**more) -> str:
        return "?" + urlencode({"t": token, **({"only": 1} if only else {}), **more})

    page = {
        "name": name,
        "taken": taken,
        "token": token,
        "only": only,
        "preview": found,
        "all_url": "?" + urlencode({"t": token}),
        "only_url": "?" + urlencode({"t": token, "only": 1}),
        "previous": link(page=at - 1) if at else "",
        "next": link(page=at + 1) if found["more"] else "",
    }
    return render(request, "documents/national_preview.html", page)


@office_view("national_import")
def one(request, export_id):
    """How far an export is; then what came of it."""
    row = get_object_or_404(NationalExport, pk=export_id)
    return render(request, "documents/national_one.html", national_page.one(row))


@office_view("differences")
def listed(request):
    with context.held():
        page = differences_page.index(request, request.actor)
    return render(request, "documents/differences.html", page)


@office_view("differences")
def export_list(request):
    return export(request, differences_page.listing)


@office_view("differences")
@once
def difference(request, difference_id):
    """One of them, and how it is settled."""
    row = differences.listed(request.actor).filter(pk=difference_id).select_related("case", "export").first()
    if row is None:
        raise Unseen(str(difference_id))
    initial = {"state": row.state if row.state != Difference.State.OPEN else "", "reason": row.reason}
    form = SettleForm(request.POST or None, initial=initial, standing=row.state)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            done = differences.settle(row, form.cleaned_data["state"], form.cleaned_data["reason"], request.actor)
            messages.success(request, f"{row.case.number}：{done.get_state_display()}。")
            return redirect("documents:differences")
    return answer(request, "documents/difference.html", differences_page.one(row, request.actor), form)
