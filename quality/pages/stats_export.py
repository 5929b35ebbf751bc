"""Every table of `/stats/` as an Excel file: the same rows under the same filters."""

from collections.abc import Callable

from cases import context
from cases.pages.export_lists import Listing
from cases.refusals import Unseen
from quality import counting, figures
from quality.pages import stats_list, stats_page
from teams.actor import Actor

MOST = 5000
KINDS = {"案号": "number", "当事人": "wide", "指标": "wide", "公式": "wide", "事项": "wide", "参考来源": "wide"}


def listing(request, actor: Actor) -> Listing:
    """The table that the address names."""
    table, ctx = request.GET.get("table", ""), context.read()
    if table == "list":
        return _rows(request, actor)
    if table not in TABLES:
        raise Unseen(table)
    title, columns, cells = TABLES[table]
    page = stats_page.page_at_once(request)
    if table == "duties":
        page["months"] = stats_page.trend(ctx, stats_page.asked(request.GET, ctx), figures.DUTIES)
    found = [dict(zip(columns(page), each, strict=True)) for each in cells(page)]
    ask = stats_page.asked(request.GET, ctx)
    return Listing(
        "stats", title, f"/stats/?{ask.address()}", {**request.GET.dict()}, _words(page, ask), _columns(columns(page)),
        len(found), MOST, lambda: found,
    )  # fmt: skip


def _columns(headings) -> list[tuple[str, str]]:
    return [(heading, KINDS.get(heading, "text")) for heading in headings]


def _words(page: dict, ask: stats_page.Asked) -> str:
    team = f"；团队：{page['team_name']}" if page["team_name"] else ""
    return f"{ask.words}{team}；数据截至 {page['now']}"


def _rows(request, actor: Actor) -> Listing:
    ctx = context.read()
    ask = stats_page.asked(request.GET, ctx)
    cell, title = stats_list.chosen(request.GET, ask, min(ask.span.last, ctx.today))
    what = cell.term.row.rows
    return rows_listing(
        ctx, actor, counting.rows(ask.scope, cell, ask.span), what, f"质效清单 {title}", ask.words, request
    )


def rows_listing(ctx, actor: Actor, counted, what: str, title: str, words: str, request) -> Listing:
    """Rows behind a number as a list that leaves: those the officer may see."""
    seen = stats_list.visible(actor, counted, what).order_by("-pk")
    headings = stats_list.HEADINGS[what]

    def read() -> list[dict]:
        found = stats_list.rows(ctx, list(stats_list.related(seen, what)[:MOST]), what)
        return [dict(zip(headings, (row["number"], *row["cells"]), strict=True)) for row in found]

    given = {key: value for key, value in request.GET.items() if key != "purpose"}
    return Listing(
        "stats_rows",
        title[:31].replace("：", " "),
        request.path,
        given,
        words,
        _columns(headings),
        seen[: MOST + 1].count(),
        MOST,
        read,
    )


def _indicators(page: dict) -> list[tuple]:
    return [
        (row["label"], row["value"], row["before"], row["upper"], row["lower"], row["reference"], row["source"], row["formula"], f"第 {row['version']} 版")
        for row in page["indicators"] if row["applies"]
    ]  # fmt: skip


def _monthly(*parts: tuple[str, str]) -> Callable[[dict], list[tuple]]:
    def cells(page: dict) -> list[tuple]:
        return [
            (month["label"], *(str(month[key][part]) if key in month else "—" for key, part in parts))
            for month in page["months"]
        ]

    return cells


def _of(*headings: str) -> Callable[[dict], tuple[str, ...]]:
    return lambda page: headings


TABLES: dict[str, tuple[str, Callable, Callable]] = {
    "indicators": ("质效指标", _of("指标", "本期", "上期", "分子", "分母", "参考区间", "参考来源", "公式", "版本"), _indicators),
    "cases": (
        "收结案与结案方式", _of("月份", "新收", "结案", "执行完毕率", "实际执结率", "终本率"),
        _monthly(("closed_to_received", "lower"), ("closed_to_received", "upper"), ("full_enforcement_rate", "value"), ("real_closing_rate", "value"), ("terminal_rate", "value")),
    ),
    "first_day": (
        "立案到局与立案当日", _of("月份", "立案", "当日到局", "当日到局率", "平均间隔", "当日完成", "当日完成率"),
        _monthly(("arrival_same_day", "lower"), ("arrival_same_day", "upper"), ("arrival_same_day", "value"), ("arrival_gap", "value"), ("first_day_rate", "upper"), ("first_day_rate", "value")),
    ),
    "duties": (
        "事项与三日移交按期", _of("月份", "届满事项", "按期", "事项按期率", "届满三日移交", "三日移交按期率"),
        _monthly(("on_time_rate", "lower"), ("on_time_rate", "upper"), ("on_time_rate", "value"), ("three_days_rate", "lower"), ("three_days_rate", "value")),
    ),
    "teams": (
        "各团队", lambda page: ("团队", *page["team_columns"]),
        lambda page: [(row["name"], *(cell["value"] for cell in row["cells"])) for row in page["teams"]],
    ),
    "nodes": (
        "各节点超期", _of("事项", "届满", "超期", "超期占比"),
        lambda page: [(row["label"], str(row["due"]), str(row["late"]), row["rate"]) for row in page["nodes"]],
    ),
}  # fmt: skip
