"""Context of the signer's desk: what waits for him by light, the chosen sheet beside it, what became of a batch."""

from urllib.parse import urlencode

from cases import briefs, clock, context, signing
from cases.approvals import ACT
from cases.context import Context
from cases.models import Approval, ApprovalPlace, Case, WorkItem
from cases.models.work_item import NEVER
from cases.pages import approval_page
from cases.pages.lights import light, stamp
from cases.pages.names import line, parties_of, short_number, wan
from teams.actor import Actor

GROUPS = (("red", "已超期"), ("today", "今日到期"), ("later", "未到期"))
GREY = {"state": "grey", "text": "无期限", "title": ""}


def desk(request, actor: Actor, *, chosen: Approval | None = None, after: str = "") -> dict:
    """The list and one sheet: the one named, else the one that follows what was just signed, else the first."""
    ctx = context.read()
    every = _rows(ctx, signing.queue(actor))
    given = _given(request)
    rows = [row for row in every if _fits(row, given)]
    keep = urlencode([(key, value) for key, value in given.items() if value])
    for row in rows:
        row["url"] = f"/sign/?{keep}{'&' if keep else ''}approval={row['id']}"
    pk = chosen.pk if chosen else _wanted(request, rows, after)
    sheet = _sheet(pk, actor, rows)
    for row in rows:
        row["current"] = row["id"] == pk
    return {
        "groups": _grouped(rows),
        "count": len(every),
        "shown": len(rows),
        "pickable": any(not row["why_single"] for row in rows),
        "today_count": sum(row["group"] in ("red", "today") for row in every),
        "filters": _filters(every, given),
        "filtered": bool(keep),
        "keep": f"?{keep}" if keep else "",
        "picked": bool(request.GET.get("approval") or chosen or after),
        "chosen": sheet,
        "following": _following(rows, pk),
        "unlocked": signing.signing_unlocked(request),
        "next_due": _next_due(ctx, actor) if not every else "",
        "reasons": approval_page.REASONS.items(),
    }


def _given(request) -> dict[str, str]:
    return {key: request.GET.get(key, "").strip()[:40] for key in ("act", "team")}


def _fits(row: dict, given: dict[str, str]) -> bool:
    return given["act"] in ("", row["act"]) and given["team"] in ("", str(row["team_id"]))


def _wanted(request, rows: list[dict], after: str) -> int | None:
    """The sheet of the address while it waits; what was handled meanwhile stays in sight until one leaves it."""
    ids = [row["id"] for row in rows]
    asked = request.GET.get("approval", "")
    if asked.isdigit():
        return int(asked)
    if after.isdigit() and int(after) in ids:
        return int(after)
    return ids[0] if ids else None


def _sheet(pk: int | None, actor: Actor, rows: list[dict]) -> dict | None:
    """One sheet in full, if it waits for this officer or he has a part in it."""
    approval = Approval.objects.select_related("case", "team").filter(pk=pk).first() if pk else None
    if approval is None:
        return None
    if pk not in {row["id"] for row in rows} and not _part(approval, actor):
        return None
    return approval_page.page(approval, actor, with_paper=False)


def _part(approval: Approval, actor: Actor) -> bool:
    places = approval.places.all()
    return any(actor.user_id in (p.signer_id, p.signed_by_id, p.on_behalf_of_id) for p in places)


def _following(rows: list[dict], pk: int | None) -> int | str:
    """The sheet that comes after this one has been signed."""
    ids = [row["id"] for row in rows]
    if pk not in ids:
        return ids[0] if ids else ""
    at = ids.index(pk)
    return (ids[at + 1 :] or ids[:at] or [""])[0]


def _rows(ctx: Context, places: list[ApprovalPlace]) -> list[dict]:
    cases = [p.approval.case for p in places if p.approval.case]
    parties, due = parties_of(cases), _due([p.approval_id for p in places])
    repeated, hindered = _repeated(places), _hindered(places)
    rows = [_row(ctx, place, due.get(place.approval_id), parties) for place in places]
    for row in rows:
        row["again"] = row["id"] in repeated
        row["hindered"] = row["case_id"] in hindered and ACT[row["act"]].batch
        row["why_single"] = _why_single(row, hindered.get(row["case_id"], []))
    return sorted(rows, key=lambda row: (row["due_at"], row["id"]))


def _row(ctx: Context, place: ApprovalPlace, item: WorkItem | None, parties: dict) -> dict:
    approval, case, turn = place.approval, place.approval.case, place.turn  # type: ignore[attr-defined]
    lamp = light(ctx, item) if item else GREY
    team = ctx.roster.team(approval.team_id)
    name = f"{team.name.removesuffix('团队') if team else ''} {ctx.roster.name(approval.maker_id)}".strip()
    today = lamp["state"] == "amber" and lamp["text"].startswith("今日")
    return {
        "id": approval.pk,
        "case_id": approval.case_id,
        "act": approval.act,
        "team_id": approval.team_id,
        "team": team.name if team else "",
        "tag": ACT[approval.act].label,
        "number": short_number(case, ctx.today.year)
        if case
        else approval.title.removeprefix(ACT[approval.act].label).strip(),
        "full": case.number if case else approval.title,
        "line": line(case, parties) if case else "",
        "amount": wan(case.amount).removesuffix("元") if case and case.amount else "",
        "from": name,
        "asked": stamp(ctx, approval.asked_at).removeprefix("今日 "),
        "on_behalf": ctx.roster.name(turn.on_behalf_of) if turn.on_behalf_of else "",
        "urgent": approval.urgent,
        "light": lamp,
        "group": "red" if lamp["state"] == "red" else "today" if today else "later",
        "due_at": item.due_at if item else NEVER,
    }


def _due(pks: list[int]) -> dict[int, WorkItem]:
    return {item.approval_id: item for item in WorkItem.objects.filter(approval__in=pks, open=True).order_by("-id")}


def _repeated(places: list[ApprovalPlace]) -> set[int]:
    """Sheets asked a second time: one query."""
    found = {
        (p.approval.case_id, p.approval.act, p.approval.subject): p.approval_id for p in places if p.approval.case_id
    }
    cases = {key[0] for key in found}
    closed = Approval.objects.filter(case__in=cases, state__in=("rejected", "stale"))
    seen = set(closed.values_list("case_id", "act", "subject")) if cases else set()
    return {pk for key, pk in found.items() if key in seen}


def _hindered(places: list[ApprovalPlace]) -> dict[int, list[str]]:
    """Which cases of the acts that may be signed together have a guard against their step: one query a guard."""
    found: dict[int, list[str]] = {}
    groups: dict[str, list[Case]] = {}
    for place in places:
        if ACT[place.approval.act].batch and place.approval.case:
            groups.setdefault(place.approval.act, []).append(place.approval.case)
    for act, cases in groups.items():
        found |= briefs.step_reasons(ACT[act], cases)
    return found


def _why_single(row: dict, reasons: list[str]) -> str:
    if not ACT[row["act"]].batch:
        return f"「{row['tag']}」须逐件签署"
    return f"核验未通过：{'；'.join(reasons)}" if reasons else ""


def _grouped(rows: list[dict]) -> list[dict]:
    return [
        {"key": key, "label": label, "count": len(found), "rows": found}
        for key, label in GROUPS
        if (found := [row for row in rows if row["group"] == key])
    ]


def _filters(rows: list[dict], given: dict[str, str]) -> list[dict]:
    """全部类型, 全部团队: of what waits, and no others."""
    acts = {row["act"]: row["tag"] for row in rows}
    teams = {str(row["team_id"]): row["team"] for row in rows if row["team_id"]}
    found = []
    for key, label, options in (("act", "全部类型", acts), ("team", "全部团队", dict(sorted(teams.items())))):
        chosen = [{"value": value, "label": text, "chosen": value == given[key]} for value, text in options.items()]
        found.append({"key": key, "label": label, "options": chosen})
    return found


def _next_due(ctx: Context, actor: Actor) -> str:
    """下一件到期: the next duty of his own, so that an empty desk still says what comes."""
    mine = WorkItem.objects.filter(person=actor.user_id, open=True, paused=False, due_at__gt=ctx.now, due_at__lt=NEVER)
    item = mine.order_by("due_at", "id").first()
    return f"{item.title}，{item.due_on:%m-%d}" if item and item.due_on else "无"


def signed_words(approval: Approval, verb: str = "已签署") -> str:
    """What the desk says of the sheet that has just left it."""
    return f"{clock.now():%H:%M} {verb}：{approval.title}"


def summary(results, verb: str = "签") -> dict:
    """成功 5，未签 1, and why."""
    done = [r.approval.title for r in results if not r.refusal]
    left = [{"title": r.approval.title, "why": r.refusal} for r in results if r.refusal]
    return {"done": done, "left": left, "text": f"成功 {len(done)}，未{verb} {len(left)}"}
