"""报结卷宗整理: completeness beside what is to be done about each missing paper."""

from archives import contents, pre_closing
from cases import context
from cases.models import WorkItem
from cases.pages import item_page
from cases.pages.lights import light
from cases.present import present
from documents import custody
from teams.actor import Actor


def page(item: WorkItem, actor: Actor) -> dict:
    ctx, held = context.read(), pre_closing.state(present(item.case))
    report = held.report
    return {
        **item_page.form_page(item, actor, "整理卷宗"),
        "light": light(ctx, item),
        "there": report.there,
        "wanted": report.wanted,
        "missing": [_missing(ctx, row, held.asked.get(pre_closing.subject_of(row))) for row in report.due],
        "later": [row for row in report.missing if not row.due],
        "loose": [entry.material for entry in held.contents.loose],
        "bundles": [
            {"title": row.title, "where": custody.where(row), "url": f"/bundles/{row.pk}/"} for row in held.bundles
        ],
        "pages": {"main": contents.pages(held.contents.main), "secret": contents.pages(held.contents.secret)},
        "papers": len(held.contents.bound),
        "open": item.open,
        "dossier": f"/cases/{item.case_id}/dossier/",
        "unasked": sum(1 for row in report.due if not _running(held.asked.get(pre_closing.subject_of(row)))),
    }


def _running(item: WorkItem | None) -> bool:
    return bool(item and item.open)


def _missing(ctx, row, item: WorkItem | None) -> dict:
    return {
        "number": row.number,
        "place": row.place,
        "label": row.label,
        "about": row.about,
        "why": row.why,
        "who": row.who or "待定",
        "url": row.url,
        "remedy": row.remedy,
        "item": {"url": f"/items/{item.pk}/", "light": light(ctx, item), "done": not item.open, "note": item.note}
        if item
        else None,
    }
