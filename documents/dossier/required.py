"""What the file of a case must hold by when: one row a paper, in the numbers of the 执行 index (reference §12.2).

A row is met by an issued paper of its kinds, by what was filed as such, or by any paper that was catalogued under its
number by hand; with `each`, once for every debtor. `since`: from which part of its life the case must have it.
"""

from typing import NamedTuple

from cases.workflow import ClosingMode, Kind, Stage

FILING, PREPARATION, WORK, CLOSING = range(4)
REACHED = {
    Stage.RECEPTION: FILING,
    Stage.PREPARATION: PREPARATION,
    Stage.REVIEWING: FILING,
    Stage.PRESERVING: WORK,
    Stage.ASSISTING: WORK,
    Stage.ANSWERING: WORK,
    Stage.FAST: WORK,
    Stage.REGULAR: WORK,
    Stage.RESUMED: WORK,
    Stage.SUSPENDED: WORK,
}  # every later stage: CLOSING


class Required(NamedTuple):
    place: int  # of the 执行 index
    label: str
    kinds: tuple[str, ...]  # of table 5
    filed: tuple[str, ...]  # what a paper was filed as
    since: int
    owner: str  # the team kind that owes it, or `holder`
    each: str = ""
    modes: tuple[str, ...] = ()  # only when the case is closed in one of these ways


M = ClosingMode
ENDED = (M.TERMINAL, M.TERMINATED, M.NON_ENFORCEMENT, M.REJECTED)
END_RULINGS = ("terminal_ruling", "termination_ruling", "non_enforcement", "application_rejected")

# fmt: off
BASIS = (
    Required(6,  "执行依据",             (),                                          (),             FILING,      "reception"),
    Required(9,  "当事人主体资格材料",   (),                                          (),             FILING,      "reception"),
)
ORDERS = (
    Required(8,  "执行通知书",           ("execution_notice",),                     (),             WORK,        "quality", "debtor"),
    Required(8,  "报告财产令",           ("report_order",),                           (),             WORK,        "quality", "debtor"),
    Required(12, "财产查询材料",         (),                                          ("query",),     WORK,        "quality"),
    Required(30, "送达凭证",             ("service_receipt", "e_service_receipt", "left_service"), ("receipt",), CLOSING, "holder"),
)
ENDING = (
    Required(22, "终本、终结等裁定书",   END_RULINGS,                                 (),             CLOSING,     "holder", "", ENDED),
    Required(23, "案款收发凭证",         ("payment_receipt", "disbursement_form"),    ("fund",),      CLOSING,     "holder", "", (M.FULLY_ENFORCED,)),
)
FIRST = (
    Required(3,  "执行申请书（或移送执行函）", (),                                    (),             FILING,      "reception"),
    *BASIS,
    Required(11, "初次接待笔录或未接待说明", ("reception_record", "later_reception", "no_reception_note"), ("reception",), PREPARATION, "reception"),
    Required(7,  "受理案件通知书",       ("acceptance_notice",),                      (),             WORK,        "quality"),
    *ORDERS,
    *ENDING,
)
RESUMED = (
    Required(3,  "恢复执行申请书",       (),                                          (),             FILING,      "holder"),
    *BASIS,
    Required(22, "恢复执行通知书或裁定书", ("resumption_notice", "resumption_ruling"), (),            WORK,        "holder"),
    ORDERS[2],
    ORDERS[3],
    *ENDING,
)
PRESERVATION = (
    Required(3,  "财产保全申请书",       (),                                          ("application",), FILING,    "holder"),
    Required(19, "保全裁定书",           ("preservation_ruling", "pre_suit_ruling", "arbitration_ruling", "pre_enforcement_ruling", "preservation_refused"), (), WORK, "preservation_review"),
    Required(12, "财产查询材料",         (),                                          ("query",),     CLOSING,     "holder"),
    Required(30, "送达凭证",             ("service_receipt", "e_service_receipt", "left_service"), ("receipt",), CLOSING, "holder"),
)
REVIEW = (PRESERVATION[0], PRESERVATION[1], PRESERVATION[3])
ASSISTANCE = (
    Required(5,  "委托函",               (),                                          ("application",), FILING,    "holder"),
    Required(27, "事项委托办理结果复函", ("task_reply",),                             (),             CLOSING,     "holder"),
)
PETITION = (
    Required(31, "信访登记表",           ("petition_form",),                          (),             FILING,      "petitions"),
    Required(31, "信访答复意见书",       ("petition_reply",),                         (),             CLOSING,     "petitions"),
)
# fmt: on

BY_KIND = {
    Kind.FIRST: FIRST,
    Kind.LEGACY: FIRST,
    Kind.RESUMED: RESUMED,
    Kind.PRESERVATION: PRESERVATION,
    Kind.REVIEW: REVIEW,
    Kind.ASSISTANCE: ASSISTANCE,
    Kind.PETITION: PETITION,
}
ALSO = {3: (3, 4, 5)}  # an application, a transfer by the trial division, or a letter of another court opens a case


def reached(stage: str) -> int:
    return REACHED.get(Stage(stage), CLOSING)


def rows(kind: str, mode: str) -> list[Required]:
    """What a case of this kind must hold in the end; `mode` is how it is closed, empty while it is open."""
    return [row for row in BY_KIND[Kind(kind)] if not row.modes or mode in row.modes]
