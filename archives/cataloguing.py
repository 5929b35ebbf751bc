"""编目: what is decided about each scanned page, one small act a key: place, turn, leave out, join to the paper before."""

from django.db import transaction
from django.db.models import QuerySet

from archives import scanning
from archives.models import ScanBatch, ScanPage
from cases import context, journal
from cases.refusals import Forbidden, Refused
from cases.workflow import Kind
from documents import custody, index
from documents.models import Bundle
from teams.actor import Actor
from teams.models import Post

State = ScanBatch.State


def page_of(batch: ScanBatch, number: int) -> ScanPage:
    return ScanPage.objects.select_related("bundle__case").get(batch=batch, number=number)


def names(page: ScanPage, secret: bool) -> tuple[str, ...]:
    """The official index that the page's case has."""
    if secret:
        return index.SECRET
    return index.INDEXES[Kind(page.bundle.case.kind)] if page.bundle else index.ENFORCEMENT


@transaction.atomic
def place(batch: ScanBatch, number: int, said: str, title: str, by: Actor) -> None:
    """`5`, `S2`: the page begins a paper of that number of the index; the same number again leaves its title."""
    scanning.lock(batch, State.OPEN)
    page = page_of(batch, number)
    said = said.strip().upper()
    secret = said.startswith("S") or bool(page.bundle and page.bundle.secret)
    if secret and by.post == Post.CONTRACTOR:
        raise Refused("副卷材料不由外包编目：请把这一页起的材料交回卷宗管理中心。")
    wanted = said.removeprefix("S")
    known = names(page, secret)
    if not wanted.isdigit() or not 1 <= int(wanted) <= len(known):
        volume = "副卷" if secret else "正卷"
        raise Refused(f"{volume}目录没有第「{said}」项：请键入 1 至 {len(known)}，副卷在前面加 S。")
    page.starts, page.secret, page.place, page.dropped = True, secret, int(wanted), False
    page.title = title.strip()[:200]
    page.save(update_fields=["starts", "secret", "place", "title", "dropped"])


@transaction.atomic
def turn(batch: ScanBatch, number: int, degrees: int) -> None:
    """[ ]: a quarter to the left or to the right. What was read of it as it lay is read again."""
    scanning.lock(batch, State.OPEN)
    page = page_of(batch, number)
    page.turned, page.lines = (page.turned + degrees) % 360, None
    page.save(update_fields=["turned", "lines"])
    scanning.read_on(batch)


@transaction.atomic
def leave_out(batch: ScanBatch, number: int) -> None:
    """X: not into the file, or in again."""
    scanning.lock(batch, State.OPEN)
    page = page_of(batch, number)
    if page.dropped and page.bundle is None:
        raise Refused("这是封面或分隔页，不入卷。")
    page.dropped = not page.dropped
    page.save(update_fields=["dropped"])


@transaction.atomic
def join(batch: ScanBatch, number: int) -> None:
    """M: the page goes on with the paper before it."""
    scanning.lock(batch, State.OPEN)
    page = page_of(batch, number)
    if not kept(batch).filter(number__lt=number, bundle=page.bundle).exists():
        raise Refused("这是本包的第一页，前面没有可以合并的材料。")
    page.starts, page.place, page.title = False, 0, ""
    page.save(update_fields=["starts", "place", "title"])


@transaction.atomic
def drop_blanks(batch: ScanBatch) -> int:
    """空白页全部不入卷."""
    scanning.lock(batch, State.OPEN)
    return ScanPage.objects.filter(batch=batch, blank=True, dropped=False, starts=False).update(dropped=True)


@transaction.atomic
def belongs(batch: ScanBatch, number: int, text: str, by: Actor) -> Bundle:
    """A pile without a cover sheet: from this page on, as far as no bundle is known, the pages are that bundle's.
    Whose papers they are is the court's to say: a contractor learns of no bundle but by its cover."""
    if by.post == Post.CONTRACTOR:
        raise Forbidden("没有封面的页归哪个材料包，由卷宗管理中心的人员指定：请把这一批交回，或加封面后重新扫描。")
    scanning.lock(batch, State.OPEN)
    bundle = custody.find(text)
    if bundle.team_id != by.team_id:
        raise Refused(f"「{bundle.title}」{custody.where(bundle)}，请先扫码接收。")
    rows = ScanPage.objects.filter(batch=batch, number__gte=number, bundle=None, dropped=False)
    if not rows.update(bundle=bundle, secret=bundle.secret):
        raise Refused("这一页起没有未定归属的页。")
    return bundle


def kept(batch: ScanBatch) -> QuerySet[ScanPage]:
    return ScanPage.objects.filter(batch=batch, dropped=False)


def papers(batch: ScanBatch) -> list[list[ScanPage]]:
    """The pages of each paper, in order: a paper ends before the next that begins, and with its bundle."""
    found: list[list[ScanPage]] = []
    for page in kept(batch).select_related("bundle__case", "source").order_by("number"):
        if page.starts or not found or found[-1][0].bundle_id != page.bundle_id:
            found.append([])
        found[-1].append(page)
    return found


def faults(batch: ScanBatch, *, outside: bool = False) -> list[str]:
    """What keeps the batch from being filed, page by page; empty when it is catalogued. `outside`: from being handed in
    by a contractor, who leaves pages without a cover to the centre."""
    found = []
    for pages in papers(batch):
        first = pages[0]
        if first.bundle is None and outside:
            continue
        if first.bundle is None:
            found.append(f"第 {first.number} 页起没有归属的材料包：请扫描其封面条码。")
        elif not first.place:
            found.append(f"第 {first.number} 页起还没有编目。")
        elif first.blank and len(pages) == 1:
            found.append(f"第 {first.number} 页是空白页：请按 X 不入卷，或按 M 并入前一份。")
    return found or ([] if kept(batch).exists() else ["没有要入卷的页。"])


@transaction.atomic
def hand_in(batch: ScanBatch, by: Actor) -> None:
    """交回: a contractor's batch goes to whoever gave it; from then on he sees nothing of it."""
    fresh = scanning.lock(batch, State.OPEN)
    if wrong := faults(fresh, outside=by.post == Post.CONTRACTOR):
        raise Refused(*wrong[:5])
    fresh.holder_id, fresh.catalogued_by_id = fresh.made_by_id or fresh.holder_id, by.user_id
    if fresh.made_by_id is None:
        fresh.holder_id = context.read().roster.leader(by.team_id) or fresh.holder_id
    fresh.save(update_fields=["holder", "catalogued_by"])
    facts = {"batch": fresh.pk, "pages": kept(fresh).count()}
    journal.write([journal.Line(None, "scan", "hand_in", "扫描批次交回", facts)], by)


def default_title(page: ScanPage) -> str:
    return page.title or names(page, page.secret)[page.place - 1][:200]
