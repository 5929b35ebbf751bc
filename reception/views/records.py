"""One record: signed on the screen, or printed and scanned back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cases.refusals import Refused
from cases.submissions import once
from cases.views.plain import on_form
from reception import signing
from reception.access import record_view
from reception.forms import ScanForm, SignForm
from reception.pages import record_page


@record_view
@once
def sign(request, record):
    """The visitor reads the record and signs; then the next one."""
    form = SignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            told = form.cleaned_data
            signing.sign(record, request.actor, picture=told["picture"], name="" if told["picture"] else told["name"])
            messages.success(request, f"{record.case.number}的笔录已签名，正在制作入卷。")
            return redirect("reception:reception_desk")
    page = {**record_page.page(record, request.actor), "form": form, "scan": ScanForm()}
    return render(request, "reception/record.html", page, status=422 if request.method == "POST" else 200)


@require_POST
@record_view
@once
def to_paper(request, record):
    signing.to_paper(record, request.actor)
    messages.success(request, "已改为打印签名：笔录制作后打印，签名后扫回。")
    return redirect("reception:reception_record", record.pk)


@require_POST
@record_view
@once
def scan(request, record):
    """签名件扫回"""
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refused("请选择签名件的扫描文件（PDF 或图片）。")
    told = form.cleaned_data
    signing.scanned_back(record, told["paper"], request.actor, told["address"])
    messages.success(request, f"{record.case.number}的签名件已入卷。")
    return redirect("reception:reception_record", record.pk)
