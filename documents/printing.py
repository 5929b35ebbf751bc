"""Table 5 as Markdown and JSON, like the other four (`cases.printing`)."""

from cases import approvals
from cases.printing import comes_with, markdown, teams
from documents.index import ENFORCEMENT, SECRET
from documents.kinds import ABOUT, KINDS, LAYOUTS, SERIES, SIGNERS, Kind


def rows() -> list[dict]:
    return [kind._asdict() | {"owners": list(kind.owners)} for kind in KINDS]


def papers_markdown() -> str:
    head = (
        "键",
        "文书",
        "标题",
        "编号",
        "制作",
        "审批",
        "落款",
        "院印",
        "入卷",
        "对象",
        "电子送达",
        "样式",
        "份数",
        "依据",
        "内容由",
    )
    notes = [
        "文字在 `templates/documents/<键>.txt`，不改程序即可修改；缺少的内容在预览中以 ⟦⟧ 标出，补齐前不能签发。",
        "入卷：执行正卷目录的序号，执保、执恢按各自目录换算；「副」为副卷。编号：同一案件同类文书第一份用案号，其后加之一、之二。",
    ]  # fmt: skip
    return markdown("表五　文书", notes, head, (_row(kind) for kind in KINDS))


def _row(kind: Kind) -> tuple[str, ...]:
    act = approvals.ACT[kind.act].label if kind.act else ""
    return (
        f"`{kind.key}`", kind.label, kind.title if kind.title != kind.label else "", SERIES[kind.series], teams(" ".join(kind.owners)),
        act, SIGNERS[kind.signers], "盖" if kind.seal else "", _place(kind), ABOUT[kind.about], "可" if kind.e_service else "",
        LAYOUTS[kind.layout], kind.copies, kind.law, comes_with(kind.comes_with),
    )  # fmt: skip


def _place(kind: Kind) -> str:
    if kind.secret:
        return f"副{kind.secret} {SECRET[kind.secret - 1]}"
    return f"{kind.main} {ENFORCEMENT[kind.main - 1]}" if kind.main else "不入卷"
