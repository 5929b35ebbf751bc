"""收集轮次: begun by team, its list on screen and on paper, closed with what is still missing explained."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from archives import rounds
from archives.forms import RoundForm
from archives.models import CollectionRound
from archives.pages import rounds_page
from cases import permissions
from cases.access import office_view
from cases.refusals import Refused, Unseen
from cases.submissions import once
from cases.views.exports import own_style
from cases.views.plain import answer, on_form


@office_view("archive_desk")
@once
def index(request):
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            row = rounds.begin(form.cleaned_data["team"], request.actor)
            messages.success(request, "收集轮次已开始，团队已收到收集单。")
            return redirect("archives:round", row.pk)
    return answer(request, "archives/rounds.html", rounds_page.index(request), form)


@office_view("archive_desk")
@once
def one(request, round_id):
    row = get_object_or_404(CollectionRound.objects.select_related("team"), pk=round_id)
    if request.method == "POST":
        try:
            rounds.close(row, request.POST.get("note", ""), request.actor)
            messages.success(request, "收集轮次已结束。")
            return redirect("archives:rounds")
        except Refused as refusal:
            messages.error(request, str(refusal))
    return render(request, "archives/round.html", rounds_page.one(row, request.actor))


@own_style
@office_view("custody")
def sheet(request, round_id):
    """The 收集单 on paper: for the centre, and for the team it is about."""
    row = get_object_or_404(CollectionRound.objects.select_related("team"), pk=round_id)
    centre = permissions.mark("archive_desk", request.actor.post, request.actor.kind) != "."
    if not centre and row.team_id != request.actor.team_id:
        raise Unseen(str(round_id))
    return render(request, "archives/print_round.html", rounds_page.one(row, request.actor))
