"""立案导入: upload, look at every row, then import; past imports, and asking to undo one."""

from django import forms
from django.contrib import messages
from django.core import signing as tokens
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases import context, materials, rights, signing
from cases.access import office_view
from cases.intake import import_file
from cases.models import Approval, ImportBatch, ImportRow
from cases.pages.lights import stamp
from cases.refusals import Refused
from cases.submissions import once

SALT = "cases.import"
SHOWN = 500


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
        page |= {"preview": preview(report), "token": tokens.dumps([sha256, upload.name], salt=SALT)}
        return render(request, "cases/import.html", page)
    return render(request, "cases/import.html", page, status=422 if form.errors else 200)


def _import(request, token: str):
    try:
        sha256, name = tokens.loads(token, salt=SALT, max_age=3600)
    except tokens.BadSignature:
        raise Refused("预览已过期，请重新选择文件。") from None
    with materials.path_of(sha256).open("rb") as source:
        report = import_file(source, name, request.actor)
    told = "，".join(f"{ImportRow.Outcome(key).label} {count}" for key, count in sorted(report.counts.items()))
    messages.success(request, f"「{name}」：{told}。")
    return redirect("cases:import")


def preview(report) -> dict:
    labels = {outcome.value: outcome.label for outcome in ImportRow.Outcome}
    return {
        "sheet": report.title,
        "counts": [(labels[key], count) for key, count in sorted(report.counts.items())],
        "good": sum(report.counts.get(key, 0) for key in ("imported", "imported_with_warning")),
        "rows": [
            {
                **row.as_json(),
                "label": labels[row.outcome],
                "tag": {"imported": "gr", "imported_with_warning": "am", "rejected": "re"}.get(row.outcome, ""),
            }
            for row in report.rows[:SHOWN]
        ],
        "more": max(len(report.rows) - SHOWN, 0),
    }


def batches(actor) -> list[dict]:
    ctx = context.read()
    labels = {outcome.value: outcome.label for outcome in ImportRow.Outcome}
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
            "counts": "，".join(f"{labels[key]} {count}" for key, count in sorted(batch.counts.items())),
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
