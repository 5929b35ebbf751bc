"""Context of an item's page and of the small forms on items and cases."""

from functools import partial

from cases import context, deadlines, hooks, limits, periods, permissions, rights, work
from cases.calendar import WEEKDAYS
from cases.deadlines import RULE
from cases.models import Case, Pause, Tick, WorkItem
from cases.pages import case_beside, queue_rows
from cases.pages.lights import dated, light, stamp
from cases.pages.names import line, parties_of
from cases.work import cohorts
from teams.actor import Actor
from teams.models import Notice

MOST = 500  # cases of a monthly cohort on one page
STATE_ICON = {"done": "circle-check", "na": "circle-minus", "excused": "alert-triangle"}

# fmt: off
ACTS = (
    # action,        url name,        label,  icon,            primary
    ("finish_item", "cases:finish",   "办结", "check",         True),
    ("assign_item", "cases:assign",   "转交", "user-share",    False),
    ("hand_item",   "cases:hand",     "移送", "transfer",      False),
    ("wait_item",   "cases:wait",     "等待", "clock-pause",   False),
    ("nudge",       "cases:nudge",    "催办", "bell-ringing",  False),
    ("answer_nudge", "cases:answer_nudge", "回复催办", "bell-ringing", False),
)
# fmt: on
HANDS = ("assign_item", "hand_item")


def page(item: WorkItem, actor: Actor) -> dict:
    """One item: what, whose, by when and why, its parts, and what may be done with it now."""
    from django.urls import reverse

    ctx, rule = context.read(), RULE[item.rule]
    allowed = _allowed(item, actor)
    special = hooks.pages.get(item.rule)
    parts = ticks(item, ctx, "tick" in allowed and item.open)
    newest = work.last_nudge(item)
    if newest is None or newest.answered_at or item.person_id != actor.user_id:
        allowed = allowed - {"answer_nudge"}
    acts = []
    for action, name, label, icon, primary in ACTS:
        if not item.open or action not in allowed or (action in HANDS and item.rule in work.SIGNATURES):
            continue
        if (action == "hand_item" and work.is_cohort(item)) or (action == "nudge" and item.person_id == actor.user_id):
            continue
        if action == "finish_item" and not special and (work.PARTS.get(item.rule) or work.by_form(item)):
            continue
        url = reverse(special, args=[item.pk]) if special and action == "finish_item" else reverse(name, args=[item.pk])
        acts.append({"label": label, "url": url, "icon": icon, "primary": primary})
    return {
        **heading(item, ctx),
        "rule": {"label": rule.label, "law": rule.law, "trigger": rule.trigger},
        "derivation": item.derivation,
        "clock": clock(item, ctx),
        "limits": [limit(each) for each in limits.marks(ctx, [item]).get(item.pk, ())] if item.open else [],
        "ticks": parts,
        "first_tick": next((part["url"] for part in parts if part["url"]), ""),
        "acts": acts,
        "ends": work.by_form(item) if item.open and not special else "",
        "sheet": f"/approvals/{item.approval_id}/" if item.approval_id else "",
        "can_take_over": item.open
        and "take_over" in allowed
        and item.rule not in work.SIGNATURES
        and item.person_id != actor.user_id
        and item.team_id == actor.team_id,
        "can_recall": item.open and item.wait_until is not None and "wait_item" in allowed,
        "members": members(item, actor) if item.open and work.is_cohort(item) else [],
        "facts": [*([("催办", reminded(newest))] if newest else []), *facts(item, ctx)],
        "materials": [{"title": m.title, "url": f"/materials/{m.pk}/"} for m in item.materials.filter(voided_at=None)],
    }


def members(item: WorkItem, actor: Actor) -> list[dict]:
    """The cases of a monthly cohort, the first due first; none from which the officer is recused."""
    rows = rights.listed(actor, cohorts.members(item)).select_related("case")[:MOST]
    return queue_rows.rows(context.read(), rows, actor)


def clock(item: WorkItem, ctx) -> list[tuple[str, str]]:
    """Why it is due then, part by part: what set it going, the law, the period, what stopped or lengthened it."""
    rule = RULE[item.rule]
    if item.due_on is None:
        return [("起算事件", rule.trigger), ("依据", rule.law), ("期限", "本事项未设期限")]
    at = item.due_at.astimezone(ctx.now.tzinfo)
    hour = f"{at:%H:%M}" if at.date() == item.due_on else "24:00"
    day = f"{item.due_on:%Y-%m-%d} 星期{WEEKDAYS[item.due_on.weekday()]}"
    rows = [
        ("起算事件", rule.trigger or rule.label),
        ("起算", stamp(ctx, item.started_at)),
        ("依据", rule.law),
        ("期间", period(item)),
        ("延长", "、".join(str(each) for each in item.extensions)),
        ("暂停段", stopped(item)),
        ("届满", f"{day} {hour}{'（暂定：该年度节假日安排尚未公布）' if item.provisional else ''}"),
    ]
    return [row for row in rows if row[1]]


def period(item: WorkItem) -> str:
    """三个工作日, 当日, 以文书载明为准: how long, in the words of the rule."""
    if work.is_cohort(item):
        return "随本月案件中最先届满的一件"
    try:
        terms = deadlines.terms_of(RULE[item.rule], item.variant, item.length or None)
    except (KeyError, ValueError):
        return "以文书载明为准"
    if terms.printed:
        return f"文书载明至 {terms.printed}"
    if terms.counting == "SD":
        return "当日"
    unit = terms.unit if terms.counting in ("FIX", "SET") else terms.counting
    said = periods.say_length(unit or "D", terms.number)
    return f"{said}，倒算" if terms.counting == "BD" else said


def stopped(item: WorkItem) -> str:
    """The pauses that count against this item."""
    if item.case_id is None:
        return ""
    pauses = Pause.objects.filter(case=item.case_id).order_by("from_on", "id")
    own = [p for p in pauses if p.item_id == item.pk or (p.item_id is None and RULE[item.rule].pausable)]
    return "；".join(
        f"{p.from_on:%Y-%m-%d} 至 {f'{p.to_on:%Y-%m-%d}' if p.to_on else '今'}（{p.get_ground_display()}）" for p in own
    )


def limit(each: limits.Limit) -> dict:
    return {"text": each.text, "passed": each.passed, "steps": each.steps, "law": each.rule.law}


def _allowed(item: WorkItem, actor: Actor) -> set[str]:
    if item.case is None:
        return rights.chore_actions(actor, item)
    standing = rights.standings(actor, [item.case])[item.case.pk]
    return {row.action for row in permissions.TABLE if rights.may(actor, standing, row.action, item=item)}


def heading(item: WorkItem, ctx) -> dict:
    case = item.case
    return {
        "item": {
            "id": item.pk,
            "title": item.title,
            "open": item.open,
            "light": light(ctx, item),
            "urgent": item.urgent,
            "person": item.person_id or "",
        },
        "case": case_line(case) if case else None,
    }


def case_line(case: Case) -> dict:
    return {
        "id": case.pk,
        "number": case.number,
        "url": f"/cases/{case.pk}/",
        "parties": line(case, parties_of([case])),
        "stage": case.get_stage_display(),
    }


def facts(item: WorkItem, ctx) -> list[tuple[str, str]]:
    roster = ctx.roster
    team = roster.team(item.team_id)
    rows = [
        ("承办", f"{team.name if team else ''} {roster.name(item.person_id)} {roster.phone(item.person_id)}".strip()),
        ("代班", f"代{roster.name(item.covered_for_id)}办理，其返岗后转回" if item.covered_for_id else ""),
        ("起算", stamp(ctx, item.started_at)),
        ("到达", stamp(ctx, item.opened_at)),
        ("届满", dated(item.due_on, ctx.today) if item.due_on else "无期限"),
        ("发起", roster.name(item.asked_by_id) or "系统"),
        ("等待", f"至 {item.wait_until:%m-%d}，{item.wait_reason}" if item.wait_until else ""),
        ("办结", stamp(ctx, item.finished_at) if not item.open else ""),
        ("录入", stamp(ctx, item.entered_at) if not item.open and item.late_reason else ""),
        ("办理情况", item.note),
        ("补录原因", item.late_reason),
    ]
    return [row for row in rows if row[1]]


def ticks(item: WorkItem, ctx, may: bool) -> list[dict]:
    """The parts of the item, with who set each, when and why."""
    parts = work.PARTS.get(item.rule, ())
    if not parts:
        return []
    held = {tick.rule: tick for tick in Tick.objects.filter(item=item)}
    rows = []
    for key in parts:
        tick = held.get(key)
        rows.append(
            {
                "label": RULE[key].label,
                "state": tick.state if tick else "",
                "icon": STATE_ICON.get(tick.state, "circle") if tick else "circle",
                "text": f"{tick.get_state_display()} {stamp(ctx, tick.happened_at)} {ctx.roster.name(tick.by_id)}"
                if tick
                else "未办",
                "reason": tick.reason if tick else "",
                "url": tick_url(item, key) if may and (tick is None or tick.state == "excused") else "",
            }
        )
    return rows


def tick_url(item: WorkItem, rule: str) -> str:
    """Where this part is done: the page of its room, or the plain form."""
    from django.urls import reverse

    if special := hooks.pages.get(rule):
        return reverse(special, args=[item.pk])
    return f"/items/{item.pk}/tick/{rule}/"


def reminder(item: WorkItem) -> str:
    """The sentence a reminder begins with; whoever reminds may change it."""
    ctx = context.read()
    lamp = light(ctx, item)
    if lamp["state"] == "red":
        return f"已{lamp['text'].removeprefix('今日')}，请今日办结并说明原因。"
    if lamp["state"] in ("green", "amber"):
        return f"{lamp['text']}到期，请按期办结。"
    return "请尽快办理。"


def reminded(notice: Notice | None) -> str:
    """The last reminder of an item: who, when, what; nothing where there was none."""
    if notice is None:
        return ""
    ctx = context.read()
    words = notice.text.partition("催办：")[2] or notice.text
    said = (
        f"{ctx.roster.name(notice.sender_id) or '系统'}于 {stamp(ctx, notice.created_at)} 已催办：{words.rstrip('。')}"
    )
    if notice.answered_at is None:
        return said
    return f"{said}；{stamp(ctx, notice.answered_at)} 回复：{notice.answer.rstrip('。')}"


def form_page(item: WorkItem, actor: Actor, verb: str) -> dict:
    ctx = context.read()
    return {**heading(item, ctx), "verb": verb, "derivation": item.derivation, "facts": facts(item, ctx)}


def case_form_page(case: Case, actor: Actor, verb: str, **more) -> dict:
    return {"case": case_line(case), "beside": partial(case_beside.beside, case, actor), "verb": verb, **more}
