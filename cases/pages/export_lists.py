"""The lists that leave as a file: what the officer has on the screen, with its filters in words."""

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import QuerySet

from cases import context, journal_words, rights
from cases.context import Context
from cases.deadlines import RULE
from cases.models import Case, WorkItem
from cases.models.work_item import NEVER
from cases.pages import case_filters, case_list, case_rows, queue_page, queue_rows, work_lists, workbench_page
from cases.refusals import Unseen
from teams.actor import Actor

MOST_CASES, MOST_ITEMS, MOST_ENTRIES = 5000, 2000, 5000
CASE_COLUMNS = [
    ("期限", "short"), ("案号", "number"), ("案由", "text"), ("当事人", "wide"), ("标的", "amount"), ("到位率", "short"),
    ("环节", "short"), ("承办", "wide"), ("立案", "short"), ("更新", "text"), ("立案日期", "date"), ("事项", "wide"),
]  # fmt: skip
ITEM_COLUMNS = [
    ("期限", "short"), ("届满", "date"), ("事项", "wide"), ("标签", "text"), ("案号", "number"),
    ("案情", "wide"), ("来源", "text"), ("到达", "text"), ("承办人", "short"),
]  # fmt: skip
JOURNAL_COLUMNS = [
    ("发生", "moment"), ("录入", "moment"), ("种类", "short"), ("记录", "wide"), ("说明", "wide"), ("办理", "wide"),
]  # fmt: skip
RETURNED_COLUMNS = [("状态", "short"), ("事项", "wide"), ("原因", "wide"), ("案号", "number")]
DUE = {key: label for key, label, *_ in (*workbench_page.TILES, *queue_page.TILES) if key} | {"reminded": "催办未回应"}


class Listing(NamedTuple):
    """One list before it is read: `given` are its filters as the address has them, `words` as an officer says them."""

    key: str
    title: str
    page: str
    given: dict[str, str]
    words: str
    columns: list[tuple[str, str]]
    size: int  # rows found, at most `most` + 1
    most: int
    rows: Callable[[], list[dict]]


def cases(request, actor: Actor) -> Listing:
    """The case list: same filters, same rows, newest first."""
    given, _ = case_filters.checked({key: request.GET.get(key, "").strip() for key in case_filters.KEYS})
    sort = request.GET.get("sort", "")
    column, descending = case_list.SORTS.get(sort, case_list.SORTS[""])
    order = ["-" + name if descending else name for name in dict.fromkeys((column, "pk"))]
    found = case_filters.filtered(rights.visible(actor), given, actor).order_by(*order)
    ctx = context.read()
    return Listing(
        "cases", "案件查询", "/cases/", {**given, "sort": sort}, case_filters.words(ctx, given), CASE_COLUMNS, _count(found, MOST_CASES), MOST_CASES,
        lambda: _case_rows(ctx, list(found[:MOST_CASES])),
    )  # fmt: skip


def journal(request, case: Case, actor: Actor) -> Listing:
    """The story of one case, of one kind of entry or of all, the newest first."""
    what = request.GET.get("what", "")
    given = {"what": what if what in journal_words.FILTERS else ""}
    found = case.journal.order_by("-id")
    if given["what"]:
        found = found.filter(what=given["what"])
    words = _words(("案号", case.number), ("种类", journal_words.WHAT.get(given["what"], "")))
    ctx = context.read()
    return Listing(
        "journal", "流转记录", f"/cases/{case.pk}/?tab=journal", given, words, JOURNAL_COLUMNS,
        _count(found, MOST_ENTRIES), MOST_ENTRIES,
        lambda: [_entry(journal_words.entry(ctx, row)) for row in found[:MOST_ENTRIES]],
    )  # fmt: skip


def _entry(row: dict) -> dict:
    return {
        "发生": row["happened_at"],
        "录入": row["entered_at"],
        "种类": row["what"],
        "记录": row["text"],
        "说明": row["detail"] + ("（补录）" if row["backdated"] else ""),
        "办理": row["who"],
    }


def workbench(request, actor: Actor) -> Listing:
    """The open tab of the workbench with its tile and filters."""
    ctx = context.read()
    given = {key: request.GET.get(key, "").strip() for key in workbench_page.FILTERS}
    tab = given["tab"] = given["tab"] if given["tab"] in dict(workbench_page.TABS) else "mine"
    words = _workbench_words(ctx, given)
    if tab == "returned":
        back = workbench_page.returned(ctx, actor)
        rows = [dict(zip(("状态", "事项", "原因", "案号"), _returned(row), strict=True)) for row in back]
        return Listing(
            "workbench", "工作台", "/workbench/", given, words, RETURNED_COLUMNS, len(rows), MOST_ITEMS, lambda: rows
        )
    items = work_lists.filtered(ctx, actor, work_lists.tab_items(ctx, actor, tab), given)
    found = items.order_by(*(("-entered_at", "-pk") if tab == "done" else ("due_at", "pk")))
    return Listing(
        "workbench", "工作台", "/workbench/", given, words, ITEM_COLUMNS, _count(found, MOST_ITEMS), MOST_ITEMS,
        lambda: _item_rows(ctx, found, actor),
    )  # fmt: skip


def queue(request, actor: Actor) -> Listing:
    """A team's queue, with the tile and the person chosen; another team's for those who may open it."""
    given = {key: request.GET.get(key, "").strip() for key in ("team", *queue_page.FILTERS)}
    ctx = context.read()
    team = ctx.roster.team(int(given["team"]) if given["team"].isdigit() else actor.team_id)
    if team is None or (team.id != actor.team_id and actor.kind not in ("leadership", "quality")):
        raise Unseen(given["team"])
    found = queue_page.listed(ctx, actor, team.id, given).order_by("due_at", "pk")
    words = _words(("团队", team.name), *_item_words(ctx, given))
    return Listing(
        "queue", "团队事项", f"/queue/{team.id}/", given, words, ITEM_COLUMNS,
        _count(found, MOST_ITEMS), MOST_ITEMS, lambda: _item_rows(ctx, found, actor),
    )  # fmt: skip


def _count(found: QuerySet, most: int) -> int:
    return found[: most + 1].count()


def _workbench_words(ctx: Context, given: dict[str, str]) -> str:
    return _words(("范围", dict(workbench_page.TABS)[given["tab"]]), *_item_words(ctx, given))


def _item_words(ctx: Context, given: dict[str, str]) -> list[tuple[str, str]]:
    source = ctx.roster.team(int(given["source"])) if given["source"].isdigit() else None
    return [
        ("期限", DUE.get(given["due"], "")),
        ("届满", given["day"] if work_lists.parse(given["day"]) else ""),
        ("查找", case_filters.masked(given["q"])),
        ("事项", RULE[given["rule"]].label if given["rule"] in RULE else ""),
        ("来源", source.name if source else ""),
        ("人员", ctx.roster.name(int(given["person"])) if given["person"].isdigit() else ""),
        ("标识", "涉民生" if given["livelihood"] else ""),
        ("选取", "批量未办的事项" if given["only"] else ""),
    ]


def _words(*pairs: tuple[str, str]) -> str:
    return "；".join(f"{name}：{text}" for name, text in pairs if text)


def _case_rows(ctx: Context, found: list[Case]) -> list[dict]:
    return [_case_row(case, row) for case, row in zip(found, case_rows.rows(ctx, found), strict=True)]


def _case_row(case: Case, row: dict) -> dict:
    flags = f"（{'、'.join(flag['label'] for flag in row['flags'])}）" if row["flags"] else ""
    return {
        "期限": row["light"]["text"] if row["light"] else "",
        "案号": row["full_number"],
        "当事人": row["parties"] + flags,
        "案由": row["cause"],
        "标的": case.amount or None,
        "到位率": row["rate"],
        "环节": f"{row['stage']} {row['days']} 天",
        "承办": " ".join(filter(None, (row["team"], row["handler"], row["phone"]))),
        "立案": row["filed"],
        "更新": row["updated"],
        "立案日期": case.filed_on,
        "事项": row["due"],
    }


def _item_rows(ctx: Context, found: QuerySet[WorkItem], actor: Actor) -> list[dict]:
    items = list(found.select_related("case")[:MOST_ITEMS])
    return [_item_row(item, row) for item, row in zip(items, queue_rows.rows(ctx, items, actor), strict=True)]


def _item_row(item: WorkItem, row: dict) -> dict:
    running = item.open and not item.paused and item.due_at < NEVER
    return {
        "期限": row["light"]["text"],
        "届满": item.due_on if running else None,
        "事项": row["title"],
        "标签": "、".join([*(tag["text"] for tag in row["tags"]), *(["涉民生"] if row["livelihood"] else [])]),
        "案号": row["full_number"] or row["number"],
        "案情": row["subtitle"],
        "来源": row["from"],
        "到达": row["arrived"],
        "承办人": row.get("holder", row["person"]),
    }


def _returned(row: dict) -> tuple[str, str, str, str]:
    return row["state"], row["title"], row["reason"], row["number"]
