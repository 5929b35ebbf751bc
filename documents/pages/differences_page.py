"""`/differences/` 「两系统不一致」: what the two systems say differently, whose case it is, how it stands."""

from decimal import Decimal

from django.db.models import QuerySet
from django.utils.http import urlencode

from cases import context, lists, numbers, rights
from cases.models import Job
from cases.pages.export_lists import Listing
from cases.pages.lights import stamp
from cases.pages.names import line, parties_of, short_number
from documents.models import Difference, NationalExport
from documents.national import differences, taking
from documents.national.forms import FilterForm
from documents.national.kinds import KIND, KIND_LABELS, NODE, PREFIX, field_choices, label_of
from teams.actor import Actor

State = Difference.State
TABS = {"open": "待处理", "theirs": "对方待更正", "explained": "已说明", "ended": "已消除"}
COLOUR = {State.OPEN: "am", State.THEIRS: "bl", State.EXPLAINED: "", State.ENDED: "gr"}
MOST = 5000
COLUMNS = [
    ("案号", "number"), ("当事人", "wide"), ("承办团队", "text"), ("项目", "text"), ("对象", "short"), ("本程序", "wide"), ("执行系统", "wide"),
    ("来自", "text"), ("导出时刻", "moment"), ("发现", "moment"), ("状态", "short"), ("原因", "wide"),
]  # fmt: skip


def given_of(request) -> dict[str, str]:
    """The filters that the address has and that can be read, the tab among them."""
    form = FilterForm(request.GET)
    form.is_valid()
    found = {key: str(value) for key, value in form.cleaned_data.items() if value}
    tab = request.GET.get("tab", "open")
    return {"tab": tab if tab in TABS else "open", **found}


def filtered(actor: Actor, given: dict[str, str]) -> QuerySet[Difference]:
    rows = differences.listed(actor).filter(state=given["tab"])
    if field := given.get("field"):
        rows = rows.filter(field__startswith=PREFIX) if field == "node" else rows.filter(field=field)
    if kind := given.get("kind"):
        rows = rows.filter(export__kind=kind)
    if team := given.get("team"):
        rows = rows.filter(case__team_id=int(team))
    if text := given.get("q"):
        number = numbers.parse(text, year=context.read().today.year)
        rows = (
            rows.filter(case__number=str(number))
            if number
            else rows.filter(case__number__contains=numbers.normalise(text))
        )
    return rows


def index(request, actor: Actor) -> dict:
    ctx, given = context.read(), given_of(request)
    rows = filtered(actor, given).select_related("case", "export")
    page = lists.keyset(rows, "pk", request.GET.get("after", ""), descending=True)
    parties = parties_of([row.case for row in page.rows])
    parameters = list(request.GET.items())
    kept = {key: value for key, value in given.items() if key != "tab"}
    open_ = lists.capped(differences.listed(actor).filter(state=State.OPEN), "-pk")
    return {
        "tabs": [
            {"label": label, "url": f"?{urlencode({'tab': key, **kept})}", "current": key == given["tab"], "count": open_ if key == "open" else ""}
            for key, label in TABS.items()
        ],
        "rows": [row_of(ctx, row, parties) for row in page.rows],
        "given": given,
        "filtered": bool(kept),
        "fields": field_choices(),
        "kinds": list(KIND_LABELS.items()),
        "teams": [(team.id, team.name) for team in ctx.roster.teams.values()] if actor.kind in differences.ALL else [],
        "query": urlencode(given),
        "may": {name: rights.may_office(actor, action) for name, action in MAY.items()},
        **_standing(),
        "next": lists.link(request.path, parameters, page.next),
        "previous": lists.link(request.path, parameters, page.previous),
    }  # fmt: skip


MAY = {"take": "national_import", "export": "export", "settle": "settle_difference"}


def _standing() -> dict:
    """When an export came last, whether one is being read, and the last that failed."""
    ctx, last = context.read(), NationalExport.objects.order_by("-pk").first()
    failed = None
    if last is not None and last.state == NationalExport.State.WAITING:
        failed = Job.objects.filter(kind=taking.JOB, key=str(last.pk), state=Job.State.FAILED).first()
    return {
        "last": f"{KIND[last.kind].label} {stamp(ctx, last.at)}" if last else "",
        "busy": last is not None and last.state == NationalExport.State.WAITING and failed is None,
        "failed": {"name": last.name, "id": last.pk} if last and failed else None,
    }


def row_of(ctx, row: Difference, parties) -> dict:
    team = ctx.roster.team(row.case.team_id) if row.case.team_id else None
    state = State(row.state)
    return {
        "id": row.pk,
        "number": short_number(row.case, ctx.today.year),
        "full": row.case.number,
        "url": f"/cases/{row.case_id}/",
        "parties": line(row.case, parties),
        "team": team.name if team else "",
        "field": label_of(row.field),
        "subject": subject(row),
        "ours": amount(row.field, row.ours),
        "theirs": amount(row.field, row.theirs),
        "export": KIND[row.export.kind].label,
        "file": row.export.name,
        "taken": stamp(ctx, row.export.taken_at),
        "found": stamp(ctx, row.found_at),
        "state": state.label,
        "colour": COLOUR[state],
        "reason": row.reason,
        "by": ctx.roster.name(row.by_id) if row.by_id else "",
        "at": stamp(ctx, row.at) if row.at else "",
        "open": state != State.ENDED,
    }


def subject(row: Difference) -> str:
    """Which payment; of a person the parties of the line say enough."""
    return "" if row.subject.startswith("party:") else row.subject


def amount(field: str, words: str) -> str:
    """Amounts with their thousands, all else as it is compared."""
    return f"{Decimal(words):,}" if words and field in ("amount", "recovered") else words


def listing(request, actor: Actor) -> Listing:
    """The list as a file, with the same filters."""
    ctx, given = context.read(), given_of(request)
    rows = filtered(actor, given).select_related("case", "export").order_by("-pk")
    labels = {"tab": TABS, "field": dict(field_choices()), "kind": KIND_LABELS}
    team = ctx.roster.team(int(given["team"])) if given.get("team") else None
    names = {"tab": "状态", "field": "项目", "kind": "来自", "q": "案号", "team": "团队"}
    said = {key: labels[key].get(value, value) if key in labels else value for key, value in given.items()}
    said |= {"team": team.name} if team else {}
    return Listing(
        "differences", "两系统不一致", "/differences/", given, "；".join(f"{names[key]}：{value}" for key, value in said.items()),
        COLUMNS, rows[: MOST + 1].count(), MOST, lambda: _lines(ctx, list(rows[:MOST])),
    )  # fmt: skip


def _lines(ctx, found: list[Difference]) -> list[dict]:
    parties = parties_of([row.case for row in found])
    lines = []
    for row in found:
        said = row_of(ctx, row, parties)
        lines.append({
            "案号": said["full"], "当事人": said["parties"], "承办团队": said["team"], "项目": said["field"], "对象": said["subject"],
            "本程序": said["ours"], "执行系统": said["theirs"], "来自": said["export"], "导出时刻": row.export.taken_at, "发现": row.found_at, "状态": said["state"],
            "原因": said["reason"],
        })  # fmt: skip
    return lines


def one(row: Difference, actor: Actor) -> dict:
    ctx = context.read()
    hint = NODE[row.field.removeprefix(PREFIX)].why if row.field.startswith(PREFIX) else ""
    return {
        "difference": row_of(ctx, row, parties_of([row.case])),
        "hint": hint,
        "may": rights.may_office(actor, "settle_difference"),
    }
