"""下班前清零: the same-day duties of a team, by rule and by person, what each still lacks, and the hours left."""

from datetime import datetime, timedelta

from django.db.models import Count, Q

from cases import context, lists_of_day, rights, work
from cases.calendar import WEEKDAYS
from cases.context import Context
from cases.deadlines import RULE
from cases.models import Tick, WorkItem
from cases.pages import queue_rows
from cases.pages.lights import tomorrow
from cases.refusals import Unseen
from teams.actor import Actor

WIDE = ("leadership", "quality")
MOST = 200  # rows of one page; a team that owes more sees the first and the counts of all


def page(request, actor: Actor) -> dict:
    """One team in full; leadership and quality also see the table of all teams, the fullest first."""
    ctx, wide = context.read(), actor.kind in WIDE
    hidden = rights.recused_from(actor)
    counts = {team: (total, left) for team, total, left in lists_of_day.counts(ctx, hidden)}
    team = _team(ctx, request, actor, counts)
    given = {key: request.GET.get(key, "").strip() for key in ("rule", "person")}
    base = f"/today/?team={team.id}" if wide else "/today/?"
    due = WorkItem.objects.filter(team_id=team.id, rule__in=lists_of_day.SAME_DAY, due_on=ctx.today)
    due = due.exclude(case__in=hidden)
    rules, people = _tallies(ctx, due, given, base)
    total, left = counts.get(team.id, (0, 0))
    return {
        "team": {"id": team.id, "name": team.name, "own": team.id == actor.team_id},
        "total": total,
        "done": total - left,
        "left": left,
        "groups": _groups(ctx, due, given, actor),
        "more": f"只列前 {MOST} 件，其余见团队事项。" if left > MOST else "",
        "sheet": sum(row["sheet"] for row in rules),
        "rules": rules,
        "people": people,
        "given": given,
        "filtered": any(given.values()),
        "clear": base.rstrip("?"),
        "teams": _teams(ctx, counts, team.id) if wide else [],
        "date": f"{ctx.today:%Y 年 %-m 月 %-d 日} 星期{WEEKDAYS[ctx.today.weekday()]}",
        "rest": not ctx.calendar.is_workday(ctx.today),
        **ends(ctx),
    }


def ends(ctx: Context) -> dict:
    """The soft and the hard end, and how long it is to the next of them."""
    soft = datetime.combine(ctx.today, ctx.settings.time("soft_end"), ctx.now.tzinfo)
    hard = ctx.settings.get("hard_end")
    end, name = (soft, "软截止") if ctx.now < soft else (_hard(ctx, hard), "硬截止")
    hours, minutes = divmod(max(int((end - ctx.now).total_seconds()) // 60, 0), 60)
    return {
        "soft_end": f"{soft:%H:%M}",
        "hard_end": hard,
        "after_soft": ctx.now >= soft,
        "countdown": f"距{name} {hours} 小时 {minutes} 分" if hours else f"距{name} {minutes} 分",
    }


def _hard(ctx: Context, text: str) -> datetime:
    if text == "24:00":
        return tomorrow(ctx)
    hour, _, minute = text.partition(":")
    return datetime.combine(ctx.today, datetime.min.time(), ctx.now.tzinfo) + timedelta(
        hours=int(hour), minutes=int(minute or 0)
    )


def _team(ctx: Context, request, actor: Actor, counts: dict):
    asked = request.GET.get("team", "")
    pk = int(asked) if asked.isdigit() else actor.team_id
    if pk != actor.team_id and actor.kind not in WIDE:
        raise Unseen(asked)
    if actor.kind == "leadership" and not asked and counts:
        pk = max(counts, key=lambda team_id: counts[team_id][1])  # where most is left
    team = ctx.roster.team(pk)
    if team is None:
        raise Unseen(asked)
    return team


def _tallies(ctx: Context, due, given: dict, base: str) -> tuple[list[dict], list[dict]]:
    """All and left by rule, and by person: one query for both."""
    rules: dict[str, list[int]] = {}
    people: dict[int | None, list[int]] = {}
    rows = due.order_by().values_list("rule", "person").annotate(all=Count("id"), left=Count("id", filter=Q(open=True)))
    for rule, person, total, left in rows:
        for table, key in ((rules, rule), (people, person)):
            found = table.setdefault(key, [0, 0])
            found[0], found[1] = found[0] + total, found[1] + left
    link = base + ("" if base.endswith("?") else "&")
    by_rule = [
        _line(f"{RULE[key].label}{' ▲' * RULE[key].escalates}", f"{link}rule={key}", total, left, given["rule"] == key)
        | {"sheet": RULE[key].escalates * left}
        for key, (total, left) in rules.items()
    ]
    by_person = [
        _line(
            ctx.roster.name(key) or "未分配", f"{link}person={key or 0}", total, left, given["person"] == str(key or 0)
        )
        for key, (total, left) in people.items()
    ]
    return _fullest(by_rule), _fullest(by_person)


def _fullest(rows: list[dict]) -> list[dict]:
    return sorted(rows, key=lambda row: (-row["left"], row["name"]))


def _line(name: str, url: str, total: int, left: int, current: bool) -> dict:
    return {"name": name, "url": url, "total": total, "left": left, "done": total - left, "current": current}


def _groups(ctx: Context, due, given: dict, actor: Actor) -> list[dict]:
    """What is still open, by rule; each row says what it lacks."""
    items = due.filter(open=True)
    if given["rule"] in RULE:
        items = items.filter(rule=given["rule"])
    if given["person"].isdigit():
        items = items.filter(person=int(given["person"]) or None)
    found = list(items.select_related("case").order_by("due_at", "id")[:MOST])
    lacks = _lacks(found)
    groups: dict[str, list[dict]] = {}
    for item, row in zip(found, queue_rows.rows(ctx, found, actor), strict=True):
        name = ctx.roster.name(item.person_id)
        groups.setdefault(item.rule, []).append({**row, **lacks.get(item.pk, {}), "name": name})
    return [{"label": RULE[rule].label, "count": len(rows), "rows": rows} for rule, rows in groups.items()]


def _lacks(items: list[WorkItem]) -> dict[int, dict]:
    """Which parts of an item nobody has ticked: one query for all."""
    with_parts = [item for item in items if work.PARTS.get(item.rule)]
    ticked: dict[int, set[str]] = {}
    for item_id, rule in Tick.objects.filter(item__in=with_parts).values_list("item_id", "rule") if with_parts else ():
        ticked.setdefault(item_id, set()).add(rule)
    found = {}
    for item in with_parts:
        done = ticked.get(item.pk, set())
        lacks = [RULE[part].label for part in work.PARTS[item.rule] if part not in done]
        found[item.pk] = {"lacks": lacks, "untouched": not done}
    return found


def _teams(ctx: Context, counts: dict[int, tuple[int, int]], current: int) -> list[dict]:
    rows = [
        {
            **_line(ctx.roster.row(team).name, f"/today/?team={team}", total, left, team == current),
            "leader": ctx.roster.name(ctx.roster.leader(team)),
            "phone": ctx.roster.phone(ctx.roster.leader(team)),
        }
        for team, (total, left) in counts.items()
        if ctx.roster.team(team)
    ]
    return _fullest(rows)
