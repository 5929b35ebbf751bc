"""The stepper: the way this kind of case goes, where it is, and beside it the turns it took."""

from datetime import date, datetime

from cases.context import Context
from cases.models import Case
from cases.pages.lights import short
from cases.workflow import Kind, Stage

ROUTES = {
    Kind.FIRST: ("reception", "preparation", "fast", "regular", "closing", "closed", "archived"),
    Kind.RESUMED: ("resumed", "regular", "closing", "closed", "archived"),
    Kind.LEGACY: ("terminal", "regular", "closing", "closed", "archived"),
    Kind.PRESERVATION: ("preserving", "closing", "closed", "archived"),
    Kind.REVIEW: ("reviewing", "closed", "archived"),
    Kind.ASSISTANCE: ("assisting", "closed", "archived"),
    Kind.PETITION: ("answering", "closed", "archived"),
}
LABELS = {**dict(Stage.choices), "closed": "结案", "archived": "归档", "suspended": "中止"}
CHOICE = {Kind.FIRST: ("fast", "regular"), Kind.RESUMED: ("resumed", "regular"), Kind.LEGACY: ("terminal", "regular")}
TURNS = {  # steps that leave the straight way: told in a row of their own
    "return_to_reception": "退回初次接待", "retriage": "变更分流", "reassign": "改派", "suspend": "中止", "resume": "恢复",
    "return_closing": "退回补正", "annul_closing": "撤销结案",
}  # fmt: skip
LATE = (Stage.CLOSING, Stage.CLOSED, Stage.ARCHIVED, Stage.VOID)
MOST = 9


def stepper(ctx: Context, case: Case, due: dict | None) -> dict:
    """{steps, turns}: at most nine steps, each with its date; the current one with its nearest deadline (`due`)."""
    moves = list(case.journal.filter(what="step").order_by("id").values_list("key", "facts", "happened_at"))
    came, left = _times(case, moves)
    way = _way(case, came)
    now = way.index(case.stage)
    steps: list[dict] = [{"label": "立案", "state": "ok", "caption": short(case.filed_on, ctx.today)}]
    for n, stage in enumerate(way):
        state = "now" if n == now else "ok" if stage in came and n < now else "todo-s"
        if now == len(way) - 1 and n == now and case.stage in (Stage.ARCHIVED, Stage.VOID):
            state = "ok"
        caption = _caption(ctx, came.get(stage), left.get(stage)) if state == "ok" else "—"
        if state == "now":
            caption = due["text"] if due else short(_day(ctx, case.arrived_at), ctx.today)
        steps.append({"label": _label(case, stage, came), "state": state, "caption": caption})
    for number, step in enumerate(steps[:MOST], 1):
        step["number"] = number
    return {"steps": steps[:MOST], "turns": _turns(ctx, moves)}


def _times(case: Case, moves) -> tuple[dict[str, datetime], dict[str, datetime]]:
    """When each stage was reached first, and left last."""
    came: dict[str, datetime] = {}
    left: dict[str, datetime] = {}
    for _, facts, at in moves:
        if facts.get("to"):
            came.setdefault(facts["to"], at)
        if facts.get("from") and facts["from"] != facts.get("to"):
            left[facts["from"]] = at
    came.setdefault(case.stage, case.arrived_at)
    return came, left


def _way(case: Case, came: dict[str, datetime]) -> list[str]:
    """What was passed, and what is still to come on the straight way."""
    kind = Kind(case.kind)
    choice = CHOICE.get(kind, ())
    taken = [stage for stage in choice if stage in came] or list(choice[:1] if case.stage not in LATE else ())
    way = [stage for stage in ROUTES[kind] if stage not in choice or stage in taken]
    if kind != Kind.LEGACY and (Stage.TERMINAL in came or case.closing_mode == "terminal_closure"):
        way[way.index("closed")] = Stage.TERMINAL
    if case.stage not in way:
        before = case.suspended_from if case.stage == Stage.SUSPENDED else ""
        way.insert(way.index(before) + 1 if before in way else len(way), case.stage)
    if case.stage == Stage.VOID:
        return [stage for stage in way if stage in came]  # nothing is to come
    return way


def _label(case: Case, stage: str, came: dict[str, datetime]) -> str:
    if stage == "fast" and case.kind == Kind.FIRST and not {"fast", "regular"} & set(came):
        return "快执或普执"
    return LABELS[stage]


def _caption(ctx: Context, came: datetime | None, left: datetime | None) -> str:
    """The day a stage was left; 「当日」 when it was left on the day it was reached."""
    if came is None:
        return "—"
    first, last = _day(ctx, came), _day(ctx, left or came)
    return short(last, ctx.today) + (" 当日" if left and first == last else "")


def _turns(ctx: Context, moves) -> list[str]:
    return [f"{TURNS[key]} {short(_day(ctx, at), ctx.today)}" for key, _, at in moves if key in TURNS][-6:]


def _day(ctx: Context, at: datetime) -> date:
    return at.astimezone(ctx.now.tzinfo).date()
