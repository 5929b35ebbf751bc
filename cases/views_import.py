"""立案导入: upload, look at every row, then import; past imports, and asking to undo one."""

from django import forms
from django.contrib import messages
from django.core import signing as tokens
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases import context, jobs, lists, materials, rights, signing
from cases.access import office_view
from cases.intake import import_file
from cases.intake.long_lists import enqueue, said
from cases.models import Approval, ImportBatch, ImportRow, Job
from cases.pages.lights import stamp
from cases.refusals import Refused
from cases.submissions import once

SALT = "cases.import"
SHOWN = 500
AT_ONCE = 300  # rows; longer lists are imported by a worker


class UploadForm(forms.Form):
    file = forms.FileField(label="立案清单（.xlsx）", help_text="立案庭导出的 Excel；列名按同义词识别，坏行不影响好行")


@office_view("import")
@once
def index(request):
    """GET: the form and past imports. POST a file: the preview. POST its token: the import itself."""
    if request.method == "POST" and request.POST.get("token"):
        return _import(request, request.POST["token"])
    form = UploadForm(request.POST or None, request.FILES or None)
    page = {"form": form, "batches": batches(request.actor)}
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        sha256, _, _ = materials.store(upload)
        with materials.path_of(sha256).open("rb") as source:
            report = import_file(source, upload.name, request.actor, dry_run=True)
        page |= {"preview": preview(report), "token": tokens.dumps([sha256, upload.name, len(report.rows)], salt=SALT)}
        return render(request, "cases/import.html", page)
    return render(request, "cases/import.html", page, status=422 if form.errors else 200)


def _import(request, token: str):
    try:
        sha256, name, rows = tokens.loads(token, salt=SALT, max_age=3600)
    except tokens.BadSignature:
        raise Refused("预览已过期，请重新选择文件。") from None
    if rows > AT_ONCE:
        return redirect("cases:import_job", enqueue(sha256, name, rows, request.actor).pk)
    with materials.path_of(sha256).open("rb") as source:
        report = import_file(source, name, request.actor)
    messages.success(request, f"「{name}」：{said(report.counts)}。")
    return redirect("cases:import_batch", report.batch.pk)


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
    return render(
        request,
        "cases/import_batch.html",
        {
            "batch": found,
            "only": only,
            "counts": [(key, ImportRow.Outcome(key).label, count) for key, count in sorted(found.counts.items())],
            "rows": [line(row) for row in page_.rows],
            "next": lists.link(request.path, list(request.GET.items()), page_.next),
            "previous": lists.link(request.path, list(request.GET.items()), page_.previous),
        },
    )


TAGS = {"imported": "gr", "imported_with_warning": "am", "rejected": "re"}


def line(row: ImportRow) -> dict:
    return {
        "row": row.row,
        "label": row.get_outcome_display(),
        "tag": TAGS.get(row.outcome, ""),
        "number": row.number,
        "url": f"/cases/{row.case_id}/" if row.case_id else "",
        "problems": row.problems,
        **row.values,
    }


def preview(report) -> dict:
    labels = {outcome.value: outcome.label for outcome in ImportRow.Outcome}
    return {
        "sheet": report.title,
        "notes": report.notes,
        "counts": [(labels[key], count) for key, count in sorted(report.counts.items())],
        "good": sum(report.counts.get(key, 0) for key in ("imported", "imported_with_warning")),
        "rows": [
            {
                **row.as_json(),
                "label": labels[row.outcome],
                "tag": TAGS.get(row.outcome, ""),
            }
            for row in report.rows[:SHOWN]
        ],
        "more": max(len(report.rows) - SHOWN, 0),
    }


def batches(actor) -> list[dict]:
    ctx = context.read()
    waiting = set(
        Approval.objects.filter(act="case_void", state="waiting", subject__startswith="import:").values_list(
            "subject", flat=True
        )
    )
    return [
        {
            "id": batch.pk,
            "file": batch.file_name,
            "at": stamp(ctx, batch.at),
            "by": ctx.roster.name(batch.by_id) or "系统",
            "counts": said(batch.counts),
            "undone": bool(batch.undone_at),
            "waiting": f"import:{batch.pk}" in waiting,
            "imported": any(batch.counts.get(key) for key in ("imported", "imported_with_warning")),
        }
        for batch in ImportBatch.objects.order_by("-pk")[:20]
    ]


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
