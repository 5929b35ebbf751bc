"""Context of the signer's desk: what waits for him by light, the chosen sheet beside it, what became of a batch."""

from urllib.parse import urlencode

from cases import briefs, clock, context, lists, signing
from cases.approvals import ACT
from cases.context import Context
from cases.models import Approval, ApprovalPlace, Case, WorkItem
from cases.models.work_item import NEVER
from cases.pages import approval_page
from cases.pages.lights import light, stamp, tomorrow
from cases.pages.names import line, parties_of, short_number, wan
from teams.actor import Actor

GROUPS = (("red", "已超期"), ("today", "今日到期"), ("later", "未到期"))
PAGE = 50  # rows beside a sheet; the next key goes on to the next page
GREY = {"state": "grey", "text": "无期限", "title": ""}


def desk(request, actor: Actor, *, chosen: Approval | None = None, after: str = "") -> dict:
    """The list and one sheet: the one named, else the one that follows what was just signed, else the first.

    The counts are of all that waits; rows are made for `PAGE` of them, those around the sheet that is open.
    """
    ctx = context.read()
    every = signing.queue(actor)
    given = _given(request)
    fitting = [place for place in every if _fits(place, given)]
    ids = [place.approval_id for place in fitting]
    keep = urlencode([(key, value) for key, value in given.items() if value])
    pk = chosen.pk if chosen else _wanted(request, ids, after)
    first = ids.index(pk) // PAGE * PAGE if pk in ids else 0
    rows = _rows(ctx, fitting[first : first + PAGE])
    for row in rows:
        row["url"], row["current"] = _address(keep, row["id"]), row["id"] == pk
    groups = [_group(ctx, place) for place in every]
    return {
        "groups": _grouped(rows, [_group(ctx, place) for place in fitting]),
        "count": capped(len(every)),
        "shown": len(rows),
        "pickable": any(not row["why_single"] for row in rows),
        "today_count": sum(group in ("red", "today") for group in groups),
        "filters": _filters(ctx, every, given),
        "filtered": bool(keep),
        "keep": f"?{keep}" if keep else "",
        "picked": bool(request.GET.get("approval") or chosen or after),
        "chosen": _sheet(pk, actor, ids),
        "following": _following(ids, pk),
        "previous": _address(keep, ids[first - 1]) if first else "",
        "next": _address(keep, ids[first + PAGE]) if first + PAGE < len(ids) else "",
        "page": f"第 {first + 1}–{first + len(rows)} 件，共 {capped(len(ids))} 件" if len(ids) > PAGE else "",
        "unlocked": signing.signing_unlocked(request),
        "next_due": _next_due(ctx, actor) if not every else "",
        "reasons": approval_page.REASONS.items(),
    }


def capped(count: int) -> str:
    return f"{lists.CAP}+" if count > lists.CAP else str(count)


def _address(keep: str, pk: int) -> str:
    return f"/sign/?{keep}{'&' if keep else ''}approval={pk}"


def _group(ctx: Context, place: ApprovalPlace) -> str:
    due_at = place.due_at or NEVER  # type: ignore[attr-defined]
    return "red" if due_at <= ctx.now else "today" if due_at <= tomorrow(ctx) else "later"


def _given(request) -> dict[str, str]:
    return {key: request.GET.get(key, "").strip()[:40] for key in ("act", "team")}


def _fits(place: ApprovalPlace, given: dict[str, str]) -> bool:
    return given["act"] in ("", place.approval.act) and given["team"] in ("", str(place.approval.team_id))


def _wanted(request, ids: list[int], after: str) -> int | None:
    """The sheet of the address while it waits; what was handled meanwhile stays in sight until one leaves it."""
    asked = request.GET.get("approval", "")
    if asked.isdigit():
        return int(asked)
    if after.isdigit() and int(after) in ids:
        return int(after)
    return ids[0] if ids else None


def _sheet(pk: int | None, actor: Actor, ids: list[int]) -> dict | None:
    """One sheet in full, if it waits for this officer or he has a part in it."""
    approval = Approval.objects.select_related("case", "team").filter(pk=pk).first() if pk else None
    if approval is None:
        return None
    if pk not in ids and not _part(approval, actor):
        return None
    return approval_page.page(approval, actor, with_paper=False)


def _part(approval: Approval, actor: Actor) -> bool:
    places = approval.places.all()
    return any(actor.user_id in (p.signer_id, p.signed_by_id, p.on_behalf_of_id) for p in places)


def _following(ids: list[int], pk: int | None) -> int | str:
    """The sheet that comes after this one has been signed."""
    at = ids.index(pk) if pk in ids else -1
    rest = ids[at + 1 :] or ids[: max(at, 0)]
    return rest[0] if rest else ""


def _rows(ctx: Context, places: list[ApprovalPlace]) -> list[dict]:
    cases = [p.approval.case for p in places if p.approval.case]
    parties, due = parties_of(cases), _due([p.approval_id for p in places])
    repeated, hindered = _repeated(places), _hindered(places)
    rows = [_row(ctx, place, due.get(place.approval_id), parties) for place in places]
    for row in rows:
        row["again"] = row["id"] in repeated
        row["hindered"] = row["case_id"] in hindered and ACT[row["act"]].batch
        row["why_single"] = _why_single(row, hindered.get(row["case_id"], []))
    return rows


def _row(ctx: Context, place: ApprovalPlace, item: WorkItem | None, parties: dict) -> dict:
    approval, case, turn = place.approval, place.approval.case, place.turn  # type: ignore[attr-defined]
    lamp = light(ctx, item) if item else GREY
    team = ctx.roster.team(approval.team_id)
    name = f"{team.name.removesuffix('团队') if team else ''} {ctx.roster.name(approval.maker_id)}".strip()
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
        "group": _group(ctx, place),
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
        row = ACT[place.approval.act]
        if row.batch and row.step and place.approval.case:
            groups.setdefault(place.approval.act, []).append(place.approval.case)
    for act, cases in groups.items():
        found |= briefs.step_reasons(ACT[act], cases)
    return found


def _why_single(row: dict, reasons: list[str]) -> str:
    if not ACT[row["act"]].batch:
        return f"「{row['tag']}」须逐件签署"
    return f"核验未通过：{'；'.join(reasons)}" if reasons else ""


def _grouped(rows: list[dict], groups: list[str]) -> list[dict]:
    """The rows of the page by light; the count of a group is of all that waits."""
    return [
        {"key": key, "label": label, "count": groups.count(key), "rows": found}
        for key, label in GROUPS
        if (found := [row for row in rows if row["group"] == key])
    ]


def _filters(ctx: Context, places: list[ApprovalPlace], given: dict[str, str]) -> list[dict]:
    """全部类型, 全部团队: of what waits, and no others."""
    acts = {place.approval.act: ACT[place.approval.act].label for place in places}
    own = {place.approval.team_id for place in places}
    teams = {str(team.id): team.name for pk in own if pk and (team := ctx.roster.team(pk))}
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
