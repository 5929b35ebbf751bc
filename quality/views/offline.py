"""线下查控: one trip with one list, the answers by grid or from Excel, orders from the case, the lists before 终本."""

from decimal import Decimal
from functools import wraps

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from assets.models import QueryBatch
from cases import amounts, journal
from cases.access import case_view, item_view, office_view
from cases.pages.item_page import case_form_page
from cases.refusals import Refused, Unseen
from cases.submissions import once
from cases.views.exports import own_style
from cases.views.plain import answer, on_form
from quality import answers, letters, offline
from quality.answers import Found, Said
from quality.forms import OrderForm
from quality.offline import COUNTERS, OFFLINE
from quality.pages import offline_page


def batch_view(view):
    """Give the view a trip of the officer's own team."""

    @office_view("offline")
    @wraps(view)
    def wrapper(request, batch_id, *args, **kwargs):
        row = get_object_or_404(QueryBatch, pk=batch_id, channel=OFFLINE)
        if row.team_id != request.actor.team_id:
            raise Unseen(str(batch_id))
        return view(request, row, *args, **kwargs)

    return wrapper


@office_view("offline")
def index(request):
    return render(request, "quality/offline.html", offline_page.index(request, request.actor))


@require_POST
@office_view("offline")
@once
def depart(request):
    """Everybody whose boxes are ticked: one batch a counter, then the list to print."""
    chosen = {counter: [int(pk) for pk in request.POST.getlist(counter) if pk.isdigit()] for counter in COUNTERS}
    batches = offline.depart(chosen, request.actor)
    said = "、".join(f"{row.get_counter_display()} {row.queries.count()} 人次" for row in batches)
    messages.success(request, f"已生成清单：{said}。请打印后出发。")
    return redirect(f"/assets/offline/list/?{urlencode({'batch': [row.pk for row in batches]}, doseq=True)}")


def trips(request) -> list[QueryBatch]:
    """The trips that the address names, of the officer's own team."""
    ids = [int(pk) for pk in request.GET.getlist("batch") if pk.isdigit()][:3]
    rows = list(QueryBatch.objects.filter(pk__in=ids, channel=OFFLINE, team_id=request.actor.team_id).order_by("pk"))
    if not rows:
        raise Unseen("batch")
    return rows


@own_style
@office_view("offline")
def trip(request):
    """今日查询清单, one print for the whole trip; whoever prints certificates leaves a line."""
    rows = trips(request)
    with transaction.atomic():
        facts = {"batches": [row.pk for row in rows]}
        journal.write(
            [journal.Line(None, "read", "offline_list", "打印线下查询清单（含证件号码）", facts)], request.actor
        )
    return render(request, "quality/print_trip.html", offline_page.printed(rows, request.actor))


@office_view("offline")
def letters_pdf(request):
    """All letters of the trip as one file; whoever prints certificates leaves a line."""
    rows = trips(request)
    content = letters.together(rows, request.actor)
    with transaction.atomic():
        facts = {"batches": [row.pk for row in rows]}
        line = journal.Line(None, "read", "offline_letters", "打印协助查询函（含证件号码）", facts)
        journal.write([line], request.actor)
    found = HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": "inline"})
    found["Cache-Control"] = "no-store"
    return found


@require_POST
@batch_view
@once
def write_letters(request, row):
    """制发协助查询函, of a trip whose letters are void or that had none."""
    made = letters.write(row, request.actor)
    messages.success(request, f"已送制发协助查询函 {len(made)} 份，用印后可打印。")
    return redirect("quality:offline_batch", row.pk)


@batch_view
@once
def batch(request, row):
    """The grid of one trip; a post stores what was filled in, the others stay open."""
    if request.method != "POST":
        return render(request, "quality/offline_batch.html", offline_page.batch(row, request.actor))
    said, given, wrong = grid(request, row)
    if wrong:
        page = {**offline_page.batch(row, request.actor, given), "wrong": wrong}
        return render(request, "quality/offline_batch.html", page, status=422)
    if not said:
        raise Refused("请至少填写一人的反馈：有财产的填识别号，没有的按 0 查无。")
    done = answers.store(row, said, request.actor)
    messages.success(request, f"已录入 {len(said)} 人的反馈，入卷 {done} 件次。")
    return redirect("quality:offline_batch", row.pk)


def grid(request, row) -> tuple[dict[str, Said], dict[int, dict], list[dict]]:
    """What was typed, by person; what was typed by row, to show again; what is wrong with it."""
    said, given, wrong = {}, {}, []
    for n, person in enumerate(answers.people(row, request.actor)):
        typed = {name: request.POST.get(f"{name}-{n}", "").strip() for name in ("key", "title", "amount", "extra")}
        nothing = bool(request.POST.get(f"nothing-{n}"))
        given[n] = {**typed, "nothing": nothing}
        if nothing and (typed["key"] or typed["title"]):
            wrong.append({"n": n, "text": "已勾选查无，又填写了财产：请核对。"})
        elif nothing:
            said[person] = Said([], True)
        elif typed["key"] or typed["title"]:
            try:
                amount: Decimal | None = amounts.read_amount(typed["amount"]) if typed["amount"] else None
            except ValueError as error:
                wrong.append({"n": n, "text": f"金额：{error}"})
                continue
            key, title = typed["key"] or typed["title"], typed["title"] or typed["key"]
            said[person] = Said([Found(key[:120], title[:200], amount, typed["extra"][:100])])
        elif typed["amount"] or typed["extra"]:
            wrong.append({"n": n, "text": "没有写明财产：请填写识别号或名称。"})
    return said, given, wrong


@batch_view
@once
def paste(request, row):
    """粘贴 Excel 录入: read and shown with what is wrong; stored only by the second button."""
    text = request.POST.get("text", "")
    page: dict = {"batch": offline_page.batch(row, request.actor)["batch"], "text": text, "rows": [], "good": 0}
    if request.method != "POST" or not text.strip():
        return render(request, "quality/offline_paste.html", page)
    try:
        rows = answers.read(row, text, request.actor)
    except Refused as refusal:
        return render(request, "quality/offline_paste.html", {**page, "refusal": str(refusal)}, status=422)
    said = answers.said_of(rows)
    if request.POST.get("do") == "store" and said:
        done = answers.store(row, said, request.actor)
        messages.success(request, f"已导入 {len(said)} 人的反馈，入卷 {done} 件次；有问题的行没有导入。")
        return redirect("quality:offline_batch", row.pk)
    names = {person: queries[0].party.name for person, queries in answers.people(row, request.actor).items()}
    page["rows"] = [{**each._asdict(), "name": names.get(each.person, "")} for each in rows]
    page |= {"good": sum(not each.wrong for each in rows), "people": len(said)}
    return render(request, "quality/offline_paste.html", page)


@require_POST
@office_view("offline")
@once
def full(request):
    """终本前: the missing queries of the chosen cases, for the next trip."""
    ids = [int(pk) for pk in request.POST.getlist("case") if pk.isdigit()]
    count = offline.order_full(ids, request.actor)
    messages.success(request, f"已提出 {count} 项线下查询，列入待查询。")
    return redirect("/assets/offline/?tab=go")


@case_view("order_offline")
@once
def order(request, case):
    """提出线下查询 from the case: every debtor and every counter are chosen already."""
    debtors = offline_page.order(case, request.actor)
    start = {"parties": [row.pk for row in debtors], "counters": list(COUNTERS)}
    form = OrderForm(request.POST or None, parties=debtors, initial=start)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            data = form.cleaned_data
            count = offline.order(case, data["parties"], data["counters"], request.actor, data["reason"])
            messages.success(request, f"已提出线下查询 {count} 项，随综合质效下一趟办理。")
            return redirect("cases:detail", case.pk)
    page = case_form_page(case, request.actor, "提出线下查询", button="提出")
    return answer(request, "cases/case_form.html", page, form)


@item_view("finish_item")
def item(request, item):
    """The duty leads to the list of whom to ask about."""
    if item.rule != offline.RULE:
        return redirect("cases:item", item.pk)
    return redirect("/assets/offline/")
