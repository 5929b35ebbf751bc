"""What the case has on record for an act: measures with their ends, papers served, money. One table for the signer."""

from typing import NamedTuple

from cases.context import Context
from cases.deadlines import ANCHOR
from cases.models import Case, JournalEntry
from cases.pages import measures
from cases.pages.lights import short

MOST = 6  # rows a decision has room for; the case page has all of them


class Group(NamedTuple):
    title: str
    heading: str
    events: tuple[str, ...]


# fmt: off
REPORTED = ("notice_served", "report_order_served", "report_received")
MEASURES = Group("已采取的措施", "措施", ("network_frozen", "preservation_in_force", "measure_carried_over", "measure_renewed"))
SUMMED_UP = {"network_frozen", "measure_carried_over", "measure_renewed"}  # said by the measures themselves
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
    """The act's table, newest first; None where the act has none or nothing is on record."""
    group = OF_ACT.get(act)
    if case is None or group is None:
        return None
    held = measures.on_record(ctx, case) if group is MEASURES else []
    events = [key for key in group.events if not (held and key in SUMMED_UP)]
    entries = JournalEntry.objects.filter(case=case, what="event", key__in=events).order_by("-id")[:60]
    rows = [_measure(ctx, row) for row in held] + [_row(ctx, entry) for entry in entries]
    if not rows:
        return None
    rows.sort(key=lambda row: row["day"], reverse=True)
    return {
        "title": group.title,
        "heading": group.heading,
        "rows": rows[:MOST],
        "with_end": any(row["until"] for row in rows[:MOST]),
        "more": max(len(rows) - MOST, 0),
    }


def _measure(ctx: Context, row: dict) -> dict[str, str]:
    what, _, subject = row["title"].partition("：")
    return {
        "what": what,
        "subject": subject,
        "on": short(row["day"], ctx.today),
        "day": f"{row['day']:%Y-%m-%d}",
        "until": row["end"] if row["live"] else "",
        "state": row["state"],
    }


def _row(ctx: Context, entry: JournalEntry) -> dict[str, str]:
    facts, day = entry.facts, entry.happened_at.astimezone(ctx.now.tzinfo).date()
    subject = str(facts.get("subject") or "")
    named = "" if ":" in subject else subject  # `measure:1` is for the program
    return {
        "what": ANCHOR[entry.key].label.removesuffix("生效") if entry.key in ANCHOR else entry.label,
        "subject": named or str(facts.get("asset") or facts.get("number") or ""),
        "on": short(day, ctx.today),
        "day": f"{day:%Y-%m-%d}",
        "until": "",
        "state": "",
    }


def latest(ctx: Context, table: dict | None) -> str:
    """When the newest of them was taken, for the sheet's first lines."""
    return table["rows"][0]["on"] if table else ""
