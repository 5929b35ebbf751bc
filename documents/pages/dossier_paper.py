"""The middle and the right of the dossier: the pages of one paper, and where it comes from."""

from urllib.parse import urlencode

from cases.context import Context
from cases.models import Case, Material, WorkItem
from cases.pages.lights import stamp
from cases.pages.names import kilobytes
from documents.dossier import search, uploads
from documents.dossier.volumes import Entry, Volume, gone
from documents.models import Annotation, Page, PageText, Rendition
from teams.actor import Actor

ZOOMS = (50, 75, 100, 125, 150, 200)
TURNS = (0, 90, 180, 270)
FROM = {  # where a paper comes from, by what it was filed as
    "application": "申请与立案材料", "reception": "初次接待", "document": "系统制发", "receipt": "送达回证与回执",
    "query": "查控反馈", "record": "笔录", "deliberation": "合议庭评议", "fund": "案款票据", "approval": "随报请提交",
    "signed_sheet": "手签审批表扫描件", "consent": "申请执行人书面同意", "hold": "不得处分依据", "pause": "暂停计期依据",
    "standing": "变更地位依据", "other": "上传",
}  # fmt: skip


def view_of(given: dict) -> dict:
    """How pages are shown: percent, turned by, one or two beside each other; from the address, for pages without scripts."""
    zoom, turn = given.get("zoom", ""), given.get("turn", "")
    return {
        "zoom": int(zoom) if zoom.isdigit() and int(zoom) in ZOOMS else 100,
        "turn": int(turn) if turn.isdigit() and int(turn) in TURNS else 0,
        "two": given.get("two") == "1",
    }


def paper(ctx: Context, case: Case, entry: Entry, given: dict, actor: Actor) -> dict:
    """One paper with all its pages; the images come as they are scrolled to."""
    row, made = entry.material, entry.rendition
    base = f"/cases/{case.pk}/dossier/"
    return {
        "id": row.pk,
        "title": row.title,
        "number": entry.where.number,
        "place": entry.where.name,
        "volume": "副卷" if row.secret_volume else "正卷",
        "secret": row.secret_volume,
        "span": entry.span,
        "count": entry.pages,
        "state": made.state if made else Rendition.State.WAITING,
        "problem": made.problem if made else "",
        "pages": pages(case, row, made, given.get("q", "")) if made else [],
        "file": f"/materials/{row.pk}/",
        "sha256": row.sha256,
        "source": FROM.get(row.kind, row.kind),
        "size": kilobytes(row.size),
        "by": ctx.roster.name(row.by_id) or "系统",
        "at": stamp(ctx, row.entered_at),
        "happened": stamp(ctx, row.happened_at),
        "version": row.version,
        "void": row.void_reason,
        "void_by": f"{ctx.roster.name(row.voided_by_id)} {stamp(ctx, row.voided_at)}" if row.voided_at else "",
        "newer": f"{base}?m={row.replaced_by.pk}" if hasattr(row, "replaced_by") else "",
        "older": f"{base}?m={row.replaces_id}" if row.replaces_id else "",
        "gone": gone(row),
        "notes": notes(ctx, row, actor),
        "rescan": rescan(case, row),
        "replaceable": not uploads.unreplaceable(row, actor),
    }


def rescan(case: Case, row: Material) -> str:
    """The duty of the archive centre to scan this paper again, while it is open."""
    asked = WorkItem.objects.filter(case=case, rule="archives.rescan", subject=f"material:{row.pk}", open=True)
    pk = asked.values_list("pk", flat=True).first()
    return f"/items/{pk}/" if pk else ""


def pages(case: Case, row: Material, made: Rendition, text: str) -> list[dict]:
    """Two queries, whatever the paper has: its pages, and of a search the words that are marked."""
    text = search.clean(text)
    marked = {}
    if text:
        found = search.matching(text).filter(page__rendition=made).defer("grams", "text")
        marked = {words.page_id: search.boxes(words.lines, text) for words in found}
    return [
        {
            "number": page.number, "width": page.width, "height": page.height, "blank": page.blank, "problem": page.problem,
            "url": f"/cases/{case.pk}/dossier/{row.pk}/page/{page.number}/", "marks": marked.get(page.pk, ()),
        }
        for page in Page.objects.filter(rendition=made).order_by("number")
    ]  # fmt: skip


def words(row: Material, number: int) -> list:
    """The lines of one page with their boxes, for choosing words on the image."""
    found = PageText.objects.filter(page__rendition__sha256=row.sha256, page__number=number).only("lines").first()
    return found.lines if found else []


def notes(ctx: Context, row: Material, actor: Actor) -> list[dict]:
    return [
        {
            "id": note.pk, "page": note.page, "quote": note.quote, "text": note.text, "by": ctx.roster.name(note.by_id),
            "at": stamp(ctx, note.at), "own": note.by_id == actor.user_id,
        }
        for note in Annotation.objects.filter(material=row).order_by("-pk")[:100]
    ]  # fmt: skip


def around(case: Case, volumes: list[Volume], current: int) -> dict[str, str]:
    """The papers before and after, as addresses."""
    order = [entry.material.pk for volume in volumes for entry in volume.entries]
    at = order.index(current)
    url = lambda pk: f"/cases/{case.pk}/dossier/?{urlencode({'m': pk})}"  # noqa: E731
    return {
        "previous": url(order[at - 1]) if at else "",
        "next": url(order[at + 1]) if at + 1 < len(order) else "",
    }


def ways(case: Case, current: int, view: dict, given: dict) -> dict[str, str]:
    """The addresses of the toolbar, for a page without scripts."""
    base = {"m": current, **({"q": given["q"]} if given.get("q") else {})}
    place = ZOOMS.index(view["zoom"])

    def to(**change) -> str:
        shown = {**base, "zoom": view["zoom"], "turn": view["turn"], "two": int(view["two"]), **change}
        return f"/cases/{case.pk}/dossier/?{urlencode(shown)}"

    return {
        "smaller": to(zoom=ZOOMS[max(place - 1, 0)]),
        "larger": to(zoom=ZOOMS[min(place + 1, len(ZOOMS) - 1)]),
        "turned": to(turn=TURNS[(TURNS.index(view["turn"]) + 1) % 4]),
        "pair": to(two=int(not view["two"])),
    }
