"""The official order of a volume: the four indexes, and where a paper of the 执行 index stands in the others.

Reference §12.2. Bureau's own series (保审, 委, 访) have no index of their own: a 保审 file follows 执保, the others 执行.
"""

from typing import NamedTuple

from cases.workflow import Kind

ENFORCEMENT = (
    "案件执行流程管理信息表、案件登记表",
    "申请执行材料收取清单",
    "申请执行书",
    "移送执行函",
    "委托执行函等表明案件来源的材料",
    "执行依据",
    "受理案件通知书、提供被执行人财产状况告知书、申请执行人举报财产责任书",
    "执行通知书、财产申报表、报告财产令、被执行人报告财产责任书",
    "执行案件参与人主体资格材料",
    "申请执行人、被执行人、案外人举证材料",
    "询问/调查/听证/执行/谈话/终本约谈笔录及取证材料",
    "财产查询材料",
    "财产处置材料",
    "行为执行材料",
    "强制措施材料",
    "解除、撤销强制执行措施材料",
    "追加、变更执行主体申请书及证明",
    "追加、变更执行主体裁定书正本",
    "强制执行裁定书正本",
    "执行和解协议、笔录",
    "和解协议履行证明",
    "中止、终结、终本、不予执行、驳回申请等裁定书及执行凭证",
    "执行款物收取、交付凭证及审批材料",
    "执行异议、复议申请及材料",
    "撤回执行申请书",
    "延长执行期限材料",
    "委托执行函、受托执行复函",
    "结案相关材料",
    "交纳执行费用材料",
    "送达地址确认书、送达回证或其他送达凭证",
    "其他",
)
PRESERVATION = (
    "流程管理信息表、登记表",
    "财产保全申请书",
    "裁定书",
    "申请人主体资格",
    "申请人证明材料",
    "笔录及取证",
    "财产查询",
    "财产处置",
    "财产保全清单",
    "结案",
    "送达",
    "其他",
)
RESUMED = (*ENFORCEMENT[:2], "恢复执行申请书", *ENFORCEMENT[5:11], "财产保全材料", *ENFORCEMENT[11:])
SECRET = ("合议庭评议笔录、汇报笔录", "审（签）批材料", "本院法律文书签发稿", "结案相关材料")

# 执行 place → 执保 place; what is not named is 其他.
TO_PRESERVATION = {
    1: 1,
    3: 2,
    6: 3,
    9: 4,
    10: 5,
    11: 6,
    12: 7,
    13: 8,
    16: 3,
    18: 3,
    19: 3,
    22: 3,
    23: 8,
    28: 10,
    30: 11,
}
BY_PAPER = {"preservation_result": 9, "preservation_return": 10}  # papers that have a place of their own there
# 执行 place → 执恢 place: no 4 and 5, one more before 12.
TO_RESUMED = {n: 30 if n in (4, 5) else n if n < 4 else n - 2 if n < 12 else n - 1 for n in range(1, 32)}

INDEXES = {
    Kind.FIRST: ENFORCEMENT,
    Kind.LEGACY: ENFORCEMENT,
    Kind.RESUMED: RESUMED,
    Kind.PRESERVATION: PRESERVATION,
    Kind.REVIEW: PRESERVATION,
    Kind.ASSISTANCE: ENFORCEMENT,
    Kind.PETITION: ENFORCEMENT,
}


class Place(NamedTuple):
    """Where a paper stands: in the main volume or the secret one, its number from 1, and the words of the index."""

    secret: bool
    number: int
    name: str


def place(case_kind: str, main: int, secret: int, paper: str = "") -> Place | None:
    """The place of a paper whose row of table 5 says `main` and `secret`; None for what is not bound into a volume."""
    if secret:
        return Place(True, secret, SECRET[secret - 1])
    if not main:
        return None
    names = INDEXES[Kind(case_kind)]
    if names is PRESERVATION:
        number = BY_PAPER.get(paper) or TO_PRESERVATION.get(main, len(PRESERVATION))
    else:
        number = TO_RESUMED[main] if names is RESUMED else main
    return Place(False, number, names[number - 1])
