"""What an archived file holds, and the machine's check of it: pages, blanks, order, hashes, bundles, completeness."""

import hashlib
import json
from typing import NamedTuple

from cases import materials
from cases.hooks import Check
from cases.models import Case, Material
from documents.dossier import completeness, office, volumes
from documents.dossier.volumes import Entry
from documents.models import Bundle, Page, Rendition

SECRET = "副卷材料"  # whatever it is called


class Contents(NamedTuple):
    """The bound papers of both volumes in their order, and those that wait to be catalogued."""

    main: list[Entry]
    secret: list[Entry]
    loose: list[Entry]

    @property
    def bound(self) -> list[Entry]:
        return [*self.main, *self.secret]

    @property
    def mark(self) -> str:
        """A hash of what is bound, in its order: changed, the check is of another file."""
        rows = [(e.where.volume, e.where.number, e.material.pk, e.material.sha256, e.pages) for e in self.bound]
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def of(case: Case) -> Contents:
    """Bound papers have a number of the index; those of the 副卷 without one wait as well."""
    found = {volume.key: volume.entries for volume in volumes.arrange(case, secret=True)}
    main, secret = found.get("main", []), found.get("secret", [])
    loose = [*found.get("loose", []), *(entry for entry in secret if not entry.where.number)]
    return Contents(main, [entry for entry in secret if entry.where.number], loose)


def called(paper: Material) -> str:
    """The paper where more people read than may open its volume."""
    return SECRET if paper.secret_volume else paper.title


def pages(entries: list[Entry]) -> int:
    return sum(entry.pages for entry in entries)


def check(case: Case, contents: Contents) -> list[Check]:
    """Every line of the machine's check; red stops the archiving, amber is for whoever looks."""
    return [
        _catalogued(contents),
        *_pages(contents),
        _order(contents),
        _hashes(contents),
        *_bundles(case),
        _complete(case),
    ]


def _catalogued(contents: Contents) -> Check:
    if contents.loose:
        names = "、".join(called(entry.material) for entry in contents.loose[:5])
        return Check(f"{len(contents.loose)} 份材料未编目：{names}", "red")
    if not contents.bound:
        return Check("卷内没有材料", "red")
    return Check(f"全部 {len(contents.bound)} 份材料已编目")


def _pages(contents: Contents) -> list[Check]:
    found = []
    for entry in contents.bound:
        made = entry.rendition
        if entry.material.content_type in office.TYPES:
            said = f"「{called(entry.material)}」是 Word、Excel 文件，页面只是文字预览：请另存为 PDF 入卷"
            found.append(Check(said, "red"))
            continue
        if made is None or made.state == Rendition.State.WAITING:
            found.append(Check(f"「{called(entry.material)}」的页面还在生成", "red"))
        elif made.state == Rendition.State.FAILED or not entry.pages:
            found.append(
                Check(f"「{called(entry.material)}」没有可以装订的页面：{made.problem or '请转为 PDF'}", "red")
            )
    hashes = [entry.material.sha256 for entry in contents.bound]
    bad = Page.objects.filter(rendition__sha256__in=hashes)
    damaged, blank = bad.exclude(problem="").count(), bad.filter(blank=True).count()
    if damaged:
        found.append(Check(f"{damaged} 页不能显示，须重新扫描", "red"))
    if blank:
        found.append(Check(f"{blank} 页空白，请核对是否应剔除", "amber"))
    total = f"正卷 {pages(contents.main)} 页，副卷 {pages(contents.secret)} 页"
    return found or [Check(f"{total}，无空白页、无坏页")]


def _order(contents: Contents) -> Check:
    """The ranges of pages cover the volume without gap or overlap."""
    for entries in (contents.main, contents.secret):
        after = 1
        for entry in entries:
            if entry.pages and entry.first != after:
                return Check(f"「{called(entry.material)}」的页次不连续", "red")
            after += entry.pages
    return Check("页次连续，与卷内目录一致")


def _hashes(contents: Contents) -> Check:
    for entry in contents.bound:
        path = materials.path_of(entry.material.sha256)
        if not path.exists() or materials.digest_of(path) != entry.material.sha256:
            return Check(f"「{called(entry.material)}」的文件与入卷时不一致", "red")
    return Check("每个文件与入卷时的校验值一致")


def _bundles(case: Case) -> list[Check]:
    """三方页数 of every bundle of the case."""
    rows = list(Bundle.objects.filter(case=case).order_by("pk"))
    waiting = [row for row in rows if row.filed_at is None]
    differing = [row for row in rows if row.filed_at and len({row.pages_paper, row.pages_scanned, row.pages_filed}) > 1]
    found = [Check(f"「{row.title}」尚未扫描入卷", "red") for row in waiting]
    for row in differing:
        counts = f"纸质 {row.pages_paper}、扫描 {row.pages_scanned}、入卷 {row.pages_filed} 页"
        found.append(
            Check(f"「{row.title}」{counts}：{row.difference or '未说明'}", "amber" if row.difference else "red")
        )
    return found or [Check(f"{len(rows)} 个材料包纸质、扫描、入卷页数一致" if rows else "本案没有纸质材料包")]


def _complete(case: Case) -> Check:
    due = completeness.report(case).due
    if due:
        names = "、".join(f"{row.label}{f'（{row.about}）' if row.about else ''}" for row in due[:6])
        return Check(f"按目录缺 {len(due)} 项：{names}", "amber")
    return Check("按案件类型应有的材料齐全")
