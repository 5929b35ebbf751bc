"""录入卡: copied field by field into the national system, then 「已录入」 with the receipt number."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cases.access import item_view
from cases.models import WorkItem
from cases.refusals import Refused
from cases.submissions import once
from cases.views.plain import answer, on_form
from documents.access import document_view
from documents.models import Document
from documents.national import entering, uploading
from documents.pages import card_page


class NumberForm(forms.Form):
    number = forms.CharField(
        label="执行系统回执号", max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


@document_view("view")
@once
def card(request, document):
    return of(request, document, back=f"/docs/{document.pk}/")


@require_POST
@document_view("enter_national")
@once
def upload(request, document):
    """经交换目录发出: the paper with its card as a package."""
    uploading.send(document, request.actor)
    messages.success(request, f"已发出「{document.title}」，回执到达后自动登记录入。")
    return redirect("documents:entry_card", document.pk)


@item_view("enter_national")
def item(request, item: WorkItem):
    """From the duty to the card of its paper."""
    document = entering.document_of(item)
    if document is None:
        raise Refused(f"「{item.title}」不是上传执行系统的事项。")
    return redirect("documents:entry_card", document.pk)


def of(request, document: Document, *, back: str):
    """The card of one paper; rooms above show it at an address of their own."""
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            row = entering.enter(document, form.cleaned_data["number"], request.actor, entering.Door.CARD)
            messages.success(request, f"{document.case.number}「{document.title}」已登记录入，回执号 {row.number}。")
            return redirect(back)
    page = {**card_page.page(document, request.actor), "back": back, "action": request.path}
    return answer(request, "documents/card.html", page, form)
