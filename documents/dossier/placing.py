"""Where a paper of a case is bound: its number in the official index of the case type, and the order beside others.

By its document's kind (table 5), else by what it was filed as, else 待编目; whoever arranges the file says otherwise.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction

from cases import context, journal, materials
from cases.locks import lock_case
from cases.models import Case, Material
from cases.refusals import Refused
from cases.workflow import Kind
from documents import index
from documents.kinds import KIND
from documents.models import Document
from documents.models import Place as Row
from teams.actor import Actor

# What a paper was filed as → its place in the 执行 index, and in the 副卷.
MAIN = {"reception": 11, "record": 11, "query": 12, "fund": 23, "receipt": 30}
SECRET = {"deliberation": 1, "signed_sheet": 2, "approval": 2}
# Words in the name of a paper → the place that is proposed while it waits to be catalogued.
PROPOSED = (
    (("申请执行书", "执行申请书"), 3),
    (("移送执行",), 4),
    (("判决书", "调解书", "仲裁", "公证", "生效证明", "支付令"), 6),
    (("受理通知", "告知书"), 7),
    (("执行通知", "报告财产"), 8),
    (("身份证", "营业执照", "授权委托", "户籍", "法定代表人"), 9),
    (("笔录",), 11),
    (("查询", "反馈", "查控"), 12),
    (("评估", "拍卖", "询价"), 13),
    (("和解",), 20),
    (("收据", "票据", "付款", "发放"), 23),
    (("送达", "回证", "EMS", "邮寄"), 30),
)


class Where(NamedTuple):
    """A paper's place; number 0 while it waits to be catalogued, in the 副卷 inside it."""

    secret: bool
    number: int
    name: str
    order: int = 0
    by_hand: bool = False

    @property
    def volume(self) -> str:
        return "secret" if self.secret else "main" if self.number else "loose"


def names(case: Case, secret: bool) -> tuple[str, ...]:
    """The official index of the volume."""
    return index.SECRET if secret else index.INDEXES[Kind(case.kind)]


def places(case: Case, papers: Iterable[Material]) -> dict[int, Where]:
    """{material: where}, with two queries for all papers of a case."""
    papers = list(papers)
    pks = [paper.pk for paper in papers]
    rows = {row.material_id: row for row in Row.objects.filter(material__in=pks)}
    kinds = dict(Document.objects.filter(material__in=pks).values_list("material_id", "kind"))
    return {paper.pk: _where(case, paper, rows.get(paper.pk), kinds.get(paper.pk, "")) for paper in papers}


def _where(case: Case, paper: Material, row: Row | None, kind: str) -> Where:
    if row is None:
        return by_kind(case, paper, kind)
    known = names(case, paper.secret_volume)
    if row.number is None or row.number > len(known):
        return Where(paper.secret_volume, 0, "", row.order, True)
    return Where(paper.secret_volume, row.number, known[row.number - 1], row.order, True)


def by_kind(case: Case, paper: Material, kind: str) -> Where:
    """Where a paper stands of itself. What is in the 副卷 stays there, whatever its kind says of the 正卷."""
    table = KIND.get(kind)
    if paper.secret_volume:
        number = (table.secret if table else 0) or SECRET.get(paper.kind, 0)
        return Where(True, number, index.SECRET[number - 1] if number else "")
    found = index.place(case.kind, table.main if table else MAIN.get(paper.kind, 0), 0, kind)
    return Where(False, found.number, found.name) if found else Where(False, 0, "")


def proposed(case: Case, paper: Material) -> int:
    """The number that the paper's name speaks for; 0 none."""
    if paper.secret_volume:
        return 0
    main = next((number for words, number in PROPOSED if any(word in paper.title for word in words)), 0)
    found = index.place(case.kind, main, 0)
    return found.number if found else 0


@transaction.atomic
def put(paper: Material, number: int, by: Actor, *, secret: bool | None = None, reason: str = "") -> Material:
    """编目: give a paper its number (0: back to 待编目), and its volume. Out of the 副卷 only with a reason."""
    case = lock_case(paper.case_id or 0)
    fresh = Material.objects.select_for_update().get(pk=paper.pk, case=case)
    refuse_gone(fresh)
    if secret is not None and secret != fresh.secret_volume:
        materials.move_volume(case, fresh, secret, reason, by)
    known = names(case, fresh.secret_volume)
    if not 0 <= number <= len(known):
        raise Refused(f"本卷目录只有 {len(known)} 项，没有第 {number} 项：请重新选择。")
    ctx = context.read()
    Row.objects.update_or_create(
        material=fresh, defaults={"number": number or None, "order": 0, "by_id": by.user_id, "at": ctx.now}
    )
    said = f"{'副卷' if fresh.secret_volume else '正卷'} {number} {known[number - 1]}" if number else "待编目"
    tell(case, f"编目：{materials.called(fresh)} → {said}", {"material": fresh.pk, "number": number}, by)
    return fresh


def inherit(paper: Material) -> None:
    """A new version stands where somebody has put the old one."""
    before = Row.objects.filter(material=paper.replaces_id).first() if paper.replaces_id else None
    if before:
        Row.objects.create(material=paper, number=before.number, order=before.order, by=before.by, at=before.at)


def refuse_gone(paper: Material) -> None:
    if paper.voided_at or Material.objects.filter(replaces=paper).exists():
        raise Refused("该材料已作废或已有新版本，不再编目。")


def tell(case: Case, text: str, facts: dict, by: Actor) -> None:
    journal.write([journal.Line(case, "dossier", "catalogue", text, facts)], by)
