"""Who is told of what runs elsewhere. `watched_by` of table 3: a duty of the holder's that others watch; they hear of
it once, when it has become late. A watch, someone else's period: its holder hears of it on the last day.

The holder does the act, quality watches and nudges (flow §4.2): the post of quality that has the matter, and its
leader. A list a rule and team, never a line an item (flow §5); nobody hears of a case from which he is recused.
"""

from cases import recused, rights
from cases.context import Context
from cases.deadlines import RULE
from cases.models import WorkItem
from cases.present import present
from teams.models import Special
from teams.notices import tell

POSTS = {"listing": Special.FUNDS_RESTRICTIONS, "auction": Special.AUCTION}
NAMED = 5  # cases by their number in one line; the list has them all


def tell_watchers(ctx: Context, items: list[WorkItem]) -> int:
    """Tell of those of the items that are watched; how many lines were sent."""
    late: dict[tuple[str, int], list[WorkItem]] = {}
    for item in items:
        if item.case_id and RULE[item.rule].kind == "duty" and RULE[item.rule].watched_by:
            late.setdefault((item.rule, item.team_id), []).append(item)
    barred = recused.of_cases((item.case_id for found in late.values() for item in found), ctx.today)
    sent = 0
    for (rule, team_id), found in sorted(late.items()):
        for person in watchers(ctx, rule):
            his = [item for item in found if person not in barred.get(item.case_id or 0, ())]
            if his:
                text = f"{ctx.roster.row(team_id).name}「{RULE[rule].label}」超期 {len(his)} 件：{numbers(his)}"
                sent += tell([person], text, f"/queue/{team_id}/?due=overdue&rule={rule}")
    return sent


def tell_holders(ctx: Context, items: list[WorkItem]) -> int:
    """Someone else's period ends today: whose item it is hears of it in time, a line a rule; how many lines."""
    last: dict[tuple[str, int, int], list[WorkItem]] = {}
    barred = recused.of_cases((item.case_id for item in items), ctx.today)
    for item in items:
        if item.person_id and item.due_at > ctx.now and item.person_id not in barred.get(item.case_id or 0, ()):
            last.setdefault((item.rule, item.team_id, item.person_id), []).append(item)
    for (rule, team_id, person), found in sorted(last.items()):
        text = f"今日届满：「{RULE[rule].label}」{len(found)} 件，到期自动结束：{numbers(found)}"
        url = f"/items/{found[0].pk}/" if len(found) == 1 else f"/queue/{team_id}/?due=today&rule={rule}"
        tell([person], text, url)
    return len(last)


def watchers(ctx: Context, rule: str) -> list[int]:
    """The holders of the post in the watching team, and who leads it."""
    special = POSTS.get(rule.partition(".")[0], "")
    people: list[int | None] = []
    for team in ctx.roster.teams_of(RULE[rule].watched_by):
        holders = ctx.roster.members(team.id, special=special) if special else []
        people += [*(member.user_id for member in holders), ctx.roster.leader(team.id)]
    return list(dict.fromkeys(person for person in people if person))


def numbers(items: list[WorkItem]) -> str:
    """A case that is not public has no number here (flow §7)."""
    cases = [present(item.case) for item in items[:NAMED]]
    words = [rights.MASKED if case.confidential or case.state_secret else case.number for case in cases]
    return "、".join(words) + (" 等" if len(items) > NAMED else "")
