"""What the centre prints: a volume's spine, cover, index and 备考表; separator sheets; labels of shelves."""

from archives import contents, packages, packing
from archives.models import Volume
from archives.volumes import code_of
from cases import context
from cases.pages.names import line, parties_of
from cases.pages.print_page import printed
from cases.periods import local
from documents import barcodes, codes, index
from documents.dossier.volumes import LABELS, may_secret
from teams.actor import Actor


def volume(row: Volume, actor: Actor) -> dict:
    ctx, case, code = context.read(), row.case, code_of(row)
    facts = [
        ("案号", case.number), ("案由", case.cause), ("当事人", line(case, parties_of([case]))),
        ("立案", f"{case.filed_on:%Y-%m-%d}"), ("结案", f"{case.closed_on:%Y-%m-%d}" if case.closed_on else ""),
        ("结案方式", case.get_closing_mode_display() if case.closing_mode else ""), ("保管期限", row.get_retention_display()),
        ("全宗号", row.fonds), ("目录号", row.catalogue), ("架位", row.shelf),
        ("正卷", f"{row.pages_main} 页"), ("副卷", f"{row.pages_secret} 页"),
    ]  # fmt: skip
    return {
        "code": code, "bars": barcodes.svg(code), "square": barcodes.svg(code, square=True), "number": case.number,
        "facts": [(label, text) for label, text in facts if text],
        "volumes": [
            {"label": LABELS[key], "rows": rows, "pages": sum(each["pages"] for each in rows)}
            for key, rows in index_rows(row, actor).items() if rows
        ],
        "asked": row.asked_by.name, "asked_on": f"{local(row.asked_at):%Y-%m-%d}",
        "checked": row.checked_by.name if row.checked_by else "", "checked_on": f"{local(row.checked_at):%Y-%m-%d}" if row.checked_at else "",
        "papers": row.papers, "shelf": row.shelf, "retention": row.get_retention_display(), "printed": printed(ctx, actor),
    }  # fmt: skip


def index_rows(row: Volume, actor: Actor) -> dict[str, list[dict]]:
    """卷内目录 of both volumes: as packed, before that as the file stands. The 副卷's own index names its papers, for
    whoever binds it or may open it; for others they are 副卷材料."""
    held = [] if row.manifest_sha256 else contents.of(row.case).bound
    papers = packages.index_of(row) if row.manifest_sha256 else [packing.told(entry) for entry in held]
    named = may_secret(row.case, actor)
    found: dict[str, list[dict]] = {"main": [], "secret": []}
    for each in papers:
        last = each["first"] + each["pages"] - 1
        found[each["volume"]].append({
            "number": each["number"], "place": each["place"], "pages": each["pages"],
            "title": each["title"] if named or each["volume"] == "main" else contents.SECRET,
            "span": str(last) if last == each["first"] else f"{each['first']}–{last}",
        })  # fmt: skip
    return found


def sheets(given, actor: Actor) -> dict:
    """Separator sheets, or labels of the shelves that are named, separated by blanks or commas."""
    shelves = [word.upper() for word in given.get("shelf", "").replace(",", " ").replace("，", " ").split()][:60]
    labels = [(f"JW-{name}", name) for name in shelves if codes.read(f"JW-{name}")]
    wanted = given.get("of", "")
    places = [(codes.separator(), "新的一份（编目时定）")]
    places += [(codes.separator(False, n), f"正卷 {n}　{name}") for n, name in enumerate(index.ENFORCEMENT, 1)]
    places += [(codes.separator(True, n), f"副卷 {n}　{name}") for n, name in enumerate(index.SECRET, 1)]
    chosen = [] if labels else [row for row in places if not wanted or row[0] == wanted]
    return {
        "sheets": [{"code": code, "label": label, "bars": barcodes.svg(code)} for code, label in chosen],
        "labels": [{"code": code, "name": name, "bars": barcodes.svg(code)} for code, name in labels],
        "asked": given.get("shelf", ""),
        "printed": printed(context.read(), actor),
    }
