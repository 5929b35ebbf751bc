"""The left side of the dossier: volumes, papers with their pages, what is missing in red, and what a search found."""

from urllib.parse import urlencode

from cases.models import Case
from documents.dossier import search
from documents.dossier.completeness import Missing, Report
from documents.dossier.volumes import Entry, Volume

OPEN = ("main", "secret", "loose")


def tree(case: Case, volumes: list[Volume], report: Report, current: int | None, secret: bool) -> list[dict]:
    """The volumes in order; the 副卷 is named also while it is empty, for whoever may open it."""
    found = {volume.key: volume for volume in volumes}
    keys = [
        key
        for key in ("main", "secret", "loose", "gone")
        if key in found or key == "main" or (key == "secret" and secret)
    ]
    labels = {"main": "正卷", "secret": "副卷", "loose": "待编目", "gone": "作废、旧版本"}
    shown = []
    for key in keys:
        volume = found.get(key)
        entries = volume.entries if volume else []
        rows = [paper_row(case, entry, current) for entry in entries]
        if key == "main":
            rows = sorted([*rows, *lacking(report.due)], key=lambda row: (row["number"], row["lacks"]))
        shown.append(
            {
                "key": key,
                "label": labels[key],
                "count": len(entries),
                "pages": volume.pages if volume else 0,
                "locked": key == "secret",
                "open": key in OPEN or any(row["current"] for row in rows),
                "rows": once(rows),
            }
        )
    return shown


def once(rows: list[dict]) -> list[dict]:
    """The number stands before the first paper of it."""
    for row, before in zip(rows, [None, *rows], strict=False):
        row["shown"] = row["number"] if row["number"] and (before is None or before["number"] != row["number"]) else ""
    return rows


def paper_row(case: Case, entry: Entry, current: int | None) -> dict:
    paper = entry.material
    state = entry.rendition.state if entry.rendition else "waiting"
    return {
        "id": paper.pk,
        "number": entry.where.number,
        "title": paper.title,
        "span": entry.span or ("生成中" if state == "waiting" else "—"),
        "url": f"/cases/{case.pk}/dossier/?{urlencode({'m': paper.pk})}",
        "current": paper.pk == current,
        "damaged": state == "failed",
        "void": bool(paper.voided_at),
        "lacks": False,
        "place": entry.where.name,
    }


def lacking(rows: list[Missing]) -> list[dict]:
    return [
        {
            "id": 0, "number": row.number, "title": row.label + (f"：{row.about}" if row.about else ""),
            "who": row.who or "承办团队", "why": row.why, "url": row.url, "remedy": row.remedy, "current": False,
            "lacks": True,
        }
        for row in rows
    ]  # fmt: skip


def hits(case: Case, volumes: list[Volume], text: str) -> list[dict]:
    """Papers whose name or words hold the text, each page with what stands around it."""
    text = search.clean(text)
    entries = [entry for volume in volumes for entry in volume.entries]
    found = [
        {
            "title": entry.material.title, "page": 0, "before": "", "word": "", "after": "",
            "url": f"/cases/{case.pk}/dossier/?{urlencode({'m': entry.material.pk, 'q': text})}",
        }
        for entry in entries
        if text and text.lower() in entry.material.title.lower()
    ]  # fmt: skip
    for each in search.in_papers([entry.material for entry in entries], text):
        at = urlencode({"m": each.material.pk, "q": text, "p": each.page})
        found.append(
            {
                "title": each.material.title, "page": each.page, "before": each.before, "word": each.word,
                "after": each.after, "url": f"/cases/{case.pk}/dossier/?{at}#p{each.page}",
            }
        )  # fmt: skip
    return found
