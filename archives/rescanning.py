"""重新扫描: what cannot be shown or read is scanned again by the centre; the new version ends the duty by itself."""

from django.db import transaction

from archives import contents
from cases import materials, work
from cases.models import Case, Material, WorkItem
from cases.present import present
from cases.refusals import Refused, Stale
from documents import ocr
from documents.dossier import volumes
from documents.models import Page, Rendition
from teams.actor import SYSTEM, Actor

RULE, PAPER = "archives.rescan", "material:"


def subject_of(paper: Material) -> str:
    return f"{PAPER}{paper.pk}"


def paper_of(item: WorkItem) -> Material:
    return Material.objects.select_related("replaced_by").get(pk=item.subject.removeprefix(PAPER))


def running(case: Case, paper: Material) -> WorkItem | None:
    return WorkItem.objects.filter(case=case, rule=RULE, subject=subject_of(paper), open=True).first()


def damage(paper: Material) -> str:
    """What the program itself has found wrong with the file, as the reason is filled in."""
    made = Rendition.objects.filter(sha256=paper.sha256).first()
    if made and made.problem:
        return made.problem[:200]
    bad = Page.objects.filter(rendition__sha256=paper.sha256).exclude(problem="").order_by("number")
    numbers = [str(number) for number in bad.values_list("number", flat=True)[:21]]
    return f"第 {'、'.join(numbers[:20])}{' 等' if len(numbers) > 20 else ''} 页已损坏，不能显示" if numbers else ""


@transaction.atomic
def ask(paper: Material, why: str, by: Actor) -> WorkItem:
    """One open duty a paper: whoever asks again is told of it."""
    case = present(paper.case)
    if volumes.gone(paper):
        raise Refused("该材料已作废或已有新版本，无须重新扫描。")
    if not why.strip():
        raise Refused("请写明哪一页、什么问题：如「第 3 页右侧缺字」。")
    title = f"重新扫描：{contents.called(paper)}"[:120]
    return work.open(case, RULE, by, subject=subject_of(paper), title=title, note=why.strip()[:200])


@transaction.atomic
def file(item: WorkItem, upload, by: Actor) -> Material:
    """The new scan is the next version of the paper: same kind, same volume, same place; the hook ends the duty."""
    old = paper_of(item)
    if volumes.gone(old):
        raise Stale("该材料已作废或已有新版本，请刷新后写明无须重扫。")
    made = materials.file(
        present(item.case), upload, kind=old.kind, by=by, title=old.title, item=item, happened_at=old.happened_at,
        replaces=old, secret=old.secret_volume,
    )  # fmt: skip
    if made.content_type not in ocr.SCANNED:
        raise Refused(f"「{upload.name}」不是扫描文件：请选择 PDF、JPEG、PNG 或 TIFF。")
    if made.sha256 == old.sha256:
        raise Refused(f"「{upload.name}」与现有文件相同：请选择重新扫描的文件。")
    return made


def replaced(paper: Material, by: Actor) -> None:
    """A new version has come, whoever filed it."""
    if not paper.replaces_id:
        return
    items = list(
        WorkItem.objects.filter(case=paper.case_id, rule=RULE, subject=f"{PAPER}{paper.replaces_id}", open=True)
    )
    if items:
        own = by.team_id == items[0].team_id
        work.finish(items, by if own else SYSTEM, note=f"已换为第 {paper.version} 版", material=paper)


@transaction.atomic
def leave(item: WorkItem, why: str, by: Actor) -> None:
    """不能或无须重扫: with the reason, which whoever asked reads on the item."""
    work.finish([item], by, note=why.strip()[:500])
