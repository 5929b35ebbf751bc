"""`/triage/` 繁简分流: what is ready with the proposal beside it, what waits and for what, what was decided today."""

from datetime import datetime, time
from typing import Any

from django.utils import timezone

from cases import context, lists, rights
from cases.context import Context
from cases.models import Case, WorkItem
from cases.pages.lights import light, stamp
from cases.pages.names import line, parties_of, short_number, wan
from cases.present import present
from quality import criteria, triage
from quality.allotting import Allotment
from quality.criteria import CRITERIA, TRACKS, Evidence, Proposal
from quality.models import TriageDecision
from teams.actor import Actor

RULE = "quality.triage"
SCANNED, PAGE = 400, 40
EMPTY = {
    "ready": "没有可以分流的案件。",
    "waiting": "没有等待文书或查控的案件。",
    "done": "今天还没有分流过案件。",
}


def index(request, actor: Actor, given: dict[int, dict] | None = None, refused: dict[int, str] | None = None) -> dict:
    """One tab; `given` is what a refused form had decided, by case, and `refused` why it was not done."""
    ctx, key = context.read(), request.GET.get("tab", "ready")
    key = key if key in EMPTY else "ready"
    items = list(
        WorkItem.objects.filter(rule=RULE, team_id=actor.team_id, open=True, case__in=rights.visible(actor))
        .select_related("case")
        .order_by("due_at", "pk")[: SCANNED + 1]
    )
    cases = [present(item.case) for item in items[:SCANNED]]
    known = triage.proposals(cases)
    blocked = triage.waiting(cases, known)
    sorted_ = {
        "ready": [item for item in items[:SCANNED] if item.case_id not in blocked],
        "waiting": [item for item in items[:SCANNED] if item.case_id in blocked],
    }
    done = decided(ctx, actor)
    counts = {
        "ready": len(sorted_["ready"]),
        "waiting": len(sorted_["waiting"]),
        "done": lists.capped(done, "-at", "-id"),
    }
    more = len(items) > SCANNED
    return {
        "tabs": [
            {"key": each, "label": label, "url": f"/triage/?tab={each}", "current": each == key,
             "count": f"{counts[each]}{'+' if more and each != 'done' else ''}"}
            for each, label in (("ready", "可分流"), ("waiting", "等待中"), ("done", "今日已分流"))
        ],
        "tab": key,
        "empty": EMPTY[key],
        "criteria": [{"track": TRACKS[row.track], "text": row.text, "law": row.law} for row in CRITERIA],
        "day": f"{ctx.today:%Y-%m-%d}",
        **(decisions(ctx, done) if key == "done" else rows(ctx, sorted_[key], known, blocked, given or {}, refused or {})),
    }  # fmt: skip


def rows(ctx: Context, items: list[WorkItem], known, blocked, given: dict, refused: dict) -> dict:
    shown = items[:PAGE]
    cases = [present(item.case) for item in shown]
    parties, loads = parties_of(cases), Allotment(ctx, cases)
    found = [_row(ctx, item, known[item.case_id], blocked.get(item.case_id, []), parties, loads) for item in shown]
    for row in found:
        row |= {"chosen": "", "reason": "", **given.get(row["id"], {}), "why_not": refused.get(row["id"], "")}
    return {"rows": found, "left": len(items) - len(shown), "certain": sum(row["certain"] for row in found)}


def _row(ctx: Context, item: WorkItem, found: tuple[Evidence, Proposal], reasons, parties, loads: Allotment) -> dict:
    case, (evidence, proposal) = present(item.case), found
    choice = loads.choose(case, proposal.track) if not reasons and loads.free(case, proposal.track) else None
    if choice:
        loads.give(case, choice.team.id)
    return {
        "id": case.pk,
        "number": short_number(case, ctx.today.year),
        "full": case.number,
        "url": f"/cases/{case.pk}/",
        "more": f"/triage/{case.pk}/",
        "parties": line(case, parties),
        "cause": case.cause,
        "amount": wan(case.amount) if case.amount else "—",
        "light": light(ctx, item),
        "chips": chips(evidence),
        "proposed": proposal.track,
        "track": TRACKS[proposal.track],
        "reasons": proposal.reasons,
        "law": f"{proposal.criterion.law}：{proposal.criterion.text}",
        "certain": proposal.certain
        and choice is not None
        and not case.confidential,  # no batch takes it along (flow §7)
        "team": choice.team.name if choice else "须指定团队",
        "how": f"在办 {loads.open[choice.team.id] - 1}"
        if choice and choice.how == "load"
        else "同一被执行人"
        if choice
        else "",
        "waits": [{"text": r.text, "remedy": r.remedy, "url": r.url} for r in reasons],
    }


def chips(e: Evidence) -> list[dict]:
    """What the queries brought, in a word each."""
    found: list[tuple[str, str]] = [("网络查控已反馈", "gr") if e.answered else ("网络查控未反馈", "am")]
    found.append(("线下已反馈", "gr") if e.offline else ("线下未反馈", "am"))
    if e.controlled:
        found.append((f"已控制 {wan(e.controlled)}", "gr" if e.controlled >= e.owed else "bl"))
    found += [(each, "pu") for each in e.disposal]
    if e.fine:
        found.append(("罚金", "bl"))
    if e.clue:
        found.append(("有线索", "bl"))
    return [{"text": text, "colour": colour} for text, colour in found]


def decided(ctx: Context, actor: Actor):
    """Today's decisions of cases the officer may list, the newest first."""
    midnight = timezone.make_aware(datetime.combine(ctx.today, time.min), ctx.now.tzinfo)
    return TriageDecision.objects.filter(at__gte=midnight, case__in=rights.visible(actor)).order_by("-at", "-id")


def decisions(ctx: Context, found) -> dict:
    shown = list(found.select_related("case", "team", "by")[:PAGE])
    parties = parties_of([row.case for row in shown])
    return {
        "rows": [
            {
                "url": f"/cases/{row.case_id}/", "number": short_number(row.case, ctx.today.year), "full": row.case.number,
                "parties": line(row.case, parties), "track": row.get_track_display(), "proposed": row.get_proposed_display(),
                "changed": row.track != row.proposed, "reasons": row.reasons, "reason": row.reason, "team": row.team.name,
                "how": row.get_how_display(), "by": row.by.name if row.by else "", "at": stamp(ctx, row.at),
            }
            for row in shown
        ],
        "left": max(len(found[: PAGE + 200]) - len(shown), 0),
    }  # fmt: skip


def one(case: Case, actor: Actor) -> dict[str, Any]:
    """The doubtful case: every criterion with whether it holds, every team with its figures."""
    ctx = context.read()
    known = triage.proposals([case])
    evidence, proposal = known[case.pk]
    blocked = triage.waiting([case], known).get(case.pk, [])
    loads = Allotment(ctx, [case])
    return {
        "case": {"id": case.pk, "number": case.number, "url": f"/cases/{case.pk}/", "parties": line(case, parties_of([case])),
                 "amount": wan(case.amount) if case.amount else "—", "cause": case.cause, "clue": evidence.clue},
        "chips": chips(evidence),
        "proposal": {"track": TRACKS[proposal.track], "reasons": proposal.reasons, "certain": proposal.certain},
        "criteria": [
            {"track": TRACKS[row.track], "text": row.text, "law": row.law, "holds": row.holds(evidence),
             "first": row is proposal.criterion}
            for row in criteria.CRITERIA
        ],
        "waits": [{"text": r.text, "remedy": r.remedy, "url": r.url} for r in blocked],
        "cap": loads.cap,
        "loads": {track: loads.figures(case, track) for track in TRACKS},
    }  # fmt: skip
