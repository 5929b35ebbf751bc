"""How papers join the spine: a tab of the case page, what a signer reads, issuing at the last signature, the worker's job."""

import hashlib

from django.db.models import F

from cases.approvals import ACTS
from cases.hooks import (
    Brief,
    Check,
    after,
    approved,
    asked,
    brief,
    failed,
    filed,
    invariant,
    job,
    nightly,
    page,
    panel,
    search,
    tells,
)
from cases.invariants import Finding
from cases.models import Approval
from documents import (
    closing_papers,
    composing,
    delivering,
    delivery_runs,
    handler_notice,
    hooks,
    issuing,
    sealing,
    serving,
)
from documents.dossier import copies, placing, recognising, rendering, sweeping
from documents.exchange import sending
from documents.kinds import KINDS
from documents.models import Document, Outgoing
from documents.national import entering, looking, taking, uploading

tells("document", "文书", {
    "begin": "拟制文书", "change": "修改文书", "finish": "文书定稿", "drop": "弃用草稿", "void": "作废文书",
    "seal_asked": "送用印", "sealed": "已用印", "seal_refused": "未予用印",
    "service.add": "增加受送达人", "service.sent": "送达发出", "service.served": "已送达", "service.failed": "未送达",
    "service.withdrawn": "不再送达", "exchange.again": "重发交换件", "exchange.settled": "处理搁置的回执",
})  # fmt: skip
tells("custody", "材料交接", {
    "make": "登记材料包", "give": "交出", "take": "收到", "recall": "收回", "recount": "清点", "correct": "更正材料包", "shelve": "上架",
})  # fmt: skip
tells("dossier", "卷宗", {"catalogue": "编目", "extract": "摘录", "copy": "生成合并文件"})
SIGNED = {kind.act for kind in KINDS if kind.act}
State = Document.State
tells(
    "national",
    "执行系统",
    {
        "settle": "处理两系统不一致",
        "entered": "已录入执行系统",
        "sent": "发出上传包",
        "refused": "上传未接收",
        "late": "迟到的上传回执",
    },
)
hooks.upload(entering.AGAIN, "paper_entered", entering.PREFIX)
page(entering.AGAIN, "documents:enter_item")
hooks.arrived(taking.PACKAGE)(taking.arrived)
hooks.answered(Outgoing.Kind.SEAL)(sealing.answered)
hooks.answered(Outgoing.Kind.DELIVERY)(delivering.answered)
hooks.answered(Outgoing.Kind.UPLOAD)(uploading.answered)


@panel("documents", "文书", "view", 10)
def papers(case, actor):
    from documents.pages import case_papers

    return case_papers.panel(case, actor)


@panel("bundles", "原件与交接", "view", 30)
def bundles(case, actor):
    from documents.pages import custody_page

    return custody_page.panel(case, actor)


@search("bundle")
def where_is_it(text, actor, limit):
    """A scanned or typed bar code answers where the bundle is now."""
    from documents.pages import custody_search

    return custody_search.find(text, actor)


@search("words")
def who_says_it(text, actor, limit):
    """Words in the papers of all cases."""
    from documents.pages import dossier_search

    return dossier_search.quick(text, actor, limit)


def papers_of(case, act: str, subject: str):
    """The finished drafts of one sheet: those it took on when it was asked for, before that those it would take on.
    What is finished later waits for a sheet of its own."""
    asked_for = Approval.objects.filter(case=case, act=act, subject=subject, state=Approval.State.WAITING).first()
    return _ready(case, act).filter(approval=asked_for) if asked_for else free(case, act, subject)


def free(case, act: str, subject: str):
    """Those the sheet's room names; a sheet without a room takes all that no other sheet has."""
    named = hooks.named_by(case, subject)
    if named is not None:
        return _ready(case, act).filter(pk__in=named)
    return _ready(case, act).exclude(approval__in=Approval.objects.filter(case=case, state=Approval.State.WAITING))


def _ready(case, act: str):
    kinds = [kind.key for kind in KINDS if kind.act == act]
    return Document.objects.filter(case=case, kind__in=kinds, state=State.READY).order_by("pk")


def _hook(act: str) -> None:
    @brief(act)
    def drafts(case, subject):
        """Each draft with a mark of its words: a changed draft is another fact."""
        facts, checks = [], []
        for document in papers_of(case, act, subject) if case else ():
            composed = composing.compose(document)
            text = "\n".join(block.text or str(block.rows) for block in composed.paper.blocks)
            facts.append(("文书", f"{document.title}　{hashlib.sha256(text.encode()).hexdigest()[:12]}"))
            checks += [Check(f"「{document.title}」{fault}", "red") for fault in composed.faults]
        return Brief(facts, checks)

    @asked(act)
    def take_on(approval, by):
        """From now on these papers are this sheet's and no other's, and are issued as they read now."""
        for document in list(free(approval.case, act, approval.subject)) if approval.case else ():
            document.approval, document.case = approval, approval.case
            document.save(update_fields=["approval"])
            composing.settle(document)

    @approved(act)
    def issue(approval, by):
        """The last signature issues what was signed, and nothing else."""
        for document in Document.objects.filter(approval=approval, state=State.READY).order_by("pk"):
            issuing.issue(document, by, approval=approval, whole=document.settled is not None)


for each in ACTS:
    if each.key in SIGNED:
        _hook(each.key)


@job(issuing.JOB)
def produce(row):
    issuing.produce(row)


failed(issuing.JOB)(issuing.failed)
failed("dossier.copy")(copies.failed)


@job(sending.JOB)
def leave(row):
    """A package is written into the exchange folder."""
    sending.produce(row)


@job(delivery_runs.JOB)
def deliver(row):
    delivery_runs.work_off(row)


@job(looking.JOB)
def look_at_export(row):
    looking.look(row)


@job(taking.JOB)
def take_in_export(row):
    """What the national system says finishes our items and is compared."""
    taking.take_in(row)


page(serving.AGAIN, "documents:serve_again")
after("close", "close_terminal")(closing_papers.closed)
page(handler_notice.RULE, "documents:tell_handler")


@panel("dossier", "卷宗", "material", 20)
def dossier(case, actor):
    from documents.pages import dossier_page

    return dossier_page.panel(case, actor)


@filed()
def draw_pages(material, by):
    """Whatever comes in gets its page images from the worker; a new version the place of the old one."""
    rendering.ensure([material])
    recognising.known(material)
    placing.inherit(material)


@job("dossier.render")
def render(row):
    rendering.produce(row)


@job(recognising.JOB)
def read_pages(row):
    recognising.produce(row)


@job(recognising.AGAIN)
def read_page_again(row):
    recognising.again(row)


@job(sweeping.JOB)
def sweep_unread(row):
    sweeping.produce(row)


@nightly
def ask_for_the_unread():
    sweeping.ask()


@job("dossier.copy")
def copy(row):
    copies.produce(row)


@invariant
def entered_papers_are_owed_no_more():
    """A paper that stands in the national system has no open duty to bring it there."""
    for item in entering.forgotten():
        yield Finding(f"「{item.title}」的文书已录入执行系统，事项仍在办", f"/items/{item.pk}/")


@invariant
def issued_papers_have_their_file():
    """Each issued paper's file is in its case."""
    for pk, title in (
        Document.objects.exclude(material=None).exclude(material__case=F("case")).values_list("pk", "title")
    ):
        yield Finding(f"文书「{title}」的文件不在本案卷内", f"/docs/{pk}/")
