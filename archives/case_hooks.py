"""How the archive centre joins the spine: its duties' pages, what the signer reads of a file, the condition of archiving."""

from archives import filing, loans, pre_closing, rescanning, scanning, volumes
from cases.hooks import Brief, Reason, approved, brief, failed, filed, guard, invariant, job, page, panel, search, tells
from cases.invariants import Finding
from cases.workflow import Stage

tells("archive", "归档", {
    "ask": "提起归档", "check": "归档质检", "return": "归档退回整理", "pack": "系统归档", "shelve": "卷宗入库", "round": "收集轮次", "loan_cancel": "取消借阅",
})  # fmt: skip
tells(
    "scan",
    "扫描",
    {"begin": "交办", "receive": "上传扫描件", "drop": "弃用", "hand_in": "交回", "hand": "改交"},
    of_cases=False,
)
page("archives.pre_closing", "archives:arrange")
page("archives.file_case", "archives:file_case")
page("archives.send_up", "archives:send_up")
page(rescanning.RULE, "archives:rescan")


@guard("archive")
def on_its_shelf(cases):
    """The file is checked, packed and on its shelf (flow §3); 终本 cases have put theirs there long before."""
    there = volumes.shelved([case.pk for case in cases])
    return {
        case.pk: [Reason("卷宗尚未系统归档、上架。", "去归档", f"/archive/case/{case.pk}/")]
        for case in cases
        if case.pk not in there
    }


@brief("closing", "terminal_closure")
def the_file(case, subject):
    """How the file was arranged, and what is missing with the reason."""
    said = pre_closing.told(case) if case and case.stage == Stage.CLOSING else ""
    return Brief([("卷宗整理", said)] if said else [])


@approved("file_loan")
def may_fetch(approval, by):
    loans.granted(approval)


@filed()
def scanned_again(material, by):
    """A new version ends the request to scan the paper again."""
    rescanning.replaced(material, by)


@job("archives.read")
def read_scans(row):
    scanning.read(row)


@job("ocr.scan")
def read_words(row):
    scanning.read_words(row)


@job("archives.file")
def file_scans(row):
    filing.file(row)


@job("archives.pack")
def pack_volume(row):
    volumes.packed(row)


failed("archives.read")(scanning.not_read)
failed("ocr.scan")(scanning.words_unread)
failed("archives.file")(filing.not_filed)
failed("archives.pack")(volumes.not_packed)


@panel("archive", "归档与借阅", "view", 60)
def archive(case, actor):
    from archives.pages import case_panel

    return case_panel.panel(case, actor)


@search("volume")
def where_is_the_file(text, actor, limit):
    """The bar code of a volume answers on which shelf it is, or who has it."""
    from archives.pages import case_panel

    return case_panel.find(text, actor)


@invariant
def packages_are_there():
    """Each archived file has its package, with the manifest that was written."""
    from archives import packages

    for volume, why in packages.faulty():
        yield Finding(f"案卷 {volumes.code_of(volume)} 的归档包{why}", f"/archive/case/{volume.case_id}/")
