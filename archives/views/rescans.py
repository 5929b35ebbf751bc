"""重新扫描: asked for from the dossier, done by the centre."""

from django.contrib import messages
from django.shortcuts import redirect

from archives import rescanning
from archives.forms import RescanForm, WhyForm
from cases.access import case_view, item_view
from cases.pages import item_page
from cases.refusals import Unseen
from cases.submissions import once
from cases.views.plain import answer, on_form
from documents.dossier.reading import paper_of


@case_view("ask_rescan")
@once
def ask(request, case, material_id):
    """Whoever reads the paper says what is wrong with it."""
    paper = paper_of(case, material_id, request.actor, request.session.session_key or "")
    back = f"/cases/{case.pk}/dossier/?m={paper.pk}"
    if rescanning.running(case, paper):
        messages.info(request, "已有人请求重新扫描本件，卷宗管理中心正在办理。")
        return redirect(back)
    form = WhyForm(request.POST or None, initial={"why": rescanning.damage(paper)})
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            rescanning.ask(paper, form.cleaned_data["why"], request.actor)
            messages.success(request, "已请卷宗管理中心重新扫描；换上新版本后，本件自动显示新版本的链接。")
            return redirect(back)
    page = item_page.case_form_page(case, request.actor, f"请求重新扫描：{paper.title}", button="请求重新扫描")
    page |= {"back": back, "back_label": "返回卷宗"}
    return answer(request, "cases/case_form.html", page, form)


@item_view("arrange_file")
@once
def rescan(request, item):
    """The centre's part: the new scan, or why there is none."""
    if item.rule != rescanning.RULE:
        raise Unseen(item.title)
    paper = paper_of(item.case, rescanning.paper_of(item).pk, request.actor, request.session.session_key or "")
    dossier = f"/cases/{item.case_id}/dossier/?m="
    form = RescanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            if upload := form.cleaned_data["paper"]:
                made = rescanning.file(item, upload, request.actor)
                messages.success(request, f"已换为第 {made.version} 版，旧版本保留。")
                return redirect(f"{dossier}{made.pk}")
            rescanning.leave(item, form.cleaned_data["why"], request.actor)
            messages.success(request, "已办结，原因已写在事项里。")
            return redirect("/archive/")
    page = {**item_page.form_page(item, request.actor, "办理"), "button": "办结", "dossier": f"{dossier}{paper.pk}"}
    return answer(request, "archives/rescan.html", {**page, "paper": {"title": paper.title}, "why": item.note}, form)
