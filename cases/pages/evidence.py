"""What the case has on record for an act: measures with their ends, papers served, money. One table for the signer.

The events stand in the journal; when a measure ends is read from its running term.
"""

from typing import NamedTuple

from cases.context import Context
from cases.deadlines import ANCHOR, RULES
from cases.models import Case, JournalEntry, WorkItem
from cases.pages.lights import short

MOST = 6  # rows a decision has room for; the case page has all of them


class Group(NamedTuple):
    title: str
    heading: str
    events: tuple[str, ...]


# fmt: off
REPORTED = ("notice_served", "report_order_served", "report_received")
MEASURES = Group("已采取的措施", "措施", (
    "measure_effective", "deposit_frozen", "movable_seized", "real_estate_sealed", "other_right_frozen",
    "network_frozen", "preservation_in_force", "measure_carried_over", "measure_renewed",
))
SERVICE = Group("送达与报告", "事项", (
    *REPORTED, "assets_changed", "performed", "listing_asked", "full_query_done", "debtor_arrived_for_questioning",
    "held_without_decision", "person_taken",
))
MONEY = Group("案款与处置", "事项", (
    "price_fixed", "auction_announced", "sold_off", "full_price_paid", "money_arrived", "money_claimed",
    "arrival_noticed", "money_paid_out", "distribution_plan_served", "distribution_objected",
))
QUERIES = Group("查控与终本条件", "事项", (
    *REPORTED, "full_query_done", "reward_asked", "investigation_asked", "money_paid_out", "measure_effective",
))
# fmt: on
OVER = {"measure_released": "已解除", "measure_lapsed": "已失效"}
ENDS = {anchor: rule.key for rule in RULES if rule.kind == "term" for anchor in rule.anchors}
# fmt: off
OF_ACT = {
    **dict.fromkeys(("transfer_to_regular", "retriage", "ruling", "measure_release", "preservation_ruling", "revival",
                     "suspension", "reassignment", "case_delegation"), MEASURES),
    **dict.fromkeys(("detention", "early_release", "fine", "compelled_attendance", "search", "eviction_notice",
                     "police_referral", "consumption_restriction", "restriction_lift", "dishonest_listing",
                     "listing_early_delete", "exit_ban"), SERVICE),
    **dict.fromkeys(("auction_terms", "distribution_plan", "disbursement", "deferral"), MONEY),
    **dict.fromkeys(("closing", "terminal_closure", "annul_closing", "extension", "time_exclusion"), QUERIES),
}
# fmt: on


def recorded(ctx: Context, case: Case | None, act: str) -> dict | None:
    """The act's table, newest first; None where the act has none or nothing is on record. Two queries."""
    group = OF_ACT.get(act)
    if case is None or group is None:
        return None
    entries = list(
        JournalEntry.objects.filter(case=case, what="event", key__in=(*group.events, *OVER)).order_by("-id")[:60]
    )
    shown = [entry for entry in entries if entry.key in group.events]
    if not shown:
        return None
    over: dict[str, JournalEntry] = {}
    for entry in entries:
        if entry.key in OVER:
            over.setdefault(entry.facts.get("subject", ""), entry)
    ends = _ends(case) if group is MEASURES else {}
    rows = [_row(ctx, entry, over, ends) for entry in shown[:MOST]]
    return {
        "title": group.title,
        "heading": group.heading,
        "rows": rows,
        "with_end": any(row["until"] for row in rows),
        "more": len(shown) - MOST if len(shown) > MOST else 0,
    }


def _ends(case: Case) -> dict[tuple[str, str], WorkItem]:
    """(rule, subject) → the running term of a measure."""
    rows = WorkItem.objects.filter(case=case, rule__in=set(ENDS.values()), open=True)
    return {(item.rule, item.subject): item for item in rows}


def _row(ctx: Context, entry: JournalEntry, over: dict[str, JournalEntry], ends: dict) -> dict[str, str]:
    facts = entry.facts
    end = over.get(facts.get("subject", "")) if entry.key in MEASURES.events else None
    term = ends.get((ENDS.get(entry.key, ""), facts.get("subject", "")))
    return {
        "what": ANCHOR[entry.key].label.removesuffix("生效") if entry.key in ANCHOR else entry.label,
        "subject": str(facts.get("subject") or facts.get("asset") or facts.get("number") or ""),
        "on": short(entry.happened_at.astimezone(ctx.now.tzinfo).date(), ctx.today),
        "day": f"{entry.happened_at.astimezone(ctx.now.tzinfo):%Y-%m-%d}",
        "until": f"{term.due_on:%Y-%m-%d}" if term and term.due_on else "",
        "state": OVER[end.key] if end and end.pk > entry.pk else "",
    }


def latest(ctx: Context, table: dict | None) -> str:
    """When the newest of them was taken, for the sheet's first lines."""
    return table["rows"][0]["on"] if table else ""
