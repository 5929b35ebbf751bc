"""繁简分流: a page of proposals decided together, one case by itself, the same-day routes, the register as a file."""

from django.contrib import messages
from django.shortcuts import redirect, render

from cases import rights
from cases.access import case_view, item_view, office_view
from cases.models import Case
from cases.refusals import Refused, Unseen
from cases.submissions import once
from cases.views.exports import export
from cases.views.plain import answer, on_form
from quality import triage
from quality.forms import RouteForm, TriageForm
from quality.pages import triage_list, triage_page
from quality.triage import Wish


@office_view("triage")
@once
def index(request):
    """The list; a post decides the cases that were marked."""
    if request.method != "POST":
        return render(request, "quality/triage.html", triage_page.index(request, request.actor))
    wishes = read(request)
    if not wishes:
        raise Refused("请先给至少一件案件选快执或普执。")
    outcome = triage.decide(wishes, request.actor)
    if outcome.taken:
        messages.success(request, said(outcome))
    refused = {pk: str(why) for pk, why in outcome.refused.items() if not isinstance(why, Unseen)}
    if not refused:
        return redirect("/triage/")
    given = {wish.case_id: {"chosen": wish.track, "reason": wish.reason} for wish in wishes}
    page = triage_page.index(request, request.actor, given, refused)
    numbers = dict(Case.objects.filter(pk__in=refused).values_list("pk", "number"))
    page["refused"] = [{"number": numbers.get(pk, ""), "reason": why, "id": pk} for pk, why in refused.items()]
    return render(request, "quality/triage.html", page, status=200 if outcome.taken else 422)


def read(request) -> list[Wish]:
    """What was marked; without a script one button accepts whatever the rules are certain of."""
    if request.POST.get("accept") == "certain":
        page = triage_page.index(request, request.actor)
        return [Wish(row["id"], row["proposed"]) for row in page["rows"] if row.get("certain")]
    found = []
    for pk in request.POST.getlist("case")[: triage_page.SCANNED]:
        track = request.POST.get(f"track-{pk}", "")
        if pk.isdigit() and track in triage.STEP:
            found.append(Wish(int(pk), track, request.POST.get(f"reason-{pk}", "").strip()))
    return found


def said(outcome: triage.Outcome) -> str:
    fast = sum(row.track == "fast" for row in outcome.taken)
    return f"已分流 {len(outcome.taken)} 件：快执 {fast} 件，普执 {len(outcome.taken) - fast} 件。"


@case_view("triage_fast")
@once
def one(request, case):
    page = triage_page.one(case, request.actor)
    asked = {step: track for track, step in triage.STEP.items()}.get(request.GET.get("step", ""))
    start = {"track": asked or triage.proposals([case])[case.pk][1].track}
    form = TriageForm(request.POST or None, loads=page["loads"], initial=start)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            outcome = triage.decide([Wish(case.pk, data["track"], data["reason"], data["team"] or 0)], request.actor)
            if why := outcome.refused.get(case.pk):
                raise why
            row = outcome.taken[0]
            messages.success(request, f"{case.number} 已分流{row.get_track_display()}：{row.team.name}。")
            return redirect("/triage/")
    return answer(request, "quality/triage_one.html", page, form)


@case_view("triage_fast")
@once
def route(request, case):
    """当日分流: why it need not wait."""
    form = RouteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            triage.state_route(case, form.cleaned_data["ground"], form.cleaned_data["note"], request.actor)
            messages.success(request, f"{case.number} 符合当日分流情形，可以分流。")
            return redirect("quality:triage_one", case.pk)
    return answer(request, "quality/route.html", triage_page.one(case, request.actor), form)


@item_view("finish_item")
def item(request, item):
    """The duty leads to the case's own page of triage."""
    if item.rule != triage_page.RULE:
        return redirect("cases:item", item.pk)
    rights.require(request.actor, item.case, "triage_fast")
    return redirect("quality:triage_one", item.case_id)


@office_view("triage")
def register(request):
    """分流登记 of a day or a span, as a file."""
    return export(request, triage_list.listing)
