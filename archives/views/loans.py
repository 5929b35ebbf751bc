"""借阅 and 外送: out and back by scan."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from archives import loans
from archives.access import loan_view
from archives.forms import SendUpForm
from cases.access import item_view, office_view
from cases.pages import item_page
from cases.refusals import Refused, Unseen
from cases.submissions import once
from cases.views.plain import answer, on_form


@require_POST
@office_view("archive_desk")
def scan(request):
    """One scan of a volume: lent if a loan waits for it, returned if it is out."""
    return _moved(request)


def _moved(request, to=None):
    try:
        moved = loans.scan(request.POST.get("code", ""), request.actor, to=to)
        who = moved.loan.borrower.name if moved.loan.borrower else moved.loan.court
        messages.success(request, f"{moved.verb}：{moved.loan.case.number}（{who}）。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("/archive/?tab=loans")


@require_POST
@loan_view
def lend(request, loan):
    """出借 to this one of several who wait, by the volume's bar code."""
    return _moved(request, loan)


@require_POST
@loan_view
@once
def cancel(request, loan):
    loans.cancel(loan, request.POST.get("reason", ""), request.actor)
    messages.success(request, f"已取消借阅：{loan.case.number}，已通知借阅人。")
    return redirect("/archive/?tab=loans")


@require_POST
@loan_view
@once
def back(request, loan):
    """归还 of what has no bar code, or with its state written down."""
    loans.take_back(loan, request.actor, request.POST.get("condition", ""))
    messages.success(request, f"已登记归还：{loan.case.number}。")
    return redirect("/archive/?tab=loans")


@item_view("arrange_file")
@once
def send_up(request, item):
    """上级法院调卷: sent, and watched until it is back."""
    if item.rule != "archives.send_up":
        raise Unseen(item.title)
    form = SendUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            loans.send_up(item, data["court"], data["reason"], request.actor, until=data["until"])
            messages.success(request, "已登记报送，回库期限已开始计算。")
            return redirect("/archive/?tab=loans")
    return answer(request, "cases/item_form.html", item_page.form_page(item, request.actor, "报送卷宗"), form)
