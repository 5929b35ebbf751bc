"""The exports of the national execution system: which columns they have, what a row states here, what is compared.

`manage.py national` prints the table as docs/national.md. The names of columns and nodes are those that exports are
known to use; a court adds its own by a word in this file. An empty cell says nothing and is not compared.
"""

from typing import NamedTuple


class Column(NamedTuple):
    """One column by every name that exports give it; `reads`: number, text, people, date, amount, mode, node."""

    key: str
    names: tuple[str, ...]
    reads: str = "text"


class Node(NamedTuple):
    """One thing that happens in a case, as the national system dates it.

    `ours`: where the same day stands here: `event:<anchor>`, `step:<name>`, `paper:<kind of table 5>`.
    `states`: the anchor that is recorded here when it is not yet: the act is done over there, so that its row is the
    proof. Without it the day is only compared: the act is done here, and a day over there does not do it.
    """

    key: str
    label: str
    names: tuple[str, ...]  # as a 节点 export calls it, its code too; none: it comes in a column of its own
    ours: tuple[str, ...]
    states: str = ""
    why: str = ""


class Kind(NamedTuple):
    key: str
    label: str
    required: tuple[str, ...]
    columns: tuple[str, ...]  # its own, besides those that all may have
    dates: tuple[tuple[str, str], ...] = ()  # a column of dates → the node that it dates
    serial: str = ""  # the column that tells its rows apart
    note: str = ""


def _column(key: str, names: str, reads: str = "text") -> Column:
    return Column(key, tuple(names.split()), reads)


def _node(key: str, label: str, names: str, ours: str, states: str = "", why: str = "") -> Node:
    return Node(key, label, tuple(names.split()), tuple(ours.split()), states, why)


def _done(key: str, label: str, names: str = "", why: str = "") -> Node:
    """A node that is stated by its own anchor."""
    return _node(key, label, names, f"event:{key}", key, why)


# fmt: off
COLUMNS = (
    _column("number",       "案号 执行案号 案件编号 案件号 案件字号", "number"),
    _column("filed_on",     "立案日期 立案时间 立案日 登记立案日期", "date"),
    _column("cause",        "案由 执行案由 立案案由"),
    _column("amount",       "申请标的 标的额 执行标的 申请执行标的 申请执行标的额 申请标的额 申请标的金额 立案标的额 标的金额 标的", "amount"),
    _column("creditors",    "申请执行人 申请人 债权人", "people"),
    _column("debtors",      "被执行人 被申请执行人 被申请人 债务人", "people"),
    _column("handler",      "承办人 承办法官 主办法官 承办人姓名 执行法官", "people"),
    _column("closing_mode", "结案方式 结案类型", "mode"),
    _column("closed_on",    "结案日期 结案时间 终本裁定日期 终本结案日期", "date"),
    _column("recovered",    "累计到位 已到位金额 到位金额 执行到位金额 实际到位金额 累计到位金额", "amount"),
    # 节点
    _column("node",         "节点名称 流程节点 节点 节点代码 节点编号", "node"),
    _column("day",          "完成日期 完成时间 节点日期 办理日期 实际完成日期 发生日期", "date"),
    _column("who",          "节点对象 相对人 对象 被执行人姓名"),
    _column("receipt",      "回执号 业务编号 业务流水号 受理编号"),
    # 案款
    _column("serial",       "流水号 案款流水号 到账流水号 交易流水号 案款编号"),
    _column("arrived_on",   "到账日期 到账时间 入账日期", "date"),
    _column("claimed_on",   "认领日期 认领时间", "date"),
    _column("noticed_on",   "到账通知日期 通知日期 财务通知日期", "date"),
    _column("paid_on",      "发放日期 发放时间 支付日期 发还日期", "date"),
    # 终本
    _column("published_on", "信息公开日期 公开日期 终本公开日期 发布日期", "date"),
    _column("shielded_on",  "屏蔽日期 信息屏蔽日期", "date"),
    _column("corrected_on", "更正日期 信息更正日期", "date"),
    # 归档
    _column("archived_on",  "归档日期 归档时间 系统归档日期", "date"),
)
EVERYWHERE = ("number", "filed_on", "cause", "amount", "creditors", "debtors", "handler", "closing_mode", "closed_on", "recovered")

PUBLISHED = "在执行系统公开、屏蔽、更正；终本团队的事项随之办结"
NODES = (
    _node("note_uploaded", "未接待说明已上传", "未接待说明已上传 未接待说明上传 初次接待说明已上传", "event:note_uploaded", "note_uploaded", "在执行系统上传；初次接待的上传事项随之办结"),
    _done("terminal_published", "终本信息已公开", "终本信息公开 终本信息已公开 终本公开", PUBLISHED),
    _done("terminal_shielded",  "终本信息已屏蔽", "终本信息屏蔽 终本信息已屏蔽", PUBLISHED),
    _done("terminal_corrected", "终本信息已更正", "终本信息更正 终本信息已更正", PUBLISHED),
    _done("listing_deleted",    "失信信息已删除", "失信信息删除 失信信息已删除 删除失信", "在失信系统删除；须能对应到被执行人"),
    _done("restriction_lifted", "限制消费已解除", "限制消费解除 限制消费已解除 解除限消", "在限制消费系统解除；决定仍在本程序签批"),
    _done("auction_announced",  "拍卖公告已发布", "拍卖公告发布 拍卖公告已发布 一拍公告发布 203001021 启动拍卖程序", "在拍卖平台发布"),
    _done("second_auction_announced", "二拍公告已发布", "二拍公告发布 二拍公告已发布 203001023 启动二拍", "在拍卖平台发布"),
    _done("money_arrived",   "案款到账",     why="财务和银行在案款系统登记；认领、发放期限据此起算"),
    _done("money_claimed",   "案款已认领",   why="在案款系统认领"),
    _done("arrival_noticed", "财务到账通知", why="在案款系统通知"),
    _done("money_paid_out",  "案款已发放",   why="在案款系统支付；审批仍在本程序签批"),
    _node("handler_fixed",   "确定承办人",     "203001002 分案期限 分案 确定承办人", "step:triage_fast step:triage_regular", why="分流在本程序办理"),
    _node("notice_sent",     "发出执行通知书", "203001003 发出执行通知书 发送执行通知书", "paper:execution_notice", why="文书在本程序制发"),
    _node("offline_query",   "启动传统查控",   "203001005 启动传统查控 首次启动传统查控 (首次)启动传统查控", "event:offline_sent", why="线下查控在本程序办理"),
    _node("network_frozen",  "网络冻结",       "203001015 银行存款冻结 网络冻结 银行存款冻结(网络冻结)", "event:network_frozen", why="回执由「财产查控」读取，金额、期限以回执为准"),
    _node("paid_node",       "完成款物支付",   "203001029 完成款物支付 案款发放 完成款物支付(案款发放)", "event:money_paid_out", why="节点没有流水号，不知是哪一笔；发放由案款导出登记"),
)

KINDS = (
    Kind("node",     "节点",     ("number", "node", "day"), ("node", "day", "who", "receipt"),
         note="每行一个节点；节点名称、代码按对应表，表外的节点不采用"),
    Kind("money",    "案款",     ("number", "serial"), ("serial", "arrived_on", "claimed_on", "noticed_on", "paid_on"),
         (("arrived_on", "money_arrived"), ("claimed_on", "money_claimed"), ("noticed_on", "arrival_noticed"), ("paid_on", "money_paid_out")),
         serial="serial", note="每行一笔；流水号区别同一案件的各笔"),
    Kind("terminal", "终本",     ("number", "published_on"), ("published_on", "shielded_on", "corrected_on"),
         (("published_on", "terminal_published"), ("shielded_on", "terminal_shielded"), ("corrected_on", "terminal_corrected")),
         note="终本案件的公开、屏蔽、更正；定期查询按批次办理，不由导出办结"),
    Kind("archive",  "归档",     ("number", "archived_on"), ("archived_on",),
         note="只比对：归档须先上架，在卷宗管理中心办理，执行系统已归档而本程序未归档的列为不一致"),
    Kind("filing",   "收案",     ("number", "filed_on"), (),
         note="只比对；本程序没有的案件不由此登记，请用「立案导入」"),
)
ELSEWHERE = (("查控反馈", "由「财产查控」读取（交换目录的 query.receipt、freeze.receipt），此处不重复"),)

FIELDS = {
    "filed_on": "立案日期", "cause": "案由", "amount": "标的", "creditors": "申请执行人", "debtors": "被执行人", "handler": "承办人",
    "closing_mode": "结案方式", "closed_on": "结案日期", "recovered": "案款（累计到位）", "archived": "归档",
}
MODES = {  # the national system's words for a way of closing → ours
    "终本": "终结本次执行程序", "终结本次执行": "终结本次执行程序", "终结": "终结执行", "完毕": "执行完毕", "自动履行": "执行完毕", "强制执行完毕": "执行完毕",
    "驳回": "驳回申请", "驳回执行申请": "驳回申请",
}
# fmt: on

COLUMN = {column.key: column for column in COLUMNS}
NODE = {node.key: node for node in NODES}
NODE_NAMED = {name: node.key for node in NODES for name in node.names}
KIND = {kind.key: kind for kind in KINDS}
KIND_LABELS = {kind.key: kind.label for kind in KINDS}
PREFIX = "node:"


def columns_of(kind: Kind) -> tuple[str, ...]:
    """The columns that are read of this kind, in the order of the table."""
    return tuple(column.key for column in COLUMNS if column.key in EVERYWHERE or column.key in kind.columns)


def label_of(field: str) -> str:
    """「立案日期」, 「节点日期：网络冻结」."""
    return f"节点日期：{NODE[field.removeprefix(PREFIX)].label}" if field.startswith(PREFIX) else FIELDS[field]


def field_choices() -> list[tuple[str, str]]:
    return [*FIELDS.items(), ("node", "节点日期")]
