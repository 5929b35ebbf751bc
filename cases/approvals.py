"""Table 4: the acts that need signatures, their chains of places, and the law.

The act happens only when the last place has signed. A chain is chosen by a named condition; `''` is the default and
stands last. A place names a post; who that is on the day is derived in `cases.signing.signers`.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from cases.workflow import ClosingMode

M = ClosingMode


class Place(NamedTuple):
    post: str
    own: bool = False  # its holder may be the maker
    statutory: bool = False  # the law names the office: goes only to it or to who is appointed 主持工作

    @property
    def key(self) -> str:
        return self.post

    @property
    def label(self) -> str:
        return PLACES[self.post]


class Chain(NamedTuple):
    key: str
    label: str
    when: str  # a name of CONDITIONS; '' always
    places: tuple[Place, ...]


class Fact(NamedTuple):
    """One field of the plain form 报请."""

    key: str
    label: str
    kind: str = "text"  # text long date money choice team party days
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    least: int | None = None
    most: int | None = None  # what the law allows at one time
    ahead: int | None = None  # how many days from today on, at the asking and at each signature


class Act(NamedTuple):
    key: str
    label: str
    chains: tuple[Chain, ...]
    law: str
    maker: str
    step: str = ""  # the step its last signature takes
    room: str = ""  # the room whose record it will need; '' is asked by the plain form for good
    facts: tuple[Fact, ...] = ()
    choice: str = ""  # what the last signer may choose himself
    delegable: bool = True
    batch: bool = False
    confirm: bool = False  # marked ? : the court has to confirm who signs
    opinions: tuple[str, ...] = ("同意",)
    papers: str = ""  # what must be attached, else it cannot be asked

    def chain(self, key: str) -> Chain:
        return next(chain for chain in self.chains if chain.key == key)


PLACES = {
    "signing_judge": "签发法官",
    "bureau_director": "执行局局长",
    "vice_president": "分管副院长",
    "court_president": "院长",
    "panel": "合议庭",
    "creditor_consent": "申请执行人书面同意",
    "second_person": "导入团队另一人",
    "archives_leader": "卷宗管理中心负责人",
    "adjudicator": "裁判法官",
}

JUDGE, JUDGE_OWN = Place("signing_judge"), Place("signing_judge", own=True)
DIRECTOR, VICE = Place("bureau_director"), Place("vice_president")
PRESIDENT, PRESIDENT_APPOINTS = Place("court_president", statutory=True), Place("court_president")
PANEL, CONSENT = Place("panel"), Place("creditor_consent")


def one(*places: Place) -> tuple[Chain, ...]:
    return (Chain("default", "→".join(place.label for place in places), "", places),)


# 暂缓执行: with security (民事诉讼法 art 242), or because the upper court says so; each has its own longest end.
DEFERRALS = (("deferral", "暂缓执行（提供担保）"), ("deferral_upper", "暂缓执行（上级法院通知）"))

CONDITIONS: dict[str, tuple[str, Callable[[Mapping[str, Any]], bool]]] = {
    "fully_enforced": (
        "执行完毕，核验全部通过",
        lambda f: f.get("mode") == M.FULLY_ENFORCED and f["settings"].flag("closing_by_judge"),
    ),
    "by_panel": ("已指定合议庭，或不予执行", lambda f: bool(f.get("panel")) or f.get("mode") == M.NON_ENFORCEMENT),
    "preserving": (
        "执保案件（销案除外）",
        lambda f: f.get("case_kind") == "preservation" and f.get("mode") != M.WITHDRAWN,
    ),
    "consent": ("申请执行人书面同意终本", lambda f: str(f.get("consent", "")) in ("1", "True", "on", "yes")),
    "secret_volume": ("借阅副卷", lambda f: str(f.get("secret", "")) in ("1", "True", "on", "yes")),
    "deferral": ("暂缓执行", lambda f: f.get("kind") in dict(DEFERRALS)),
    "large": (
        "金额达到分管副院长审批起点",
        lambda f: Decimal(str(f.get("amount") or 0)) >= f["settings"].number("disbursement_tier"),
    ),
    "criminal": ("刑事涉财产案件", lambda f: "criminal" in f.get("basis_kinds", ())),
    "again": ("再次延长", lambda f: str(f.get("again", "")) == "1"),
}

REASONS = {
    "incomplete": "材料不齐",
    "facts": "事实或数额不清",
    "ground": "不符合条件",
    "measure": "措施或送达未完成",
    "team": "团队选择不当",
    "wording": "文书文字需修改",
    "other": "其他（见意见）",
}

REASON = Fact("reason", "理由", "long")
GROUND = Fact("ground", "事由", "long")
PARTY = Fact("party", "被执行人", "party")
AMOUNT = Fact("amount", "金额（元）", "money")
TEAM = Fact("team", "移入团队", "team")
UNTIL = Fact("until", "截止或复查日期", "date", ahead=1)
LAST = UNTIL._replace(ahead=0)
CHALLENGE = (
    ("fine_only", "罚金类"),
    ("no_disposal", "无须处置财产"),
    ("disposal", "需处置财产"),
    ("complex", "复杂、敏感、影响较大"),
)
EXCLUSIONS = (  # 扣除期限 (审限规定 art 9, 执行程序解释 art 13); keys are those of a pause
    ("appraisal", "鉴定、评估、审计、清算"), ("sale", "拍卖、变卖"), ("publication", "公告"), ("jurisdiction", "管辖争议"),
    ("coordination", "执行争议协调"), ("settlement", "和解、担保后暂缓"),
)  # fmt: skip
MEASURE = (("freeze", "冻结"), ("seal", "查封"), ("seize", "扣押"), ("transfer_out", "划拨"), ("withhold", "扣留提取"),
           ("renew", "续行"), ("sale", "成交"), ("debt_in_kind", "抵债"))  # fmt: skip

# fmt: off
ACTS = (
    # Moving the case
    Act("transfer_to_regular", "移交普执", one(DIRECTOR), "优化方案二（一）2、二（三）4", "快执、终本团队", step="transfer_to_regular",
        facts=(TEAM, REASON), choice="team", batch=True, opinions=("同意移交", "同意，尽快启动评估", "不属移交范围，退回")),
    Act("retriage", "变更分流", one(DIRECTOR), "优化方案二（一）、二（二）", "快执、普执团队", step="retriage",
        facts=(TEAM, Fact("ground", "方案所列情形", "choice", choices=CHALLENGE), Fact("reason", "理由", "long", required=False)), choice="team", confirm=True, opinions=("同意变更分流",)),
    Act("reassignment", "改派", one(DIRECTOR), "法发〔2006〕35号第2条", "承办团队、综合质效、局长", step="reassign",
        facts=(TEAM, Fact("ground", "事由", "choice", choices=(("recusal", "回避"), ("leaver", "离岗"), ("balance", "均衡"), ("special", "专案"))),
               Fact("recused", "回避人员", "member", required=False), REASON), choice="team", confirm=True, opinions=("同意改派",)),
    Act("revival", "恢复执行", one(JUDGE, DIRECTOR), "法发〔2014〕26号第6条、民事诉讼法解释第517条", "终本、普执团队",
        facts=(GROUND, Fact("balance", "未执行余额（元）", "money")), confirm=True, opinions=("同意恢复执行",)),
    Act("suspension", "中止、暂缓执行",
        (Chain("deferral", "签发法官→局长", "deferral", (JUDGE, DIRECTOR)), Chain("default", "签发法官", "", (JUDGE,))),
        "民事诉讼法第267条、第242条，《执行工作规定》第60条", "承办团队", step="suspend",
        facts=(Fact("kind", "类别", "choice", choices=(("suspension", "中止执行"), *DEFERRALS)), GROUND, UNTIL), confirm=True),
    # Closing
    Act("closing", "结案",
        (Chain("fully_enforced", "签发法官（执行完毕）", "fully_enforced", (JUDGE_OWN,)),
         Chain("preserving", "签发法官（执保）", "preserving", (JUDGE,)),
         Chain("panel", "合议庭→局长", "by_panel", (PANEL, DIRECTOR)),
         Chain("default", "签发法官→局长", "", (JUDGE, DIRECTOR))),
        "《执行工作规定》第64条", "报结人", step="close", confirm=True, opinions=("同意结案",)),
    Act("terminal_closure", "终结本次执行程序",
        (Chain("consent", "申请执行人书面同意→签发法官", "consent", (CONSENT, JUDGE)),
         Chain("default", "合议庭→院长", "", (PANEL, PRESIDENT))),
        "民事诉讼法解释第517条、法〔2016〕373号", "报结人", step="close_terminal", opinions=("同意终结本次执行程序",)),
    Act("annul_closing", "撤销结案", one(DIRECTOR), "民事诉讼法第236条、异议复议规定", "承办团队、局长", step="annul_closing",
        facts=(GROUND,), confirm=True, papers="异议、复议或监督裁定"),
    Act("case_void", "撤销登记", one(Place("second_person")), "导入错误的更正", "导入团队", step="void", facts=(REASON,), confirm=True, delegable=False),
    # Rulings and measures
    Act("party_change", "变更、追加被执行人", one(PANEL), "民事诉讼法第243条、变更追加当事人规定第28条", "执行裁判", facts=(GROUND,)),
    Act("ruling", "裁定", one(JUDGE_OWN), "民事诉讼法第157条、第253—255条", "承办团队、接待、质效", room="assets", batch=True,
        facts=(Fact("measure", "裁定事项", "choice", choices=MEASURE), PARTY, Fact("object", "标的物", "text"), AMOUNT._replace(required=False))),
    Act("measure_release", "解除措施", one(JUDGE), "民事诉讼法第157条", "承办团队", room="assets", facts=(Fact("object", "标的物"), REASON), confirm=True),
    Act("preservation_ruling", "保全裁定", one(JUDGE_OWN), "财产保全规定第2条、优化方案一（四）", "保全审查团队", room="preservation", facts=(AMOUNT, Fact("object", "保全财产"))),
    # Coercion
    Act("detention", "司法拘留", one(JUDGE, DIRECTOR, PRESIDENT), "民事诉讼法第119条", "承办团队", room="coercion", delegable=False,
        facts=(PARTY, Fact("days", "拘留日数（1—15）", "days", least=1, most=15), REASON)),
    Act("early_release", "提前解除拘留", one(JUDGE, PRESIDENT), "民事诉讼法解释第182条", "承办团队", room="coercion", delegable=False, facts=(PARTY, REASON)),
    Act("fine", "罚款", one(JUDGE, DIRECTOR, PRESIDENT), "民事诉讼法第119条", "承办团队", room="coercion", delegable=False, facts=(PARTY, AMOUNT, REASON)),
    Act("compelled_attendance", "拘传", one(JUDGE, PRESIDENT), "民事诉讼法第119条", "承办团队、强制事务", room="coercion", delegable=False, facts=(PARTY, REASON)),
    Act("search", "搜查", one(JUDGE, PRESIDENT), "民事诉讼法第259条", "承办团队", room="coercion", delegable=False, facts=(PARTY, Fact("object", "搜查场所"), REASON)),
    Act("eviction_notice", "限期迁出公告", one(JUDGE, PRESIDENT), "民事诉讼法第261条", "承办团队、强制事务", room="coercion", delegable=False, facts=(PARTY, Fact("object", "房屋土地"), UNTIL)),
    Act("police_referral", "移送公安", one(JUDGE, DIRECTOR), "刑法第313条", "强制事务、承办团队", room="coercion", facts=(PARTY, REASON), confirm=True),
    Act("police_data_request", "公安协查", one(JUDGE), "个人信息保护法第34条", "强制事务、承办团队", room="coercion", facts=(PARTY, Fact("purpose", "目的", "long")), confirm=True),
    # Restrictions
    Act("consumption_restriction", "限制消费", one(JUDGE, PRESIDENT), "限制消费规定第1、3、5条", "承办团队", room="enforcement", facts=(PARTY, REASON), confirm=True),
    Act("restriction_lift", "解除限制消费", one(JUDGE, DIRECTOR), "限制消费规定第9条", "承办团队", room="enforcement", facts=(PARTY, REASON), confirm=True),
    Act("dishonest_listing", "纳入失信名单", one(JUDGE, PRESIDENT), "失信被执行人规定第5条", "承办团队", room="enforcement", facts=(PARTY, REASON), confirm=True),
    Act("listing_early_delete", "提前删除失信", one(JUDGE, PRESIDENT_APPOINTS), "失信被执行人规定第2条", "承办团队", room="enforcement", facts=(PARTY, REASON), confirm=True),
    Act("exit_ban", "限制出境", one(JUDGE, PRESIDENT), "民事诉讼法第266条", "承办团队", room="enforcement", facts=(PARTY, REASON), confirm=True),
    # Disposal and money
    Act("auction_terms", "拍卖参数", one(PANEL), "网络司法拍卖规定第27条", "普执团队", room="assets", facts=(Fact("object", "拍卖财产"), AMOUNT)),
    Act("distribution_plan", "分配方案", one(PANEL), "民事诉讼法解释第509条、执行程序解释第17条", "承办团队", room="funds", facts=(AMOUNT, Fact("plan", "分配意见", "long")), confirm=True),
    Act("disbursement", "发放案款",
        (Chain("large", "签发法官→局长→分管副院长", "large", (JUDGE, DIRECTOR, VICE)), Chain("default", "签发法官→局长", "", (JUDGE, DIRECTOR))),
        "执行款物管理规定（法发〔2017〕6号）", "承办团队", room="funds", facts=(AMOUNT, Fact("payee", "收款人")), confirm=True),
    Act("deferral", "暂缓发放案款", one(DIRECTOR, VICE), "执行款物管理规定（法发〔2017〕6号）第10条", "承办团队", room="funds", facts=(AMOUNT, REASON, UNTIL)),
    # Time
    Act("extension", "延长执行期限",
        (Chain("criminal", "局长→院长（刑事涉财产）", "criminal", (DIRECTOR, PRESIDENT)),
         Chain("again", "局长→院长（再次延长）", "again", (DIRECTOR, PRESIDENT_APPOINTS)),
         Chain("default", "局长→分管副院长", "", (DIRECTOR, VICE))),
        "《执行工作规定》第63条、法发〔2006〕35号第1条、审限规定第5条、刑事涉财产执行规定第3条", "承办团队",
        facts=(Fact("months", "延长月数（1—3）", "days", least=1, most=3), Fact("again", "再次延长", "choice", required=False, choices=(("", "否"), ("1", "是"))), REASON), confirm=True),
    Act("time_exclusion", "扣除期限", one(DIRECTOR, VICE), "审限规定第9条、执行程序解释第13条", "承办团队",
        facts=(Fact("exclusion", "扣除事由", "choice", choices=EXCLUSIONS), Fact("from_on", "自", "date"), Fact("to_on", "至（当日重新计入）", "date"), REASON),
        confirm=True, papers="鉴定、评估、拍卖、公告等文书"),
    # The office
    Act("file_loan", "借阅档案",
        (Chain("secret", "卷宗管理中心负责人→局长", "secret_volume", (Place("archives_leader"), DIRECTOR)),
         Chain("default", "卷宗管理中心负责人", "", (Place("archives_leader"),))),
        "诉讼档案管理办法", "需用案卷的人员", room="archives",
        facts=(Fact("secret", "含副卷", "choice", choices=(("", "否"), ("1", "是")), required=False), REASON, LAST), confirm=True),
    Act("escalation", "超期说明单", one(DIRECTOR), "优化方案：责任到人", "团队负责人", facts=(), choice="rectify_by", confirm=True, opinions=("同意说明，予以谅解", "限期整改")),
    Act("case_delegation", "委托执行", one(DIRECTOR, VICE), "委托执行规定第1条", "承办团队", room="preservation", facts=(Fact("court", "受托法院"), REASON), confirm=True),
    Act("confidential_access", "查看不公开案件", one(DIRECTOR), "优化方案：规范高效", "需用人员", facts=(Fact("purpose", "目的", "long"), LAST), confirm=True),
)
# fmt: on

ACT = {act.key: act for act in ACTS}
ELSEWHERE = ("escalation", "confidential_access")  # asked on pages of their own, not on a case's
STATUTORY = tuple(act.key for act in ACTS if any(place.statutory for chain in act.chains for place in chain.places))


def chain_of(act: Act, facts: Mapping[str, Any]) -> Chain:
    """The first chain whose condition holds; `facts` are those of the proposal and of the case, and the settings."""
    return next(chain for chain in act.chains if not chain.when or CONDITIONS[chain.when][1](facts))
