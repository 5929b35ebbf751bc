"""电子卷宗: the page, page images and their words, 编目, notes, printing."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases import context
from cases.access import case_view, office_view
from cases.pages import item_page
from cases.pages.print_page import printed
from cases.refusals import Refused, Unseen
from cases.submissions import once
from cases.views.exports import own_style
from cases.views.plain import answer, on_form
from documents.dossier import images, notes, ordering, placing, volumes
from documents.dossier.forms import PlaceForm
from documents.dossier.reading import paper_of, tell
from documents.dossier.serving import sent
from documents.models import Annotation, Page
from documents.pages import dossier_page, dossier_paper, dossier_search

PRINTED = 60  # pages of one print


def reach(request, case, material_id: int):
    return paper_of(case, material_id, request.actor, request.session.session_key or "")


@case_view("material")
def dossier(request, case):
    dossier_page.ask_for_images(case, request.actor)
    page = dossier_page.page(case, request.actor, request.GET)
    if page["paper"]:
        reach(request, case, page["paper"]["id"])
    return render(request, "documents/dossier.html", page)


@office_view("material")
def find(request):
    """全文检索 over the cases the officer sees."""
    return render(request, "documents/dossier_search.html", dossier_search.page(request, request.actor))


@case_view("material")
def page_image(request, case, material_id, number):
    paper = reach(request, case, material_id)
    get_object_or_404(Page, rendition__sha256=paper.sha256, number=number, problem="")
    response = sent(images.path_of(paper.sha256, number), images.CONTENT_TYPE)
    response["Cache-Control"] = "private, no-store" if paper.secret_volume else "private, max-age=600"
    return response


@case_view("material")
def words(request, case, material_id, number):
    """The lines of a page with their boxes: the words can then be chosen on the image."""
    paper = reach(request, case, material_id)
    response = JsonResponse({"lines": dossier_paper.words(paper, number)})
    response["Cache-Control"] = "private, no-store"
    return response


@case_view("catalogue")
@once
def place(request, case, material_id):
    """编目 of one paper, by a plain form."""
    paper, secret = reach(request, case, material_id), volumes.may_secret(case, request.actor)
    where = placing.places(case, [paper])[paper.pk]
    initial = {"place": f"{'secret' if where.secret else 'main'}:{where.number}" if where.number else ""}
    form = PlaceForm(request.POST or None, case=case, paper=paper, secret=secret, initial=initial)
    if request.method == "POST" and form.is_valid():
        with on_form(form):
            into, number = form.where()
            placing.put(paper, number, request.actor, secret=into, reason=form.cleaned_data.get("reason", ""))
            messages.success(request, f"已编目：{paper.title}。")
            return redirect(
                f"/cases/{case.pk}/dossier/?m={paper.pk}" if secret or not into else f"/cases/{case.pk}/dossier/"
            )
    page = item_page.case_form_page(case, request.actor, f"编目：{paper.title}", button="编目")
    page |= {"back": f"/cases/{case.pk}/dossier/?m={paper.pk}", "back_label": "返回卷宗"}
    return answer(request, "cases/case_form.html", page, form)


@require_POST
@case_view("catalogue")
def shift(request, case, material_id):
    """One place up or down under the same number."""
    paper = reach(request, case, material_id)
    if not ordering.shift(paper, request.POST.get("to") == "up", request.actor):
        messages.info(request, "同一目录序号下已在最前或最后；要换到别的序号，请用「编目」。")
    return redirect(f"/cases/{case.pk}/dossier/?m={paper.pk}")


@require_POST
@case_view("catalogue")
@once
def sort(request, case):
    moved = ordering.sort(case, request.actor)
    messages.success(
        request, f"已按形成时间排序，{moved} 件次序有变。" if moved else "次序没有变化：材料已按形成时间排列。"
    )
    return redirect(f"/cases/{case.pk}/dossier/")


@case_view("catalogue")
@once
def catalogue(request, case):
    """批量编目: a number for each paper that waits; those left empty wait on."""
    page = dossier_page.catalogue(case, request.actor)
    if request.method == "POST":
        chosen = {row["id"]: request.POST.get(f"place-{row['id']}", "") for row in page["rows"]}
        chosen = {pk: int(number) for pk, number in chosen.items() if number.isdigit() and int(number)}
        if not chosen:
            raise Refused("请先为要编目的材料选择目录序号。")
        for pk, number in chosen.items():
            placing.put(reach(request, case, pk), number, request.actor)
        messages.success(request, f"已编目 {len(chosen)} 件。")
        return redirect(f"/cases/{case.pk}/dossier/")
    return render(request, "documents/dossier_catalogue.html", page)


@require_POST
@case_view("material")
@once
def note(request, case, material_id):
    """批注, or with `do=extract` 摘录 into the notes of the case."""
    paper = reach(request, case, material_id)
    page = request.POST.get("page", "1")
    number = int(page) if page.isdigit() and len(page) < 5 else 1
    given = (paper, number, request.POST.get("text", ""), request.POST.get("quote", ""), request.actor)
    if request.POST.get("do") == "extract":
        notes.extract(*given)
        messages.success(request, "已摘录到案件备注。")
    else:
        notes.annotate(*given)
        messages.success(request, "已批注。")
    return redirect(f"/cases/{case.pk}/dossier/?m={paper.pk}#p{number}")


@require_POST
@case_view("material")
def delete_note(request, case, material_id, annotation_id):
    paper = reach(request, case, material_id)
    notes.remove(get_object_or_404(Annotation, pk=annotation_id, material=paper), request.actor)
    return redirect(f"/cases/{case.pk}/dossier/?m={paper.pk}")


@own_style
@case_view("print")
def print_pages(request, case, material_id):
    """A range of pages on paper, each with the watermark; of the 副卷 only with a reason, which is kept."""
    paper = reach(request, case, material_id)
    reason = request.GET.get("reason", "").strip()[:200]
    if paper.secret_volume and not reason:
        raise Refused("打印副卷须写明用途：请在卷宗页填写用途后再打印。")
    first, last, wanted = span(request.GET, Page.objects.filter(rendition__sha256=paper.sha256).count())
    rows = Page.objects.filter(rendition__sha256=paper.sha256, number__range=(first, last)).order_by("number")
    if not rows:
        raise Unseen(str(material_id))
    tell(
        paper,
        "print",
        f"打印：{paper.title} 第 {first}–{last} 页",
        {"from": first, "to": last, "reason": reason},
        request.actor,
    )
    ctx = context.read()
    page = {
        "case": item_page.case_line(case),
        "paper": {"id": paper.pk, "title": paper.title},
        "pages": rows,
        "printed": printed(ctx, request.actor),
        "mark": f"{request.actor.name} {ctx.now:%Y-%m-%d %H:%M}",
        "shown": (first, last),
        "rest": left_of(last, wanted, reason),
    }
    return render(request, "documents/dossier_print.html", page)


def left_of(last: int, wanted: int, reason: str) -> dict | None:
    """The pages that one print does not hold, and where they are printed."""
    if wanted <= last:
        return None
    asked = {"from": last + 1, "to": wanted, **({"reason": reason} if reason else {})}
    return {"from": last + 1, "to": wanted, "most": PRINTED, "url": f"?{urlencode(asked)}"}


def span(given, count: int) -> tuple[int, int, int]:
    """From and to of a print, inside the paper and no more than one print holds; and up to where it was wanted."""
    first, last = given.get("from", "1"), given.get("to", "")
    begin = min(max(int(first) if first.isdigit() else 1, 1), max(count, 1))
    wanted = min(int(last) if last.isdigit() else count, count)
    if wanted < begin:
        raise Refused("打印的起止页码不对：止页不能小于起页。")
    return begin, min(wanted, begin + PRINTED - 1), wanted
