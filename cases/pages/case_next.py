"""What the case needs next: the one primary button, the steps beside it with what stands in their way, and 更多."""

from django.urls import reverse

from cases import hooks, rights, steps
from cases.approvals import ACT, ACTS, ELSEWHERE
from cases.deadlines import RULE
from cases.models import Approval, Case, WorkItem
from cases.work import PARTS
from cases.workflow import Kind, Stage
from teams.actor import Actor

# Steps that lead on, in the order in which they are proposed. What leads back stands beside them, what changes hands
# or undoes stands under 更多 and is never proposed.
FORWARD = (
    "pass_on", "triage_fast", "triage_regular", "transfer_to_regular", "resume", "report_closing", "close",
    "close_terminal", "conclude", "archive",
)  # fmt: skip
BACK = ("return_to_reception", "return_closing")


def offers(case: Case, actor: Actor, waiting: list[Approval], allowed: set[str]) -> list[dict]:
    """Every step the officer may take or ask for; one that has been asked for says whom it waits for."""
    asked = {approval.act: approval for approval in waiting}
    may_take = steps.steps_for(case, actor, allowed)
    found = [offer(case, each, asked.get(each.act) if each.act else None) for each in may_take]
    order = (*FORWARD, *BACK)
    return sorted(found, key=lambda row: order.index(row["name"]) if row["name"] in order else len(order))


def offer(case: Case, each: steps.Offer, asked: Approval | None) -> dict:
    act, name = each.act, each.step.name
    url = reverse("cases:ask", args=[case.pk, act]) if act else reverse("cases:step", args=[case.pk, name])
    reasons = [{"text": r.text, "remedy": r.remedy, "url": r.url} for r in each.reasons]
    if asked:
        reasons = [{"text": "已报请，正在签批。", "remedy": "查看审批", "url": f"/approvals/{asked.pk}/"}]
    return {
        "name": name,
        "label": f"报请{each.step.label}" if act else each.step.label,
        "url": url,
        "reasons": reasons,
        "side": name not in FORWARD and name not in BACK,
    }


def next_step(
    actor: Actor, standing: rights.Standing, items: list[WorkItem], offered: list[dict], waiting: list[Approval]
) -> dict | None:
    """The one thing to do: a signature of mine, else what the most pressing duty asks for, else the step that leads on."""
    for approval in waiting:
        if any(place.state == "waiting" and place.signer_id == actor.user_id for place in approval.places.all()):
            return {"label": f"审批签字：{ACT[approval.act].label}", "url": f"/approvals/{approval.pk}/"}
    free = {row["name"]: row for row in offered if not row["reasons"]}
    # The ticks of a duty come first, whatever its colour: the last of them hands the case on and ends the others.
    for item in sorted(items, key=lambda item: item.rule not in PARTS):
        if (
            item.wait_until is None
            and item.team_id == actor.team_id
            and (found := way_out(actor, standing, item, free))
        ):
            return found
    return next((free[name] for name in FORWARD if name in free), None)


def way_out(actor: Actor, standing, item: WorkItem, free: dict[str, dict]) -> dict | None:
    """How this duty is met: by a step, on its page, tick by tick, or by the plain form."""
    met = RULE[item.rule].met_by
    for name in FORWARD:
        if f"step:{name}" in met and name in free:
            return free[name]
    if item.rule in PARTS:
        special = hooks.pages.get(item.rule)
        url = reverse(special, args=[item.pk]) if special else f"/items/{item.pk}/"
        return {"label": "接待" if special else "逐项登记", "url": url} if may(actor, standing, "tick", item) else None
    if not may(actor, standing, "finish_item", item) or ("form" not in met and item.rule not in hooks.pages):
        return None
    special = hooks.pages.get(item.rule)
    url = reverse(special, args=[item.pk]) if special else reverse("cases:finish", args=[item.pk])
    return {"label": f"办理：{item.title}", "url": url}


def may(actor: Actor, standing, action: str, item: WorkItem) -> bool:
    return rights.may(actor, standing, action, item=item)


# fmt: off
RECORDS = (
    # action,          url name,            label
    ("record_event",  "cases:record_event", "登记事件"),
    ("order_query",   "assets:order_query", "提出网络查询"),
    ("order_offline", "quality:order_offline", "提出线下查询"),
    ("ask:ruling",    "quality:order_seal", "提请查封不动产、车辆"),
    ("later_visit",   "cases:later_visit",  "补接待"),
    ("file_material", "cases:add_material", "入卷材料"),
    ("amend",         "cases:amend_case",   "更正案件信息、标记"),
    ("amend",         "cases:add_link",     "关联案件、并案"),
    ("mark_confidential", "cases:confidential", "设为不公开"),
    ("hold",          "cases:set_hold",     "不得处分"),
    ("standing",      "cases:standings",    "被执行人地位"),
    ("pause_item",    "cases:pause",        "暂停计期"),
    ("supervise",     "cases:supervise",    "督办"),
    ("grant_exception", "cases:grants",     "回避与授权"),
    ("ask:revival",   "cases:send_slip",    "移送立案（先行）"),
)
# fmt: on
KEYS = {
    "cases:record_event": "n",
    "cases:supervise": "d",
    "quality:order_offline": "q",
    "assets:order_query": "w",
    "quality:order_seal": "b",
}
PRINTS = (("cases:card", "打印案件卡片"), ("cases:story", "打印一页情况"), ("cases:handover", "打印交接清单"))


def more(case: Case, allowed: set[str], offered: list[dict]) -> list[dict]:
    """The groups of 更多: prints, records, changes, requests; empty ones are left out."""
    over = case.stage in (Stage.ARCHIVED, Stage.VOID)
    groups = [
        ("打印", [{"label": label, "url": reverse(name, args=[case.pk])} for name, label in PRINTS if "print" in allowed]),
        ("记录", [] if over else records(case, allowed)),
        ("变更", [row for row in offered if row["side"]]),
        ("报请", [] if over else requests(case, allowed)),
    ]  # fmt: skip
    return [{"label": label, "links": links} for label, links in groups if links]


def records(case: Case, allowed: set[str]) -> list[dict]:
    return [
        {
            "label": "取消不公开" if case.confidential and name == "cases:confidential" else label,
            "url": reverse(name, args=[case.pk]),
            "key": KEYS.get(name, ""),
        }
        for action, name, label in RECORDS
        if action in allowed
        and (name != "cases:send_slip" or may_revive(case))
        and not (case.state_secret and action == "file_material")
    ]


def may_revive(case: Case) -> bool:
    return case.stage == Stage.TERMINAL or (case.kind == Kind.LEGACY and case.stage == Stage.REGULAR)


def requests(case: Case, allowed: set[str]) -> list[dict]:
    """Acts without a step that can be asked by the plain form (报请) on this case."""
    return [
        {"label": act.label, "url": reverse("cases:ask", args=[case.pk, act.key])}
        for act in ACTS
        if f"ask:{act.key}" in allowed
        and not act.step
        and act.key not in ELSEWHERE
        and (act.key != "revival" or may_revive(case))
    ]
