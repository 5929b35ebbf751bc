"""By what a duty ends: there is one way for each (table 3, met by), and the plain form is the way of some."""

from cases.deadlines import ANCHOR, RULE
from cases.models import WorkItem
from cases.work.ticks import PARTS
from cases.workflow import STEP

OWN = {"sign": "签字", "explain": "超期说明"}


def by_form(item: WorkItem) -> str:
    """Empty where the plain form ends the duty, else the sentence that says what does."""
    rule = RULE[item.rule]
    if "form" in rule.met_by or item.rule in PARTS:
        return ""
    return f"「{item.title}」不能直接办结：办理「{'、'.join(map(means, rule.met_by))}」后自动办结。"


def means(event: str) -> str:
    kind, _, name = event.partition(":")
    if kind == "step":
        return STEP[name].label
    return ANCHOR[name].label if kind == "anchor" else OWN[event]
