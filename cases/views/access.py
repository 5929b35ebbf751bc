"""不公开案件, by the exact number alone: an officer asks to see it, the heads name who may; neither sees it by that."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from cases import context, exceptions, rights, signing
from cases.access import office_view
from cases.forms.access import AccessForm, NameForm
from cases.models import Approval, CaseGrant
from cases.pages.lights import stamp
from cases.submissions import once
from cases.views.plain import answer, on_form

MOST, SHOWN = 100, 10
COLOUR = {"waiting": "am", "signed": "gr", "rejected": "re"}


@office_view("ask:confidential_access")
@once
def ask(request):
    form = AccessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            case = form.cleaned_data["number"]
            if rights.standings(request.actor, [case])[case.pk].view:
                messages.info(request, "您已可查看本案，无须报请。")
                return redirect("cases:detail", case.pk)
            facts = {"purpose": form.cleaned_data["purpose"], "until": str(form.cleaned_data["until"])}
            signing.ask(
                case, "confidential_access", request.actor, subject=f"user:{request.actor.user_id}", proposal=facts
            )
            messages.success(request, "已报请局长；同意后您会收到通知。")
            return redirect("cases:list")
    return answer(request, "cases/access.html", {"rows": asked(request.actor)}, form)


@office_view("grant_exception")
@once
def name(request):
    """The heads name who may see or work on a confidential case, or is recused from it."""
    form = NameForm(request.POST or None, people=people())
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            exceptions.grant(
                data["number"], data["person"], data["permission"], data["until"], data["reason"], request.actor
            )
            messages.success(request, f"已登记：{data['number'].number}。")
            return redirect("cases:name_people")
    return answer(request, "cases/name_people.html", {"rows": granted(request.actor)}, form)


def asked(actor) -> list[dict]:
    """What this officer has asked to see, the newest first, and what became of it."""
    ctx = context.read()
    rows = Approval.objects.filter(act="confidential_access", maker_id=actor.user_id).select_related("case")
    return [
        {
            "number": row.case.number,
            "state": row.get_state_display(),
            "colour": COLOUR.get(row.state, ""),
            "at": stamp(ctx, row.asked_at),
            "until": row.proposal.get("until", ""),
        }
        for row in rows.order_by("-id")[:SHOWN]
    ]


def people() -> list[tuple[int, str]]:
    """Everybody posted in the bureau, with the team."""
    roster = context.read().roster
    members = [m for rows in roster.posted.values() for m in rows if m.post not in rights.OUTSIDE]
    found = {m.user_id: f"{m.name}（{roster.team(m.team_id).name}）" for m in members}
    return sorted(found.items(), key=lambda row: row[1])


def granted(actor) -> list[dict]:
    """What this officer has named on confidential cases and what still runs."""
    rows = CaseGrant.objects.filter(granted_by_id=actor.user_id, content_object__confidential=True)
    rows = rows.select_related("user", "permission", "content_object").order_by("-id")[:MOST]
    return [
        {
            "id": row.pk,
            "number": row.content_object.number,
            "person": row.user.name,
            "what": exceptions.LABELS[row.permission.codename],
            "until": f"{row.until:%Y-%m-%d}" if row.until else "长期",
            "reason": row.reason,
        }
        for row in rows
    ]


@require_POST
@office_view("grant_exception")
@once
def take_back(request, grant_id):
    """Only what one has given oneself; other grants are taken back on the case's own page."""
    row = get_object_or_404(CaseGrant, pk=grant_id, granted_by_id=request.actor.user_id)
    exceptions.revoke(row, request.actor)
    messages.success(request, "已撤销。")
    return redirect("cases:name_people")
