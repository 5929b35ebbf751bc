"""The table of exports as Markdown and JSON, like tables 1–6."""

from cases.deadlines import ANCHOR
from cases.printing import markdown
from documents.national.kinds import COLUMN, ELSEWHERE, EVERYWHERE, KINDS, NODES, columns_of

SOURCES = {"event": "登记的事件", "step": "环节", "paper": "文书制发日"}


def rows() -> dict:
    return {
        "kinds": [{**kind._asdict(), "columns": list(columns_of(kind))} for kind in KINDS],
        "nodes": [node._asdict() for node in NODES],
        "columns": [column._asdict() for column in COLUMN.values()],
    }


def national_markdown() -> str:
    notes = [
        "执行系统导出的 Excel（或交换目录 `national.export` 包）按此表识别。列名按同义词识别，一案可有多行；空格不比较，公式按文字对待，不计算。",
        "每份导出都有导出时刻：取表头以上写明的「导出时间」「制表日期」等，交换目录的包没有写明的取 manifest.json 的 `created`，导入页没有写明的由导入人填写。"
        "同一案件同一项，晚到的旧导出不盖过较新的导出，写在导入结果里。",
        f"各种导出都比对的列：{'、'.join(COLUMN[key].names[0] for key in EVERYWHERE)}。",
        *(f"{label}：{note}。" for label, note in ELSEWHERE),
    ]
    kinds = markdown("执行系统导出对应表", notes, ("键", "导出", "须有的列", "自有的列", "说明"), (
        (f"`{kind.key}`", kind.label, "、".join(COLUMN[key].names[0] for key in kind.required),
         "、".join(COLUMN[key].names[0] for key in kind.columns) or "—", kind.note)
        for kind in KINDS
    ))  # fmt: skip
    return "\n".join((kinds, *_nodes(), *_columns()))


def _nodes() -> list[str]:
    table = markdown(
        "节点和日期", ["「办结」一栏写明登记哪一事件，随之办结或起算的事项见表三；只比对的，日期不同列为「两系统不一致」。"],
        ("节点", "节点导出里的名称、代码", "由哪一列给出", "登记事件", "说明"),
        (
            (node.label, "、".join(node.names) or "—", _column_of(node.key), ANCHOR[node.states].label if node.states else "只比对", node.why)
            for node in NODES
        ),
    )  # fmt: skip
    return [table.replace("# ", "## ", 1)]


def _column_of(node: str) -> str:
    found = [f"{kind.label}：{COLUMN[column].names[0]}" for kind in KINDS for column, key in kind.dates if key == node]
    return "、".join(found) or "节点"


def _columns() -> list[str]:
    reads = {
        "number": "案号",
        "text": "文字",
        "people": "姓名、名称",
        "date": "日期",
        "amount": "金额",
        "mode": "结案方式",
        "node": "节点",
    }
    table = markdown(
        "列名", [], ("列", "也可写作", "读作"),
        ((column.names[0], "、".join(column.names[1:]) or "—", reads[column.reads]) for column in COLUMN.values()),
    )  # fmt: skip
    return [table.replace("# ", "## ", 1)]
