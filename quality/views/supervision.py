"""督办核验: accept the answer or order again."""

from django.contrib import messages
from django.shortcuts import redirect

from cases.access import item_view
from cases.pages import item_page
from cases.submissions import once
from cases.views.plain import answer, on_form
from quality import supervision
from quality.forms import VerifyForm


@item_view("finish_item")
@once
def verify(request, item):
    if item.rule != supervision.RULE or not item.open:
        return redirect("cases:item", item.pk)
    answered = supervision.answer_of(item)
    form = VerifyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            again = supervision.verify(
                item, data["verdict"] == "accept", data["text"], request.actor, reply_on=data["reply_on"]
            )
            messages.success(request, f"已退回再办：{again.title}。" if again else "已认可答复。")
            return redirect("cases:detail", item.case_id)
    page = item_page.case_form_page(item.case, request.actor, "督办核验", button="提交")
    said = f"{answered.person.name if answered.person else ''}答复：{answered.note}" if answered else ""
    form.fields["verdict"].help_text = said
    return answer(request, "cases/case_form.html", page, form)
