"""Lists as Excel files, and the pages made for paper. Every file that leaves is journalled with its filters."""

from csp.constants import NONCE, SELF
from csp.decorators import csp_replace
from django.db import transaction
from django.shortcuts import render

from cases import clock, excel, journal, rights
from cases.access import case_view, office_view
from cases.models import Case
from cases.pages import case_filters, export_lists, print_page
from cases.pages.export_lists import Listing
from cases.refusals import Refused

ASK_ABOVE = 100  # rows from which on the officer says what the file is for
PURPOSE_LENGTH = 200

own_style = csp_replace({"style-src": [SELF, NONCE]})  # a print page carries its few rules itself


@office_view("view")
def cases(request):
    return export(request, export_lists.cases)


@office_view("workbench")
def workbench(request):
    return export(request, export_lists.workbench)


@office_view("queue")
def queue(request):
    return export(request, export_lists.queue)


def export(request, compose):
    """Refuse what is too long, ask what a long one is for, write it down, send it."""
    rights.require_office(request.actor, "export")
    listing: Listing = compose(request, request.actor)
    if listing.size > listing.most:
        raise Refused(f"清单超过 {listing.most} 件，不能导出；请返回列表缩小筛选条件后再导出。")
    purpose = request.GET.get("purpose", "").strip()[:PURPOSE_LENGTH]
    if listing.size > ASK_ABOVE and not purpose:
        return ask(request, listing)
    rows = listing.rows()
    content = excel.workbook(
        listing.title, listing.columns, rows, request.actor, filters=listing.words, purpose=purpose
    )
    record(listing, len(rows), purpose, request.actor)
    return excel.response(content, f"{listing.title}-{clock.now():%Y%m%d-%H%M}.xlsx")


def ask(request, listing: Listing):
    """The form that asks for the purpose and carries the filters on."""
    tried = "purpose" in request.GET
    page = {
        "title": listing.title,
        "count": listing.size,
        "above": ASK_ABOVE,
        "words": listing.words or "全部",
        "given": [(key, value) for key, value in listing.given.items() if value],
        "back": listing.page,
        "length": PURPOSE_LENGTH,
        "error": "请填写导出目的。" if tried else "",
    }
    return render(request, "cases/export_purpose.html", page, status=422 if tried else 200)


@transaction.atomic
def record(listing: Listing, count: int, purpose: str, by) -> None:
    """On the officer's own chain; a certificate number that was searched for is not kept there."""
    filters = {key: case_filters.masked(value) for key, value in listing.given.items() if value}
    facts = {"list": listing.key, "filters": filters, "count": count, "purpose": purpose}
    journal.write([journal.Line(None, "read", "export", f"导出{listing.title}：{count} 件", facts)], by)


@own_style
@office_view("workbench")
def print_today(request):
    """今日清单 of the officer, on paper."""
    rights.require_office(request.actor, "print")
    return render(request, "cases/print_today.html", print_page.today(request.actor))


@case_view("journal")
def journal_of(request, case):
    """流转记录 of one case as a file, of one kind or of all."""
    rights.require(request.actor, case, "export")
    return export(request, lambda asked, actor: export_lists.journal(asked, case, actor))


@own_style
@case_view("print")
def card(request, case):
    """案件卡片 on one sheet, for the file's cover."""
    return render(request, "cases/print_card.html", print_page.card(request, case))


@own_style
@case_view("print")
def story(request, case):
    """一页情况: the whole case on one sheet, for the talk with a visitor."""
    page = print_page.story(request, case)
    return render(request, "cases/print_story.html", {**page, "page": page})


@own_style
@office_view("print")
def cards(request):
    """Cards of the cases chosen in the list: those that may be seen, each on its own sheet."""
    chosen = [int(pk) for pk in request.GET.getlist("case") if pk.isdigit()][: print_page.CARDS]
    cases = list(rights.visible(request.actor, Case.objects.filter(pk__in=chosen)).order_by("-pk"))
    if not cases:
        raise Refused("请先在案件列表中选择要打印的案件。")
    return render(request, "cases/print_card.html", print_page.cards(request, cases))
