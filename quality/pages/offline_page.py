"""`/assets/offline/` 线下查控: who is to be asked about, what is out, what came back, what 终本 still lacks."""

from typing import Any

from django.db.models import Q

from assets.models import Asset, ControlMeasure, Query, QueryBatch
from cases import context, lists, rights
from cases.models import Case, Party
from cases.pages import print_page
from cases.pages.lights import stamp
from cases.pages.names import line, parties_of, short_number
from cases.present import present
from quality import answers, letters, offline, seals
from quality.offline import COUNTERS, MISSING_AFTER, OFFLINE
from teams.actor import Actor

TABS = {"go": "待查询", "out": "待反馈", "done": "已反馈", "seal": "查封", "before": "终本前"}
EMPTY = {
    "go": "没有要到窗口查询的人。",
    "out": "没有等待反馈的批次。",
    "done": "还没有反馈完毕的批次。",
    "seal": "没有查到待查封的不动产、车辆，也没有待登记的回执。",
    "before": "立案满 75 日的案件都已做过线下查询。",
}
COLOUR = {"ordered": "am", "sent": "bl", "answered": "gr", "nothing": "", "failed": "re", "withdrawn": ""}
ROWS = 40  # persons on one page of the list to go


def index(request, actor: Actor) -> dict[str, Any]:
    key = request.GET.get("tab", "go")
    key = key if key in TABS else "go"
    batches = QueryBatch.objects.filter(channel=OFFLINE, team_id=actor.team_id)
    counts = {"out": lists.capped(batches.filter(state="sent"), "pk"), "done": "", "go": "", "seal": "", "before": ""}
    tabs = [
        {
            "key": each,
            "label": label,
            "url": f"/assets/offline/?tab={each}",
            "current": each == key,
            "count": counts[each],
        }
        for each, label in TABS.items()
    ]
    shown = {"go": _go, "before": _before, "seal": _seal}.get(key)
    found = shown(actor) if shown else _batches(request, batches.filter(state="sent" if key == "out" else "answered"))
    return {"tabs": tabs, "tab": key, "empty": EMPTY[key], "counters": COUNTERS, **found}


def _go(actor: Actor) -> dict:
    """One line a person of a case, a box for each counter where he is to be asked about."""
    ctx = context.read()
    wanted = [each for counter in COUNTERS for each in offline.wanted(actor, counter)]
    rows: dict[int, dict] = {}
    for each in wanted:
        case = each.party.case
        row = rows.setdefault(
            each.party.pk,
            {
                "id": each.party.pk, "name": each.party.name, "case": case, "full": case.number,
                "number": short_number(case, ctx.today.year), "url": f"/cases/{case.pk}/", "boxes": set(), "by": "",
                "confidential": case.confidential,
            },
        )  # fmt: skip
        row["boxes"].add(each.counter)
        if each.query:
            by = each.query.asked_by
            row["by"] = (
                f"{by.name if by else '系统'} {stamp(ctx, each.query.asked_at)}　{each.query.get_reason_display()}"
            )
    shown = sorted(rows.values(), key=lambda row: (row["case"].pk, row["id"]))
    for row in shown:
        row["cells"] = [(counter, label, counter in row["boxes"]) for counter, label in COUNTERS.items()]
    return {"rows": shown[:ROWS], "left": len(shown) - len(shown[:ROWS]), "totals": _totals(shown[:ROWS])}


def _totals(rows: list[dict]) -> list[tuple[str, int]]:
    """How many are ticked already; a case that is not open to all goes along by its holder's own click only (flow §7)."""
    ticked = [row for row in rows if not row["confidential"]]
    return [(label, sum(counter in row["boxes"] for row in ticked)) for counter, label in COUNTERS.items()]


def _batches(request, found) -> dict:
    ctx = context.read()
    page = lists.keyset(found.select_related("by"), "pk", request.GET.get("after", ""), descending=True)
    states: dict[int, dict[str, int]] = {}
    for pk, state in Query.objects.filter(batch__in=[row.pk for row in page.rows]).values_list("batch_id", "state"):
        states.setdefault(pk, {}).setdefault(state, 0)
        states[pk][state] += 1
    parameters = list(request.GET.items())
    return {
        "rows": [
            {
                "id": row.pk, "counter": row.get_counter_display(), "at": stamp(ctx, row.sent_at), "by": row.by.name if row.by else "",
                "total": sum(states.get(row.pk, {}).values()), "out": states.get(row.pk, {}).get("sent", 0),
                "found": states.get(row.pk, {}).get("answered", 0), "nothing": states.get(row.pk, {}).get("nothing", 0),
            }
            for row in page.rows
        ],
        "next": lists.link(request.path, parameters, page.next),
        "previous": lists.link(request.path, parameters, page.previous),
    }  # fmt: skip


def _before(actor: Actor) -> dict:
    """Cases that come near 终本 without the traditional query: from day 75, red from day 85."""
    ctx = context.read()
    found = offline.before_terminal(actor, 60)
    parties = parties_of([each.case for each in found])
    return {
        "rows": [
            {
                "id": case.pk, "number": short_number(case, ctx.today.year), "full": case.number, "url": f"/cases/{case.pk}/",
                "parties": line(case, parties), "confidential": case.confidential, "team": present(ctx.roster.team(case.team_id)).name, "days": days, "late": days >= MISSING_AFTER,
                "missing": [_lacking(each, people) for each, people in missing.items()],
            }
            for case, days, missing in found
        ]
    }  # fmt: skip


def _lacking(counter: str, people: list[Party]) -> str:
    return f"{COUNTERS[counter]}（{'、'.join(party.name for party in people)}）"


def _seal(actor: Actor) -> dict:
    """Things of the team's own cases that nothing is on yet, and measures whose ruling or receipt is under way."""
    mine = rights.visible(actor).filter(team_id=actor.team_id)
    under = Q(measures__state__in=seals.RUNNING)
    things = Asset.objects.filter(case__in=mine, kind__in=seals.WAYS, protected="").exclude(under)
    running = ControlMeasure.objects.filter(
        case__in=rights.visible(actor), kind__in=("seal", "seize"), state__in=("draft", *seals.AT_COUNTER)
    ).filter(Q(case__team_id=actor.team_id) | Q(ruling__posting__team_id=actor.team_id))
    rows = [
        {**_thing(row.asset, row.case), "state": row.get_state_display(), "colour": "am" if row.state == "draft" else "bl",
         "url": f"/cases/{row.case_id}/seal/{row.pk}/" if row.notice and row.notice.state == "issued" else "",
         "paper": f"/docs/{row.notice_id}/" if row.notice_id else ""}
        for row in running.select_related("case", "asset__party", "notice").order_by("pk")[:ROWS]
    ]  # fmt: skip
    free = things.select_related("case", "party").order_by("case_id", "pk")[:ROWS]
    rows += [{**_thing(row, row.case), "order": f"/cases/{row.case_id}/seal/?asset={row.pk}"} for row in free]
    return {"rows": rows}


def _thing(asset: Asset, case: Case) -> dict[str, Any]:
    return {
        "case": case.pk, "number": short_number(case, context.read().today.year), "full": case.number,
        "title": seals.thing(asset), "kind": asset.get_kind_display(),
        "who": asset.party.name, "state": "",
    }  # fmt: skip


def batch(row: QueryBatch, actor: Actor, given: dict | None = None) -> dict[str, Any]:
    """One trip to one counter: each person once, with all his cases; what is answered already stands there."""
    ctx, rows = context.read(), []
    for n, (person, queries) in enumerate(answers.people(row, actor).items()):
        first = queries[0]
        rows.append(
            {
                "n": n, "person": person, "name": first.party.name, "open": any(query.state == "sent" for query in queries),
                "state": first.get_state_display(), "colour": COLOUR[first.state], "note": first.note,
                "cases": [{"number": q.case.number, "url": f"/cases/{q.case_id}/"} for q in queries], **(given or {}).get(n, {}),
            }
        )  # fmt: skip
    return {
        "batch": {"id": row.pk, "counter": row.get_counter_display(), "at": stamp(ctx, row.sent_at), "state": row.get_state_display()},
        "rows": rows,
        **told([row], actor),
        "waits": sum(each["open"] for each in rows),
        "words": {"real_estate": ("不动产权证号", "坐落", "价值"), "vehicle": ("车牌号", "品牌型号", "价值"),
                  "housing_fund": ("公积金账号", "缴存单位", "余额")}[row.counter],
    }  # fmt: skip


def told(rows: list[QueryBatch], actor: Actor) -> dict[str, Any]:
    """The letters of the trips that the officer sees: how far each is, where it opens; whether all may be printed together."""
    found = [
        {
            "counter": each.batch.get_counter_display(), "title": each.document.title, "number": each.document.number,
            "url": f"/docs/{each.document_id}/", "state": letters.state(each.document), "problem": each.document.problem,
            "colour": "gr" if letters.may_leave(each.document) else "am",
        }
        for each in letters.of(rows, actor)
    ]  # fmt: skip
    query = "&".join(f"batch={row.pk}" for row in rows)
    whole = bool(found) and all(each["colour"] == "gr" for each in found)
    return {"letters": found, "letters_url": f"/assets/offline/letters.pdf?{query}" if whole else ""}


def printed(rows: list[QueryBatch], actor: Actor) -> dict[str, Any]:
    """The list for the trip, certificates in full, of the cases the officer sees; beside it, on the screen, the letters."""
    ctx = context.read()
    sheets = []
    for row in rows:
        people = answers.people(row, actor)
        sheets.append(
            {
                "counter": row.get_counter_display(),
                "rows": [
                    {"name": qs[0].party.name, "number": qs[0].party.certificate_number,
                     "cases": list(dict.fromkeys(q.case.number for q in qs))}
                    for qs in people.values()
                ],
            }
        )  # fmt: skip
    return {
        "sheets": sheets,
        **told(rows, actor),
        "by": actor.name,
        "today": ctx.today,
        "printed": print_page.printed(ctx, actor),
    }


def order(case, actor: Actor) -> list[Party]:
    """The debtors who can be asked about."""
    return [
        row for row in Party.objects.filter(case=case, role="debtor").order_by("position") if not offline.why_not(row)
    ]
