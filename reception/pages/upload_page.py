"""The copy card of a note: what the form of the execution system asks, in its order, and the file to upload."""

from cases import context
from cases.models import WorkItem
from cases.pages.item_page import heading
from cases.pages.lights import short
from documents.models import Document
from reception.models import ReceptionRecord


def page(item: WorkItem) -> dict:
    ctx, case = context.read(), item.case
    pk = item.subject.partition(":")[2]
    document = Document.objects.select_related("material").filter(pk=pk if pk.isdigit() else 0, case=case).first()
    record = ReceptionRecord.objects.filter(case=case, kind__in=("note", "check")).select_related("by").last()
    asked = document.asked if document else {}
    rows = [
        ("案号", case.number if case else ""),
        ("立案日期", f"{case.filed_on:%Y-%m-%d}" if case else ""),
        (
            "说明日期",
            f"{document.issued_at.astimezone(ctx.now.tzinfo):%Y-%m-%d}" if document and document.issued_at else "",
        ),
        ("未接待原因", asked.get("reason", "")),
        ("联系经过", asked.get("tries", "")),
        ("后续安排", asked.get("next", "")),
        ("登记人", record.by.name if record else ""),
    ]
    return {
        **heading(item, ctx),
        "rows": [{"label": label, "text": text} for label, text in rows if text],
        "file": f"/materials/{document.material_id}/" if document and document.material_id else "",
        "title": document.title if document else "",
        "day": short(ctx.today, ctx.today),
    }
