"""指挥平台事项: the list, one taken in, one replied to."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from cases import rights
from cases.access import item_view, office_view
from cases.models import Case
from cases.refusals import Unseen
from cases.submissions import once
from cases.views.plain import answer, on_form
from quality import matters
from quality.forms import MatterForm, ReplyForm
from quality.models import PlatformMatter
from quality.pages import matters_page


@office_view("matters")
def index(request):
    return render(request, "quality/matters.html", matters_page.index(request, request.actor))


@office_view("matters")
@once
def new(request):
    form = MatterForm(request.POST or None, actor=request.actor, initial={"received_on": "今天"})
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = dict(form.cleaned_data)
            case = case_of(request, data.pop("case_number"), form)
            if not form.errors:
                row = matters.receive(matters.Matter(**data, case=case), request.actor)
                messages.success(request, f"已登记：{row.number} {row.title}。")
                return redirect("quality:matter", row.pk)
    return answer(request, "quality/matter_new.html", {}, form)


def case_of(request, number: str, form) -> Case | None:
    """The case it is about, if the officer may see it; else a sentence on the field."""
    if not number:
        return None
    case = rights.visible(request.actor, Case.objects.filter(number=number)).first()
    if case is None:
        form.add_error("case_number", "没有这个案号，或您无权查看：请核对，或留空。")
    return case


@office_view("matters")
@once
def one(request, matter_id):
    row = get_object_or_404(
        PlatformMatter.objects.select_related("item__team", "item__person", "case", "replied_by"), pk=matter_id
    )
    if not matters_page.openable(request.actor).filter(pk=row.pk).exists():
        raise Unseen(str(matter_id))
    form = ReplyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            matters.reply(row, data["reply"], data["receipt"], data["paper"], request.actor)
            messages.success(request, f"已回复：{row.title}。")
            return redirect("quality:matter", row.pk)
    return answer(request, "quality/matter.html", matters_page.one(row, request.actor), form)


@item_view("finish_item")
def item(request, item):
    """The duty leads to its matter; one opened before there were matters is done by the plain form of its item."""
    row = PlatformMatter.objects.filter(item=item).first()
    return redirect("quality:matter", row.pk) if row else redirect("cases:item", item.pk)
