"""The plan's criteria of 繁简分流: four for 快执, four for 普执 (优化方案二（一）、二（二）; reference §13).

They are asked in this order; the first that holds proposes the track, those that hold beside it are shown too. A
person decides; `sure` says whether the proposal may be accepted together with others by one key.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from cases.pages.names import wan

FAST, REGULAR = "fast", "regular"
TRACKS = {FAST: "快执", REGULAR: "普执"}
MANY_PARTIES = 10  # 群体性


class Evidence(NamedTuple):
    """What is known of a case when it is triaged."""

    kind: str = "first"
    criminal: bool = False  # the basis is a criminal judgment
    fine: bool = False  # a claim of a fine
    restitution: bool = False  # a criminal claim besides the fine: confiscation, 退赔
    conduct: bool = False  # conduct, a specific thing or a right, not money
    owed: Decimal = Decimal(0)
    controlled: Decimal = Decimal(0)  # money under effective measures
    disposal: tuple[str, ...] = ()  # assets that need disposal, known from answers or measures
    sealed: bool = False  # one of them is under an effective measure
    clue: str = ""  # told by the creditor, not verified
    sensitive: bool = False
    parties: int = 2
    answered: bool = False  # the network's answer is here
    offline: bool = False  # the counters' answers are here


class Criterion(NamedTuple):
    key: str
    track: str
    text: str  # the plan's words
    law: str
    holds: Callable[[Evidence], str]  # why it holds, empty where it does not
    sure: Callable[[Evidence], bool]


class Proposal(NamedTuple):
    track: str
    criterion: Criterion
    reasons: list[str]  # why this criterion holds, then what else holds
    certain: bool


def criminal_property(e: Evidence) -> str:
    return "刑事判决涉财产处置或退赔，不只是罚金" if e.criminal and e.restitution else ""


def fine_only(e: Evidence) -> str:
    return "只执行罚金，未发现需处置的财产" if e.fine and not e.restitution and not e.disposal else ""


def legacy(e: Evidence) -> str:
    return f"历史遗留案件，有{'、'.join(e.disposal)}需处置" if e.kind == "legacy" and e.disposal else ""


def funds_controlled(e: Evidence) -> str:
    if not e.owed or e.controlled < e.owed:
        return ""
    return f"已控制 {wan(e.controlled)}，足额（应执行 {wan(e.owed)}）"


def complex_(e: Evidence) -> str:
    found = (
        "不公开、敏感案件" if e.sensitive else "",
        f"当事人 {e.parties} 人" if e.parties >= MANY_PARTIES else "",
        "请求为行为、交付特定物或财产权利" if e.conduct else "",
    )
    return "，".join(filter(None, found))


def disposal(e: Evidence) -> str:
    return f"{'已控制' if e.sealed else '查到'}{'、'.join(e.disposal)}，需处置" if e.disposal else ""


def clue_to_control(e: Evidence) -> str:
    return f"线索待核实：{e.clue[:40]}" if e.clue else ""


def quick(e: Evidence) -> str:
    return "未发现需处置的财产" if not e.disposal else ""


def always(e: Evidence) -> bool:
    return True


def never(e: Evidence) -> bool:
    return False


def all_answered(e: Evidence) -> bool:
    return e.answered and e.offline


# fmt: off
CRITERIA = (
    #         key                 track    the plan's words                                              law                holds              sure
    Criterion("criminal_property", REGULAR, "生效刑事判决涉财产处置（除罚金外）或退赔判项不明确，无法快速处理", "优化方案二（二）1", criminal_property, always),
    Criterion("fine_only",         FAST,    "涉刑事罚金不涉及财产处置",                                  "优化方案二（一）3", fine_only,         always),
    Criterion("legacy_disposal",   REGULAR, "历史遗留案件中有财产处置需要恢复执行",                      "优化方案二（二）3", legacy,            never),
    Criterion("funds_controlled",  FAST,    "经查控有足额案款并已控制，可快速执行完毕",                  "优化方案二（一）1", funds_controlled,  always),
    Criterion("complex",           REGULAR, "较为复杂、疑难、敏感、影响较大，不宜识别为简案",            "优化方案二（二）4", complex_,          never),
    Criterion("disposal",          REGULAR, "需要处分房产、土地、车辆、股票、股权、证券、机器设备等财产", "优化方案二（二）2", disposal,         always),
    Criterion("clue_to_control",   FAST,    "发现可供处置的财产，采取控制措施后三日内移交普执",          "优化方案二（一）2", clue_to_control,   never),
    Criterion("quick",             FAST,    "其他不需财产处置且可快速执行完毕",                          "优化方案二（一）4", quick,             all_answered),
)
# fmt: on
CRITERION = {row.key: row for row in CRITERIA}


def propose(e: Evidence) -> Proposal:
    """The first criterion that holds; `quick` holds of whatever no other does."""
    held = [(row, why) for row in CRITERIA if (why := row.holds(e))]
    row, why = held[0]
    beside = [f"另：{other}（{TRACKS[each.track]}）" for each, other in held[1:] if each.key != "quick"]
    return Proposal(row.track, row, [why, *beside], row.sure(e))
