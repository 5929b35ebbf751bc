"""操作审计: what was done, as the audit administrator may read it; its Excel; the check of the journal. Nothing changes."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cases import clock, excel, journal, journal_check
from cases.access import office_view
from cases.models import JournalEntry
from cases.pages import audit_page
from cases.refusals import Refused


@office_view("audit")
def index(request):
    return render(request, "cases/audit.html", audit_page.page(request))


@office_view("audit")
def entry(request, entry_id):
    """One entry in words, with its place in the chain; in the side panel, or by itself."""
    found = get_object_or_404(JournalEntry.objects.select_related("case", "by"), pk=entry_id)
    return render(request, "cases/audit_entry.html", audit_page.detail(found))


@office_view("audit")
@transaction.atomic
def export(request):
    """The filtered entries as Excel, with their check values; that it left is journalled like any export."""
    given, _ = audit_page.given_of(request)
    order = f"-{audit_page.walked(given)}", "-pk"
    rows = list(audit_page.chosen(given).select_related("case", "by").order_by(*order)[: audit_page.MOST + 1])
    if len(rows) > audit_page.MOST:
        raise Refused(f"符合条件的记录超过 {audit_page.MOST} 条，不能导出；请返回缩小时间或其他条件后再导出。")
    content = excel.workbook(
        "操作审计", audit_page.COLUMNS, audit_page.export_rows(rows), request.actor, filters=audit_page.words(given)
    )
    facts = {"list": "audit", "filters": {key: value for key, value in given.items() if value}, "count": len(rows)}
    journal.write([journal.Line(None, "read", "export", f"导出操作审计：{len(rows)} 条", facts)], request.actor)
    return excel.response(content, f"操作审计-{clock.now():%Y%m%d-%H%M}.xlsx")


@require_POST
@office_view("verify_journal")
@transaction.atomic
def verify(request):
    """Ask a worker to check every entry, chain and seal; the page shows the result."""
    journal_check.ask(request.actor)
    messages.info(request, "已开始校验，完成后本页显示结果并通知您。")
    return redirect("cases:audit")
