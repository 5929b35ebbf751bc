"""Table 1: the life of a case. One line a step: from where, to where, in whose hands, who, and what must hold before.

Read it from top to bottom with flow and law beside you; `manage.py workflow` prints it as docs/workflow.md. Who may
take a step stands in table 2, by when in table 3, who signs in table 4. `void` is the stage of a registration that
was struck: its number stays used.
"""

from typing import NamedTuple

from django.db.models import TextChoices


class Kind(TextChoices):
    FIRST = "first", "首次执行"
    RESUMED = "resumed", "恢复执行"
    PRESERVATION = "preservation", "财产保全执行"
    LEGACY = "legacy", "历史遗留"
    REVIEW = "review", "保全审查"
    ASSISTANCE = "assistance", "委托事项"
    PETITION = "petition", "信访"


class Stage(TextChoices):
    RECEPTION = "reception", "初次接待"
    PREPARATION = "preparation", "文书查控"
    FAST = "fast", "快执"
    REGULAR = "regular", "普执"
    RESUMED = "resumed", "恢复办理"
    PRESERVING = "preserving", "保全实施"
    SUSPENDED = "suspended", "中止/暂缓"
    CLOSING = "closing", "报结审查"
    TERMINAL = "terminal", "终本管理"
    CLOSED = "closed", "已结案待归档"
    ARCHIVED = "archived", "已归档"
    REVIEWING = "reviewing", "保全审查"
    ASSISTING = "assisting", "委托办理"
    ANSWERING = "answering", "信访办理"
    VOID = "void", "已撤销登记"


ENDED = (Stage.CLOSED, Stage.TERMINAL, Stage.ARCHIVED)
OVER = (*ENDED, Stage.VOID)  # no open case


class ClosingMode(TextChoices):
    """The six of EXR 64, and those of an 执保 case."""

    FULLY_ENFORCED = "fully_enforced", "执行完毕"
    TERMINAL = "terminal_closure", "终结本次执行程序"
    TERMINATED = "termination", "终结执行"
    WITHDRAWN = "withdrawn_from_docket", "销案"
    NON_ENFORCEMENT = "non_enforcement", "不予执行"
    REJECTED = "application_rejected", "驳回申请"
    PRESERVED = "preserved", "保全完毕"
    PARTLY_PRESERVED = "partly_preserved", "部分保全"
    NOTHING_TO_PRESERVE = "nothing_to_preserve", "无标的物可实施保全"
    PRESERVATION_WITHDRAWN = "preservation_withdrawn", "保全申请撤回"


K, S, M = Kind, Stage, ClosingMode
ENFORCING = (K.FIRST, K.RESUMED, K.LEGACY)
CLOSING_MODES = {
    **dict.fromkeys(
        ENFORCING, (M.FULLY_ENFORCED, M.TERMINAL, M.TERMINATED, M.WITHDRAWN, M.NON_ENFORCEMENT, M.REJECTED)
    ),
    K.PRESERVATION: (M.PRESERVED, M.PARTLY_PRESERVED, M.NOTHING_TO_PRESERVE, M.PRESERVATION_WITHDRAWN, M.WITHDRAWN),
}
ONLY_MODES = {  # stages from which only some modes may be reported
    S.RECEPTION: (M.WITHDRAWN,),
    S.PREPARATION: (M.WITHDRAWN, M.REJECTED, M.FULLY_ENFORCED),
    S.SUSPENDED: (M.FULLY_ENFORCED, M.TERMINATED),
}


def modes_for(kind: str, stage: str) -> list[ClosingMode]:
    """The modes in which a case of this kind may be reported from this stage."""
    modes = CLOSING_MODES.get(Kind(kind), ())
    return [mode for mode in modes if mode in ONLY_MODES.get(Stage(stage), modes)]


class Step(NamedTuple):
    name: str  # also the name of the method on Case
    label: str  # the words on the button
    sources: tuple[Stage, ...]
    target: Stage | str  # a stage, or `same`, `suspended_from`, `closing_from`, `closed_from`, `other_track`
    holder: str  # '' stays; a team kind; `chosen:<kind>`; `previous`
    who: str
    act: str = ""  # the approval through which alone it happens: the last signature takes the step
    kinds: tuple[Kind, ...] = ()  # () every kind
    needs: str = ""
    facts: tuple[str, ...] = ()  # what whoever takes it hands in


OWN = (S.REVIEWING, S.ASSISTING, S.ANSWERING)
WORKING = (S.FAST, S.REGULAR, S.RESUMED, S.PRESERVING)
TEAMS = (S.FAST, S.REGULAR, S.RESUMED, S.SUSPENDED, S.TERMINAL)

# fmt: off
STEPS = (
    Step("pass_on",              "流转综合质效", (S.RECEPTION,),   S.PREPARATION, "quality",   "初次接待；最后一项办结时自动",
         needs="六项已办、不适用或因故免除"),
    Step("return_to_reception",  "退回初次接待", (S.PREPARATION,), S.RECEPTION,   "reception", "综合质效",
         needs="写明欠缺事项；首次起算日不变", facts=("gap",)),
    Step("triage_fast",          "分流快执",     (S.PREPARATION,), S.FAST,        "chosen:fast",    "综合质效分流书记员",
         needs="文书已发、网络查控已反馈（或免除）、线下查控已发出；符合当日分流情形的即时", facts=("team", "reason")),
    Step("triage_regular",       "分流普执",     (S.PREPARATION,), S.REGULAR,     "chosen:regular", "综合质效分流书记员",
         needs="同上", facts=("team", "reason")),
    Step("retriage",             "变更分流",     (S.FAST, S.REGULAR), "other_track", "chosen:other", "承办团队报请", "retriage",
         needs="方案所列情形；三日移交期限内不得变更", facts=("team", "ground")),
    Step("transfer_to_regular",  "移交普执",     (S.FAST, S.RESUMED), S.REGULAR,  "chosen:regular", "快执、终本报请", "transfer_to_regular",
         needs="需处置财产已采取有效控制措施", facts=("team", "reason")),
    Step("reassign",             "改派",         TEAMS,            "same",        "chosen:same",    "承办团队、综合质效报请", "reassignment",
         needs="写明原因；三十日内到期的措施列明；告知当事人", facts=("team", "ground", "reason")),
    Step("suspend",              "中止、暂缓",   (S.PREPARATION, *WORKING), S.SUSPENDED, "", "承办团队报请", "suspension",
         needs="裁定、事由，截止或复查日期", facts=("ground", "until")),
    Step("resume",               "恢复执行",     (S.SUSPENDED,),   "suspended_from", "", "签发法官（通知书，无须审批）",
         needs="恢复通知书", facts=("reason",)),
    Step("report_closing",       "报请结案",     (S.RECEPTION, S.PREPARATION, *WORKING, S.SUSPENDED), S.CLOSING, "", "承办人；分流前为接待、质效负责人",
         kinds=(*ENFORCING, K.PRESERVATION), needs="结案方式及其条件；案款已发、提存或经批准暂缓；应解除的已解除", facts=("mode", "panel", "consent", "reason")),
    Step("return_closing",       "退回补正",     (S.CLOSING,),     "closing_from", "", "卷宗管理中心、签批人",
         needs="写明原因", facts=("reason",)),
    Step("close",                "结案",         (S.CLOSING,),     S.CLOSED,      "archives",        "签批（卷宗整理完毕后自动报请）", "closing",
         needs="卷宗齐全"),
    Step("close_terminal",       "终本结案",     (S.CLOSING,),     S.TERMINAL,    "terminal_of_debtor", "签批（卷宗整理完毕后自动报请）", "terminal_closure",
         kinds=ENFORCING, needs="卷宗齐全；终本核查通过；立案满三个月"),
    Step("conclude",             "办结",         OWN,              S.CLOSED,      "",                "法官或承办人员",
         kinds=(K.REVIEW, K.ASSISTANCE, K.PETITION), needs="记录完整", facts=("reason",)),
    Step("archive",              "归档",         (S.CLOSED, S.TERMINAL), S.ARCHIVED, "archives",    "卷宗管理中心",
         needs="卷宗已核、已上架；终本案件须管理结束", facts=("shelf",)),
    Step("annul_closing",        "撤销结案",     (S.CLOSED, S.TERMINAL, S.ARCHIVED), "closed_from", "previous", "承办团队、局长报请", "annul_closing",
         needs="异议、复议或监督裁定已入卷；期限按原起算日续计，结案期间扣除", facts=("ground",)),
    Step("void",                 "撤销登记",     (S.RECEPTION, S.PRESERVING, S.RESUMED, S.REGULAR, S.TERMINAL, *OWN), S.VOID, "", "导入团队报请，另一人签批", "case_void",
         needs="登记后未办理任何事项；案号不再使用", facts=("reason",)),
)
# fmt: on

STEP = {step.name: step for step in STEPS}


class Registering(NamedTuple):
    kind: Kind
    stage: Stage
    team_kind: str
    who: str
    act: str = ""


REGISTER = (
    Registering(K.FIRST, S.RECEPTION, "reception", "立案清单导入或手工登记"),
    Registering(K.PRESERVATION, S.PRESERVING, "preservation_enforcement", "移送立案表的案号到达"),
    Registering(K.RESUMED, S.RESUMED, "terminal", "移送立案表的案号到达；终本团队报请", "revival"),
    Registering(
        K.RESUMED, S.REGULAR, "regular", "移送立案表的案号到达；终本团队报请，财产需处置", "transfer_to_regular"
    ),
    Registering(K.RESUMED, S.REGULAR, "regular", "移送立案表的案号到达；普执团队报请，历史遗留有财产处置", "revival"),
    Registering(K.LEGACY, S.REGULAR, "regular", "历史遗留案件导入"),
    Registering(K.LEGACY, S.TERMINAL, "terminal", "历史遗留案件导入"),
    Registering(K.REVIEW, S.REVIEWING, "preservation_review", "保全审查团队登记"),
    Registering(K.ASSISTANCE, S.ASSISTING, "preservation_enforcement", "保全实施团队登记"),
    Registering(K.PETITION, S.ANSWERING, "petitions", "信访团队登记"),
)

# Guards that come with later rooms: nothing is written for them yet, the printed table says so.
COMING = {
    "transfer_to_regular": (("assets", "需处置财产与有效控制措施核验"),),
    "report_closing": (("funds", "案款已发、提存或暂缓"), ("assets", "应解除的措施已解除")),
    "close_terminal": (("enforcement", "终本核查逐项证据"),),
    "conclude": (("preservation", "审查记录、委托回函"), ("petitions", "信访答复记录")),
}


def steps_from(stage: str) -> list[Step]:
    return [step for step in STEPS if stage in step.sources]
