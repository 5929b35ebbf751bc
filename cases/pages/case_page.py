"""Context of the case page: header, facts, stepper, the open tab, current duties, steps with their reasons, journal."""

from functools import partial

from django.db.models import Q
from django.urls import reverse

from cases import context, hooks, journal_words, limits, rights, steps
from cases.approvals import ACT, ACTS
from cases.certificates import mask_certificate, mask_phone
from cases.context import Context
from cases.models import Approval, Case, FilingSlip, Party, WorkItem
from cases.pages import item_page
from cases.pages.lights import light, short, stamp
from cases.pages.names import line, parties_of, short_number
from cases.workflow import Kind, Stage
from teams.actor import Actor

TABS = (
    ("overview", "概览"),
    ("items", "事项"),
    ("approvals", "审批"),
    ("materials", "材料"),
    ("events", "登记事件"),
    ("journal", "流转记录"),
)

ROUTES = {
    "first": ("reception", "preparation", "fast", "regular", "closing", "closed", "archived"),
    "resumed": ("resumed", "regular", "closing", "closed", "archived"),
    "legacy": ("terminal", "regular", "closing", "closed", "archived"),
    "preservation": ("preserving", "closing", "closed", "archived"),
    "review": ("reviewing", "closed", "archived"),
    "assistance": ("assisting", "closed", "archived"),
    "petition": ("answering", "closed", "archived"),
}


def page(case: Case, actor: Actor, tab: str = "overview") -> dict:
    ctx = context.read()
    standing = rights.standings(actor, [case])[case.pk]
    allowed = rights.actions(actor, case, standing)
    items = list(WorkItem.objects.filter(case=case, open=True).order_by("due_at", "id"))
    panels = [p for p in hooks.panels if p.action in allowed]
    offers = steps.steps_for(case, actor)
    marks = limits.marks(ctx, items)
    return {
        "case": header(ctx, case, items),
        "facts": [(f.label, f.function([case]).get(case.pk, "—")) for f in hooks.facts],
        "stages": stepper(ctx, case),
        "tab": tab,
        "tabs": tabs(case, tab, [(p.key, p.label) for p in panels], allowed, items),
        "primary": next((o for o in map(partial(offer, case), offers) if not o["reasons"]), None),
        "notes": notes(ctx, case, actor),
        "offers": [offer(case, each) for each in offers],
        "duties": [duty(ctx, item, actor, allowed, marks) for item in items if item.wait_until is None],
        "waiting": [duty(ctx, item, actor, allowed, marks) for item in items if item.wait_until is not None],
        "gates": [item_page.limit(each) for each in limits.gates(ctx, case)],
        "acts": case_acts(case, allowed),
        "asks": askable(case, allowed),
        "approvals": approvals(ctx, case, waiting_only=True),
        "journal": journal_words.lines(ctx, case, limit=8),
        "related": related(ctx, case, actor),
        "slips": [
            f"待立案号：{s.kind}（{stamp(ctx, s.asked_at)} 报出）"
            for s in FilingSlip.objects.filter(case=case, answered_at=None)
        ],
        "pauses": pauses(case, allowed, actor),
        "holds": [
            {
                "text": f"{h.get_ground_display()}，自 {h.from_on:%Y-%m-%d}"
                + (f" 至 {h.to_on:%Y-%m-%d}" if h.to_on else ""),
                "url": reverse("cases:lift_hold", args=[case.pk, h.pk]) if "hold" in allowed and not h.to_on else "",
            }
            for h in case.holds.order_by("-id")[:20]
        ],
        **body(ctx, case, actor, tab, allowed),
    }


def tabs(case: Case, tab: str, panels: list[tuple[str, str]], allowed: set[str], items: list) -> list[dict]:
    """The tabs with what stands in them; their number is their key."""
    counts = {"items": len(items), "materials": case.materials.count(), "journal": case.entries}
    shown = [(key, label) for key, label in (*TABS, *panels) if key != "events" or "record_event" in allowed]
    return [
        {
            "key": key,
            "label": label,
            "url": f"/cases/{case.pk}/?tab={key}",
            "current": key == tab,
            "count": counts.get(key, ""),
            "digit": place,
        }
        for place, (key, label) in enumerate(shown, 1)
    ]


def notes(ctx: Context, case: Case, actor: Actor) -> list[dict]:
    rows = case.notes.filter(Q(shared=True) | Q(by_id=actor.user_id)).order_by("-id")[:20]
    return [
        {
            "id": row.pk,
            "text": row.text,
            "by": ctx.roster.name(row.by_id),
            "at": stamp(ctx, row.at),
            "private": not row.shared,
            "own": row.by_id == actor.user_id,
        }
        for row in rows
    ]


def header(ctx: Context, case: Case, items: list[WorkItem]) -> dict:
    parties = parties_of([case])
    lamps = [light(ctx, item) for item in items]
    worst = min(lamps, key=lambda each: ("red", "amber", "green", "grey", "done").index(each["state"]), default=None)
    team, roster = ctx.roster.team(case.team_id), ctx.roster
    flags = [
        ("涉民生", case.livelihood),
        ("涉企", case.enterprise),
        ("不公开", case.confidential),
        ("国家秘密", case.state_secret),
    ]
    gap = f"立案 {short(case.filed_on, ctx.today)}，到局 {short(case.reached_at.astimezone(ctx.now.tzinfo).date(), ctx.today)}"
    return {
        "id": case.pk,
        "number": case.number,
        "short": short_number(case, ctx.today.year),
        "stage": case.get_stage_display(),
        "kind": case.get_kind_display(),
        "flags": [label for label, on in flags if on],
        "light": worst,
        "parties": line(case, parties),
        "cause": case.cause,
        "holder": f"{team.name} {roster.name(case.handler_id)} {roster.phone(case.handler_id) or team.phone}".strip()
        if team
        else "",
        "clerk": roster.name(case.clerk_id),
        "gap": gap if case.filed_on != case.reached_at.astimezone(ctx.now.tzinfo).date() else "",
        "started": f"{case.started_on:%Y-%m-%d}",
        "mode": case.get_closing_mode_display() if case.closing_mode else "",
        "entries": case.entries,
    }


def stepper(ctx: Context, case: Case) -> list[dict]:
    """The way of this kind of case: done, current, to come; branches it never took are left out."""
    rows = case.journal.filter(what="step").order_by("id").values_list("facts", "happened_at")
    reached = {}
    for facts, at in rows:
        if facts.get("to"):
            reached.setdefault(facts["to"], at)
    reached.setdefault(case.stage, case.arrived_at)
    route = [s for s in ROUTES[case.kind] if s in reached or s not in ("fast", "regular")]
    if not {"fast", "regular"} & set(reached) and case.kind == "first":
        route.insert(2, "fast")
    for extra in ("suspended", "terminal"):
        if extra in reached and extra not in route:
            route.insert(route.index("closing") + (extra == "terminal"), extra)
    if case.stage not in route:
        route.append(case.stage)
    now = route.index(case.stage)
    labels = dict(Stage.choices)
    return [
        {
            "label": "快执或普执" if stage == "fast" and "fast" not in reached else labels[stage],
            "state": "current" if n == now else "done" if stage in reached and n < now else "todo",
            "caption": short(reached[stage].astimezone(ctx.now.tzinfo).date(), ctx.today) if stage in reached else "—",
            "number": n + 1,
        }
        for n, stage in enumerate(route)
    ]


def offer(case: Case, each: steps.Offer) -> dict:
    url = (
        reverse("cases:ask", args=[case.pk, each.act])
        if each.act
        else reverse("cases:step", args=[case.pk, each.step.name])
    )
    return {
        "name": each.step.name,
        "label": f"报请{each.step.label}" if each.act else each.step.label,
        "url": url,
        "reasons": [{"text": r.text, "remedy": r.remedy, "url": r.url} for r in each.reasons],
        "form": bool(each.act or each.step.facts),
    }


def duty(ctx: Context, item: WorkItem, actor: Actor, allowed: set[str], marks: dict) -> dict:
    roster, team = ctx.roster, ctx.roster.team(item.team_id)
    may_tick = item.team_id == actor.team_id and "tick" in allowed
    return {
        "id": item.pk,
        "title": item.title,
        "url": f"/items/{item.pk}/",
        "light": light(ctx, item),
        "holder": f"{team.name if team else ''} {roster.name(item.person_id)}",
        "law": item_page.RULE[item.rule].law,
        "derivation": item.derivation,
        "limits": [item_page.limit(each) for each in marks.get(item.pk, ())],
        "ticks": item_page.ticks(item, ctx, may_tick),
        "waits": f"等待至 {item.wait_until:%m-%d}：{item.wait_reason}" if item.wait_until else "",
        "mine": item.person_id == actor.user_id,
        "action": {"label": "办理", "url": f"/items/{item.pk}/"},
    }


# fmt: off
CASE_ACTS = (
    # action,         url name,            label
    ("file_material", "cases:add_material", "入卷材料"),
    ("later_visit",   "cases:later_visit",  "补接待"),
    ("record_event",  "cases:record_event", "登记事件"),
    ("pause_item",    "cases:pause",        "暂停计期"),
    ("hold",          "cases:set_hold",     "不得处分"),
    ("supervise",     "cases:supervise",    "督办"),
    ("standing",      "cases:standings",    "被执行人地位"),
    ("grant_exception", "cases:grants",     "回避与授权"),
    ("ask:revival",   "cases:send_slip",    "移送立案（先行）"),
)
# fmt: on


def case_acts(case: Case, allowed: set[str]) -> list[dict]:
    over = case.stage in (Stage.ARCHIVED, Stage.VOID)
    return [
        {"label": label, "url": reverse(name, args=[case.pk])}
        for action, name, label in CASE_ACTS
        if action in allowed and not over and (name != "cases:send_slip" or may_revive(case))
    ]


def may_revive(case: Case) -> bool:
    return case.stage == Stage.TERMINAL or (case.kind == Kind.LEGACY and case.stage == Stage.REGULAR)


def askable(case: Case, allowed: set[str]) -> list[dict]:
    """Acts without a step that can be asked by the plain form (报请) on this case."""
    return [
        {"label": act.label, "url": reverse("cases:ask", args=[case.pk, act.key])}
        for act in ACTS
        if f"ask:{act.key}" in allowed and not act.step and case.stage not in (Stage.ARCHIVED, Stage.VOID)
    ]


def approvals(ctx: Context, case: Case, *, waiting_only: bool = False) -> list[dict]:
    rows = case.approvals.prefetch_related("places").order_by("-id")
    if waiting_only:
        rows = rows.filter(state=Approval.State.WAITING)
    return [
        {
            "title": a.title,
            "label": ACT[a.act].label,
            "url": f"/approvals/{a.pk}/",
            "state": a.get_state_display(),
            "key": a.state,
            "asked": f"{ctx.roster.name(a.maker_id)} {stamp(ctx, a.asked_at)}",
            "reason": a.reason,
            "places": [
                {
                    "label": p.label,
                    "name": ctx.roster.name(p.signed_by_id or p.signer_id),
                    "state": p.get_state_display(),
                    "key": p.state,
                    "at": stamp(ctx, p.at),
                }
                for p in a.places.all()
            ],
        }
        for a in rows[:50]
    ]


def pauses(case: Case, allowed: set[str], actor: Actor) -> list[dict]:
    rows = []
    for pause in case.pauses.order_by("-id")[:20]:
        to_confirm = pause.backdated and pause.confirmed_by_id is None
        rows.append(
            {
                "text": f"{pause.get_ground_display()}：{pause.from_on:%Y-%m-%d} 至 {pause.to_on or '今'}",
                "unconfirmed": to_confirm,
                "confirm": reverse("cases:confirm_pause", args=[case.pk, pause.pk])
                if to_confirm and "confirm_pause" in allowed and pause.by_id != actor.user_id
                else "",
                "end": reverse("cases:end_pause", args=[case.pk, pause.pk])
                if pause.to_on is None and "pause_item" in allowed and pause.ground not in ("suspension", "deferral")
                else "",
            }
        )
    return rows


def related(ctx: Context, case: Case, actor: Actor) -> list[dict]:
    """Linked cases, and other open cases of the same debtors: number, stage, holder, telephone (locate)."""
    found = [
        {
            "kind": link.get_kind_display(),
            "number": link.other.number if link.other else link.number,
            "url": f"/cases/{link.other_id}/" if link.other_id else "",
            "stage": link.other.get_stage_display() if link.other else "",
        }
        for link in case.links.select_related("other").order_by("id")
    ]
    found += [
        {
            "kind": f"本案{link.get_kind_display()}",
            "number": link.case.number,
            "url": f"/cases/{link.case_id}/",
            "stage": link.case.get_stage_display(),
        }
        for link in case.linked_from.select_related("case").order_by("id")
    ]
    numbers = list(
        Party.objects.filter(case=case, role="debtor")
        .exclude(certificate_number="")
        .values_list("certificate_number", flat=True)
    )
    if numbers and not case.state_secret:
        others = (
            Case.objects.filter(
                parties__certificate_number__in=numbers, parties__role="debtor", confidential=False, state_secret=False
            )
            .exclude(pk=case.pk)
            .exclude(stage__in=(Stage.ARCHIVED, Stage.VOID))
            .distinct()
            .order_by("-id")[:10]
        )
        found += [
            {
                "kind": "同一被执行人",
                "number": other.number,
                "url": f"/cases/{other.pk}/",
                "stage": f"{other.get_stage_display()} {ctx.roster.name(other.handler_id)} {ctx.roster.phone(other.handler_id)}".strip(),
            }
            for other in others
        ]
    return found


def body(ctx: Context, case: Case, actor: Actor, tab: str, allowed: set[str]) -> dict:
    """The open tab only: no other tab's queries are run."""
    panel = next((p for p in hooks.panels if p.key == tab and p.action in allowed), None)
    if panel:
        return {"panel": panel.template, **panel.function(case, actor)}
    if tab == "items":
        done = WorkItem.objects.filter(case=case, open=False).order_by("-entered_at")[:100]
        return {
            "done": [
                {
                    "title": i.title,
                    "url": f"/items/{i.pk}/",
                    "light": light(ctx, i),
                    "person": ctx.roster.name(i.finished_by_id) or "系统",
                    "at": stamp(ctx, i.finished_at),
                    "note": i.note,
                    "late": i.late_reason,
                }
                for i in done
            ]
        }
    if tab == "approvals":
        return {"all_approvals": approvals(ctx, case)}
    if tab == "materials":
        rows = case.materials.order_by("-id")
        if "secret_volume" not in allowed:
            rows = rows.filter(secret_volume=False)
        return {
            "materials": [
                {
                    "id": m.pk,
                    "title": m.title,
                    "kind": m.kind,
                    "version": m.version,
                    "url": f"/materials/{m.pk}/",
                    "by": ctx.roster.name(m.by_id) or "系统",
                    "at": stamp(ctx, m.entered_at),
                    "size": f"{m.size / 1024:,.0f} KB",
                    "void": m.void_reason,
                    "may_void": "void_material" in allowed and not m.voided_at,
                }
                for m in rows[:200]
            ]
        }
    if tab == "journal":
        return {"entries": journal_words.lines(ctx, case, limit=200)}
    return {"parties": parties(case), "claims": claims(case), "clues": case.clues, "may_reveal": "reveal" in allowed}


def parties(case: Case) -> list[dict]:
    return [
        {
            "id": p.pk,
            "role": p.get_role_display(),
            "debtor": p.role == "debtor",
            "name": p.name,
            "personal": " ".join(filter(None, (p.sex, f"{p.born_on:%Y-%m-%d}" if p.born_on else ""))),
            "certificate": mask_certificate(p.certificate_number) or "未提供",
            "doubt": p.certificate_doubt,
            "phone": mask_phone(p.phone),
            "address": p.address,
            "e_service": p.e_service,
            "standing": p.get_standing_display() if p.role == "debtor" else "",
            "active": p.standing == "active",
            "agents": [f"{a.name}（{a.get_scope_display()}）" for a in p.agents.all()],
        }
        for p in case.parties.prefetch_related("agents").order_by("role", "position")
    ]


def claims(case: Case) -> list[dict]:
    return [
        {"kind": c.get_kind_display(), "text": c.text or (f"{c.amount:,.2f} 元" if c.amount is not None else "")}
        for c in case.claims.order_by("id")
    ]
