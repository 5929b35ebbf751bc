"""立案导入: choose, drop or paste a list, look at every row, then import; past imports, and asking to undo one."""

from django import forms
from django.contrib import messages
from django.core import signing as tokens
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from cases import clock, context, excel, jobs, journal, lists, materials, rights, signing
from cases.access import office_view
from cases.intake import import_file, pasted
from cases.intake.columns import REQUIRED, SYNONYMS
from cases.intake.long_lists import enqueue, said
from cases.models import Approval, ImportBatch, ImportRow, Job
from cases.pages import import_page
from cases.refusals import Refused
from cases.submissions import once
from cases.views.plain import on_form

SALT = "cases.import"
AT_ONCE = 300  # rows; longer lists are imported by a worker
LATE = "预览已过期，请重新选择文件。"


class UploadForm(forms.Form):
    file = forms.FileField(
        label="立案清单",
        required=False,
        help_text="立案庭导出的 Excel（.xlsx）；列名按同义词识别，坏行不影响好行",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    pasted = forms.CharField(
        label="或者粘贴",
        required=False,
        strip=False,
        max_length=pasted.LETTERS,
        help_text="在 Excel 里连同表头一起选中、复制，粘贴到这里",
        widget=forms.Textarea(attrs={"rows": 4, "wrap": "off", "spellcheck": "false"}),
    )

    def clean(self):
        data = super().clean()
        if not self.errors and not data.get("file") and not data.get("pasted", "").strip():
            self.add_error("file", "请选择一个 Excel 文件，或把清单粘贴到下面。")
        return data


@office_view("import")
@once
def index(request):
    """GET: the form and past imports. POST a list: on to its preview. POST its token: the import itself."""
    if request.method == "POST" and request.POST.get("token"):
        return _import(request, request.POST["token"])
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            upload = form.cleaned_data["file"] or pasted.as_file(form.cleaned_data["pasted"])
            sha256, _, _ = materials.store(upload)
            import_page.report_of(sha256, upload.name, request.actor)  # what is no list is refused on the form
            token = tokens.dumps([sha256, upload.name], salt=SALT)
            return redirect(f"{reverse('cases:import_preview')}?{urlencode({'t': token})}")
    page = {"form": form, "batches": import_page.batches()}
    return render(request, "cases/import.html", page, status=422 if form.errors else 200)


def _read(token: str) -> tuple[str, str]:
    """(sha256, name) of a list that was looked at less than an hour ago and still lies there."""
    try:
        sha256, name = tokens.loads(token, salt=SALT, max_age=import_page.KEPT)
    except (tokens.BadSignature, ValueError):
        raise Refused(LATE) from None
    if not materials.path_of(sha256).exists():
        raise Refused(LATE)
    return sha256, name


@office_view("import")
def preview(request):
    """Every row and cell of the list, marked; nothing is stored yet."""
    token, only = request.GET.get("t", ""), bool(request.GET.get("only"))
    sha256, name = _read(token)
    number = request.GET.get("page", "")
    at = int(number) if number.isdigit() and len(number) < 6 else 0
    found = import_page.preview(import_page.report_of(sha256, name, request.actor), only, at)

    def link(**more) -> str:
        return "?" + urlencode({"t": token, **({"only": 1} if only else {}), **more})

    return render(
        request,
        "cases/import_preview.html",
        {
            "name": name,
            "token": token,
            "only": only,
            "preview": found,
            "all_url": "?" + urlencode({"t": token}),
            "only_url": "?" + urlencode({"t": token, "only": 1}),
            "previous": link(page=at - 1) if at else "",
            "next": link(page=at + 1) if found["more"] else "",
        },
    )


def _import(request, token: str):
    sha256, name = _read(token)
    rows = len(import_page.report_of(sha256, name, request.actor).rows)
    if rows > AT_ONCE:
        return redirect("cases:import_job", enqueue(sha256, name, rows, request.actor).pk)
    with materials.path_of(sha256).open("rb") as source:
        report = import_file(source, name, request.actor)
    messages.success(request, f"「{name}」：{said(report.counts)}。")
    return redirect("cases:import_batch", report.batch.pk)


@office_view("import")
def template(request):
    """An empty list with every column that is read, those that must be there first."""
    keys = [*REQUIRED, *(key for key in SYNONYMS if key not in REQUIRED and not key.startswith("party_"))]
    columns = [(SYNONYMS[key][0], "date" if key.endswith("_on") else "text") for key in keys]
    content = excel.workbook("立案清单", columns, [], request.actor, purpose="立案导入模板")
    return excel.response(content, "立案清单模板.xlsx")


@office_view("import")
def failed(request, batch_id) -> HttpResponse:
    """The rows that became no case, with their reasons, as a list that can be mended and imported again."""
    found = get_object_or_404(ImportBatch, pk=batch_id)
    columns, rows = import_page.failed(found)
    content = excel.workbook("未导入的行", columns, rows, request.actor, purpose=f"补正「{found.file_name}」")
    facts = {"list": "import_failed", "batch": found.pk, "count": len(rows)}
    with transaction.atomic():
        label = f"导出未导入的行：{len(rows)} 行"
        journal.write([journal.Line(None, "read", "export", label, facts)], request.actor)
    return excel.response(content, f"未导入的行-{clock.now():%Y%m%d-%H%M}.xlsx")


@office_view("import")
def running(request, job_id):
    """How far an import is; when it is done, its report."""
    row = get_object_or_404(Job, pk=job_id, kind="import")
    if row.state == Job.State.DONE:
        return redirect("cases:import_batch", row.result["batch"])
    done, _ = jobs.progress_of(row)
    rows = row.payload["rows"]
    page = {"job": row, "done": done, "rows": rows, "failed": row.state == Job.State.FAILED}
    return render(request, "cases/import_job.html", page)


@office_view("import")
def batch(request, batch_id):
    """What came of each row of one import."""
    found = get_object_or_404(ImportBatch, pk=batch_id)
    rows = found.rows.select_related("case").order_by("row")
    only = request.GET.get("only", "")
    if only in ImportRow.Outcome.values:
        rows = rows.filter(outcome=only)
    page_ = lists.keyset(rows, "row", request.GET.get("after", ""))
    waits = Approval.objects.filter(act="case_void", state="waiting", subject=f"import:{found.pk}").exists()
    waiting = {f"import:{found.pk}"} if waits else set()
    return render(
        request,
        "cases/import_batch.html",
        {
            "batch": import_page.head(found, context.read(), waiting),
            "only": only,
            "counts": [(key, ImportRow.Outcome(key).label, count) for key, count in sorted(found.counts.items())],
            "rows": [import_page.line(row) for row in page_.rows],
            "next": lists.link(request.path, list(request.GET.items()), page_.next),
            "previous": lists.link(request.path, list(request.GET.items()), page_.previous),
        },
    )


@require_POST
@office_view("import_undo")
@once
def undo(request, batch_id):
    """Ask to strike a whole import: a second person of the team signs; nothing may have been done on its cases."""
    batch = get_object_or_404(ImportBatch, pk=batch_id)
    rights.require_office(request.actor, "ask:case_void")
    if batch.undone_at:
        raise Refused("该次导入已经撤销。")
    reason = request.POST.get("reason", "").strip()
    if not reason:
        raise Refused("请填写撤销原因。")
    signing.ask(
        None,
        "case_void",
        request.actor,
        subject=f"import:{batch.pk}",
        proposal={"title": batch.file_name, "reason": reason},
    )
    messages.success(request, "已报请撤销，待本团队另一人签署。")
    return redirect("cases:import")
