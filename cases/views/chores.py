"""新建事项: a team opens its own chore by one small form; it is then worked like any other item."""

from django.contrib import messages
from django.shortcuts import redirect

from cases import work
from cases.access import office_view
from cases.forms.chore import ChoreForm
from cases.submissions import once
from cases.views.plain import answer, on_form


@office_view("new_item")
@once
def new_item(request):
    form = ChoreForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            item = work.open_chore(
                data["kind"],
                request.actor,
                title=" ".join(filter(None, (data["number"], data["title"]))),
                person_id=data["person"],
                due_on=data["due_on"],
                urgent=data["urgent"],
            )
            messages.success(request, f"已新建：{item.title}。")
            return redirect("cases:item", item.pk)
    return answer(request, "cases/new_item.html", {}, form)
