"""Arranging before the closing, archiving, the second person's check, the package, the shelf."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from archives import packages, pre_closing, volumes
from archives.access import volume_view
from archives.forms import ArrangeForm, VolumeForm
from archives.models import Volume
from archives.pages import arrange_page, case_panel
from cases.access import case_view, item_view, office_view
from cases.refusals import Refused, Unseen
from cases.submissions import once
from cases.views.plain import answer, on_form
from documents import codes


@item_view("arrange_file")
@once
def arrange(request, item):
    """报结卷宗整理: what is there, what is missing and whose it is; done, the closing is asked."""
    if item.rule != pre_closing.RULE:
        raise Unseen(item.title)
    form = ArrangeForm(request.POST or None)
    if request.method == "POST":
        if request.POST.get("do") == "send_back":
            opened = pre_closing.send_back(item, request.actor)
            messages.success(request, f"已退给责任人 {opened} 项。" if opened else "缺的材料都已退给责任人。")
            return redirect("archives:arrange", item.pk)
        if form.is_valid():
            with on_form(form):
                pre_closing.finish(item, form.cleaned_data["note"], request.actor)
                messages.success(request, "卷宗整理完毕，结案审批已报出。")
                return redirect("/workbench/")
    return answer(request, "archives/arrange.html", arrange_page.page(item, request.actor), form)


@item_view("arrange_file")
def file_case(request, item):
    """The duty 归档 is done on the case's page of archiving."""
    if item.rule != volumes.FILE_CASE:
        raise Unseen(item.title)
    return redirect("archives:archive_case", item.case_id)


@case_view("arrange_file")
@once
def case(request, case):
    """归档: the machine's check, 提起归档, and what comes after it."""
    form = VolumeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            volume = volumes.ask(case, request.actor, **form.cleaned_data)
            messages.success(
                request, "已提起归档，抽中质检，须由另一人核验。" if volume.sampled else "已提起归档，可以系统归档。"
            )
            return redirect("archives:archive_case", case.pk)
    return answer(request, "archives/case.html", case_panel.case_page(case, request.actor), form)


@require_POST
@volume_view
@once
def decide(request, volume):
    """质检: `A` pass, `R` back."""
    passed = request.POST.get("do") == "pass"
    volumes.decide(volume, passed, request.POST.get("note", ""), request.actor)
    messages.success(request, "质检通过，可以系统归档。" if passed else "已退回整理。")
    return redirect("archives:archive_case", volume.case_id)


@require_POST
@volume_view
@once
def withdraw(request, volume):
    volumes.withdraw(volume, request.POST.get("note", ""), request.actor)
    messages.success(request, "已退回整理。")
    return redirect("archives:archive_case", volume.case_id)


@require_POST
@volume_view
@once
def pack(request, volume):
    volumes.pack(volume, request.actor)
    messages.success(request, "正在生成归档包。")
    return redirect("/archive/?tab=shelve")


@require_POST
@volume_view
def verify(request, volume):
    """核验归档包: the check of `manage.py verify_package`, now."""
    wrong = packages.wrong(volume) if volume.package else ["尚未系统归档"]
    if wrong:
        messages.error(request, f"归档包不完整：{'；'.join(wrong[:5])}")
    else:
        messages.success(request, "归档包完整：清单、目录、每个文件的校验值一致。")
    return redirect("archives:archive_case", volume.case_id)


@require_POST
@office_view("archive_desk")
@once
def shelve(request):
    """上架: the volume's code, then the shelf's."""
    code = codes.read(request.POST.get("code", ""))
    if code is None or code.kind != codes.VOLUME:
        raise Refused("请先扫描案卷脊标上的条码（AJ 开头），再扫描架位条码。")
    volume = Volume.objects.select_related("case").filter(pk=code.key).first()
    if volume is None:
        raise Refused("没有这个编号的案卷。")
    done = volumes.shelve(volume, request.POST.get("shelf", ""), request.actor)
    messages.success(request, f"已入库：{volume.case.number}，架位 {done.shelf}。")
    return redirect("/archive/?tab=shelve")
