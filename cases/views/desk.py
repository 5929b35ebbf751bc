"""/sign/: the signer's desk. Every act works as a plain form; asked by htmx, the answer is the desk itself."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases import rights, signing
from cases.access import approval_view, concerned, office_view
from cases.forms.sign import RejectForm, SignForm, Unlocking
from cases.models import Approval
from cases.pages import desk_page, signed_page
from cases.refusals import Refused, Stale
from cases.submissions import once
from cases.views.exports import export

PARTS = {"desk": "cases/_desk.html", "desk-list": "cases/_desk_list.html", "decision": "cases/_decision.html"}


@office_view("sign")
def index(request):
    """What waits for me, and the first or chosen one beside it; the list alone for whoever only looks again."""
    page = desk_page.desk(request, request.actor)
    if page["chosen"] and page["chosen"]["may_sign"] and request.htmx.target != "desk-list":
        signing.opened(page["chosen"]["approval"]["id"], request.actor)
    return show(request, page)


def show(request, page: dict, status: int = 200):
    """The page, or the part of it that was asked for."""
    return render(request, PARTS.get(request.htmx.target or "", "cases/sign.html"), page, status=status)


def refused(request, approval: Approval, form, which: str):
    """The desk again with all that was typed, and what is wrong."""
    page = desk_page.desk(request, request.actor, chosen=approval)
    return show(request, {**page, which: form, "form": form}, 422)


def gone(request, approval: Approval, error: Stale):
    """Somebody was first, or the sheet has changed: the desk says so where the officer is looking."""
    approval.refresh_from_db()
    page = desk_page.desk(request, request.actor, chosen=approval)
    return show(request, {**page, "stale": str(error)}, 409)


def moved_on(request, approval: Approval, words: str):
    """On to the next sheet."""
    if not request.htmx:
        messages.success(request, words)
        following = request.POST.get("following", "")
        keep = request.GET.urlencode()
        query = "&".join(filter(None, (keep, f"approval={following}" if following.isdigit() else "")))
        return redirect(f"{reverse('cases:sign')}{'?' if query else ''}{query}")
    page = desk_page.desk(request, request.actor, after=request.POST.get("following", ""))
    answer = show(request, {**page, "said": words, "said_url": f"/approvals/{approval.pk}/"})
    answer["Location"] = reverse("cases:sign")  # where a repeat of the same form is sent
    return answer


def on_desk(view):
    """A lost race is told on the desk, where the officer is looking."""

    @wraps(view)
    def wrapper(request, approval):
        try:
            return view(request, approval)
        except Stale as error:
            return gone(request, approval, error)

    return wrapper


@require_POST
@approval_view("sign")
@on_desk
@once
def sign(request, approval):
    form = SignForm(request.POST, request=request, approval=approval)
    if form.is_valid():
        data = form.cleaned_data
        try:
            signing.sign(
                approval, request.actor, opinion=data["opinion"], choice=data["choice"] or None, place=data["place"]
            )
            return moved_on(request, approval, desk_page.signed_words(approval))
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error(None, reason.text)
    return refused(request, approval, form, "sign_form")


@require_POST
@approval_view("sign")
@on_desk
@once
def reject(request, approval):
    form = RejectForm(request.POST)
    if not form.is_valid():
        return refused(request, approval, form, "return_form")
    data = form.cleaned_data
    signing.reject(approval, request.actor, reason=data["reason"], opinion=data["opinion"], place=data["place"])
    return moved_on(request, approval, desk_page.signed_words(approval, "已退回"))


@require_POST
@office_view("sign")
@once
def many(request):
    """批量同意, 批量退回: each by itself; the summary names what was left and why."""
    given = request.POST
    # A reason or words of a return mean a return, whichever button the browser takes for Enter.
    returning = given.get("do") == "return" or bool(given.get("reason") or given.get("words"))
    told = {"reason": given.get("reason"), "opinion": given.get("words")}
    form = RejectForm(told) if returning else Unlocking(given, request=request)
    if not form.is_valid():
        page = desk_page.desk(request, request.actor)
        ticked = request.POST.getlist("approval")
        return show(request, {**page, "batch_form": form, "form": form, "ticked": ticked, "returning": returning}, 422)
    wanted = Approval.objects.filter(pk__in=[pk for pk in request.POST.getlist("approval") if pk.isdigit()])
    mine = [approval for approval in wanted.select_related("case") if _sees(request.actor, approval)]
    if returning:
        data = form.cleaned_data
        results = signing.reject_many(mine, request.actor, reason=data["reason"], opinion=data["opinion"])
    else:
        results = signing.sign_many(mine, request.actor, opinion="同意")
    page = desk_page.desk(request, request.actor)
    return show(request, {**page, "summary": desk_page.summary(results, "退回" if returning else "签")})


def _sees(actor, approval: Approval) -> bool:
    if approval.case is None:
        return concerned(actor, approval)
    return rights.standings(actor, [approval.case])[approval.case.pk].view


@office_view("sign")
def signed(request):
    return render(request, "cases/signed.html", signed_page.page(request, request.actor))


@office_view("sign")
def signed_export(request):
    return export(request, signed_page.listing)
