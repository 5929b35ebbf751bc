"""`/cases/<id>/dossier/` 电子卷宗: the index on the left, the pages in the middle, what is known of the paper on the right."""

from cases import context, rights
from cases.models import Case
from cases.pages.item_page import case_line
from documents.dossier import completeness, placing, rendering, volumes
from documents.dossier.completeness import Report
from documents.dossier.volumes import Entry, Volume
from documents.pages import dossier_paper, dossier_tree
from teams.actor import Actor

LATER = 6  # papers that come with a later stage, named


def page(case: Case, actor: Actor, given: dict) -> dict:
    """The whole page. `given`: m (paper), q (search), zoom, turn, two."""
    with context.held() as ctx:
        allowed = rights.actions(actor, case)
        secret = bool(rights.SECRET & allowed)
        found, report = volumes.arrange(case, secret), completeness.report(case)
        entry = chosen(found, given.get("m", ""))
        current = entry.material.pk if entry else None
        view, text = dossier_paper.view_of(given), given.get("q", "").strip()
        return {
            "case": case_line(case),
            "volumes": dossier_tree.tree(case, found, report, current, secret),
            "q": text,
            "hits": dossier_tree.hits(case, found, text) if text else None,
            "paper": dossier_paper.paper(ctx, case, entry, given, actor) if entry else None,
            "view": view,
            "ways": dossier_paper.ways(case, current, view, given) if current else {},
            "around": dossier_paper.around(case, found, current) if current else {},
            "report": told(report),
            "loose": sum(len(volume.entries) for volume in found if volume.key == "loose"),
            "mark": f"{actor.name} {ctx.now:%Y-%m-%d %H:%M}",
            "may": may(case, allowed, secret),
        }


def may(case: Case, allowed: set[str], secret: bool) -> dict[str, bool]:
    return {
        "catalogue": "catalogue" in allowed,
        "upload": "file_material" in allowed and not case.state_secret,
        "void": "void_material" in allowed,
        "print": "print" in allowed,
        "rescan": "ask_rescan" in allowed,
        "secret": secret,
    }


def chosen(found: list[Volume], asked: str) -> Entry | None:
    """The paper that is asked for, else the first one."""
    entries = [entry for volume in found for entry in volume.entries]
    return next((entry for entry in entries if str(entry.material.pk) == asked), entries[0] if entries else None)


def told(report: Report) -> dict:
    return {
        "there": report.there,
        "wanted": report.wanted,
        "due": [row._asdict() for row in report.due],
        "later": [row.label for row in report.missing if not row.due][:LATER],
    }


def ask_for_images(case: Case, actor: Actor) -> None:
    """Papers from before there were page images: asked for when the dossier is opened."""
    rendering.ensure(volumes.papers(case, volumes.may_secret(case, actor)))


def panel(case: Case, actor: Actor) -> dict:
    """The tab 卷宗 of the case page: the volumes in short, and what is missing."""
    secret = volumes.may_secret(case, actor)
    found, report = volumes.arrange(case, secret), completeness.report(case)
    return {
        "volumes": [
            {**shelf, "rows": [row for row in shelf["rows"] if not row["lacks"]]}
            for shelf in dossier_tree.tree(case, found, report, None, secret)
        ],
        "report": told(report),
    }


def catalogue(case: Case, actor: Actor) -> dict:
    """批量编目: what waits for its number, each with the number its name speaks for."""
    secret = volumes.may_secret(case, actor)
    found = next((volume for volume in volumes.arrange(case, secret) if volume.key == "loose"), None)
    return {
        "case": case_line(case),
        "rows": [
            {
                "id": entry.material.pk, "title": entry.material.title, "pages": entry.pages,
                "url": f"/cases/{case.pk}/dossier/?m={entry.material.pk}", "proposed": placing.proposed(case, entry.material),
            }
            for entry in (found.entries if found else ())
        ],
        "choices": [*enumerate(placing.names(case, False), 1)],
    }  # fmt: skip
