"""The head of the case page: number, marks, the worst light, who against whom, who has it now; and six facts."""

from cases import hooks
from cases.context import Context
from cases.models import Case, WorkItem
from cases.pages.lights import light, short
from cases.pages.names import short_number, sides
from cases.workflow import Kind, Stage

ASKS = {  # how the first party stands to the second, in the sentence under the number
    Kind.PRESERVATION: "申请保全",
    Kind.REVIEW: "申请保全",
    Kind.ASSISTANCE: "委托办理",
    Kind.PETITION: "反映",
}
FLAGS = (
    ("livelihood", "涉民生", "am"),
    ("enterprise", "涉企", "pu"),
    ("confidential", "不公开", "re"),
    ("state_secret", "国家秘密", "re"),
)
URGENCY = ("red", "amber", "green", "grey", "done")
FACTS = 6


def header(ctx: Context, case: Case, items: list[WorkItem]) -> dict:
    team = ctx.roster.team(case.team_id)
    holder = [team.name, ctx.roster.name(case.handler_id), telephone(ctx, case)] if team else []
    return {
        "id": case.pk,
        "number": case.number,
        "short": short_number(case, ctx.today.year),
        "stage": case.get_stage_display(),
        "kind": case.get_kind_display(),
        "flags": flags(case),
        "light": worst(ctx, case, items),
        "parties": sentence(case),
        "cause": case.cause,
        "holder": " ".join(filter(None, holder)),
        "clerk": ctx.roster.name(case.clerk_id),
        "mode": case.get_closing_mode_display() if case.closing_mode else "",
        "gap": gap(ctx, case),
        "entries": case.entries,
        "over": case.stage in (Stage.ARCHIVED, Stage.VOID),
    }


def gap(ctx: Context, case: Case) -> str:
    """「立案 11-20，到局 11-23」: the days between are the filing office's."""
    reached = case.reached_at.astimezone(ctx.now.tzinfo).date()
    return (
        "" if reached == case.filed_on else f"立案 {short(case.filed_on, ctx.today)}，到局 {short(reached, ctx.today)}"
    )


def flags(case: Case) -> list[dict]:
    return [{"label": label, "colour": colour} for name, label, colour in FLAGS if getattr(case, name)]


def telephone(ctx: Context, case: Case) -> str:
    """The handler's, or his team's."""
    team = ctx.roster.team(case.team_id)
    return ctx.roster.phone(case.handler_id) or (team.phone if team else "")


def worst(ctx: Context, case: Case, items: list[WorkItem]) -> dict | None:
    """The light that matters most, with the duty it stands for."""
    running = [item for item in items if item.wait_until is None]
    if not running:
        return None
    item = min(running, key=lambda each: urgency(ctx, each))
    lamp = light(ctx, item)
    return {**lamp, "text": f"{own_title(item, case)} {lamp['text']}"}


def own_title(item: WorkItem, case: Case | None) -> str:
    """The item's title on its own case's page: the number stands above already."""
    return item.title.replace(case.number, "").strip(" 　") if case else item.title


def own_subject(item: WorkItem) -> str:
    """What it is about, where an officer wrote it; 「party:3」 is the program's own."""
    return "" if ":" in item.subject else item.subject


def urgency(ctx: Context, item: WorkItem) -> tuple:
    """Red before amber before green; within a colour what falls due first."""
    return URGENCY.index(light(ctx, item)["state"]), item.due_at, item.pk


def sentence(case: Case) -> str:
    """甲 申请执行 乙、丙."""
    creditor, debtor = sides(case.parties.all())
    if not debtor:
        return creditor
    if not creditor:
        return f"{case.sent_by or '审判部门'} 移送执行 {debtor}"
    return f"{creditor} {ASKS.get(Kind(case.kind), '申请执行')} {debtor}"


def facts(case: Case, chosen: list[hooks.Fact] | None = None) -> list[dict]:
    """The six facts under the number; what rooms add comes in their order. 「正文　附注」: the second part is small."""
    found = []
    for fact in chosen or hooks.facts[:FACTS]:
        text, _, more = fact.function([case]).get(case.pk, "—").partition("　")
        found.append({"label": fact.label, "text": text or "—", "more": more})
    return found
