"""操作审计: the journal as the audit administrator reads it: by person, case, action, address and time; never contents."""

from datetime import datetime, timedelta

from cases import audit, context, dates, jobs, lists
from cases.context import Context
from cases.models import Job, JournalEntry
from cases.pages.lights import stamp

FILTERS = ("who", "number", "scope", "what", "key", "ip", "since", "until")
SCOPES = (("case", "案件"), ("office", "不涉案件"))
MOST = 5000  # rows of one Excel file
COLUMNS = [
    ("录入时间", "moment"), ("发生时间", "moment"), ("工号", "short"), ("人员", "short"), ("岗位", "wide"), ("类别", "short"),
    ("动作", "text"), ("对象", "number"), ("内容", "wide"), ("IP 地址", "text"), ("编号", "short"), ("校验值", "wide"),
]  # fmt: skip


def given_of(request) -> tuple[dict[str, str], list[str]]:
    """The filters of the address, and what of them was not understood (it filters nothing then)."""
    given = {key: request.GET.get(key, "").strip()[:100] for key in FILTERS}
    wrong = [given[key] for key in ("since", "until") if given[key] and _day(given[key]) is None]
    return given, wrong


def _day(text: str):
    try:
        return dates.read_date(text) if text else None
    except ValueError:
        return None


def chosen(given: dict[str, str]):
    """The entries of the filters; days are whole days."""
    zone = context.read().now.tzinfo
    since, until = _day(given["since"]), _day(given["until"])
    first = datetime(since.year, since.month, since.day, tzinfo=zone) if since else None
    last = until + timedelta(days=1) if until else None
    return audit.found(given, first, datetime(last.year, last.month, last.day, tzinfo=zone) if last else None)


def walked(given: dict[str, str]) -> str:
    """The column whose index the list walks: person, case and address have their own, each by key; time alone is
    walked by the moment of entry, else a day of last year would be looked for through all that came after it."""
    narrowed = any(given[key] for key in ("who", "number", "ip"))
    return "entered_at" if (given["since"] or given["until"]) and not narrowed else "pk"


def page(request) -> dict:
    ctx = context.read()
    given, wrong = given_of(request)
    rows = chosen(given).select_related("case", "by")
    found = lists.keyset(rows, walked(given), request.GET.get("after", ""), descending=True)
    parameters = [(key, value) for key, value in given.items() if value]
    return {
        "rows": [_row(ctx, entry) for entry in found.rows],
        "given": given,
        "wrong": wrong,
        "filtered": bool(parameters),
        "kinds": list(audit.kinds().items()),
        "scopes": SCOPES,
        "actions": [(key, audit.ACTIONS[key]) for key in audit.OFFERED],
        "query": request.GET.urlencode(),
        "next": lists.link(request.path, parameters, found.next),
        "previous": lists.link(request.path, parameters, found.previous),
        "check": last_check(ctx),
    }


def _row(ctx: Context, entry: JournalEntry) -> dict:
    return {
        "id": entry.pk,
        "at": stamp(ctx, entry.entered_at),
        "happened": stamp(ctx, entry.happened_at) if entry.backdated else "",
        "who": entry.by.name if entry.by else "系统",
        "number": entry.by.staff_number if entry.by else "",
        "post": entry.by_label if entry.by else "",
        "kind": audit.kinds().get(entry.what, entry.what),
        "sharp": entry.what in ("right", "read", "note"),
        "what": audit.action(entry),
        "object": object_of(entry),
        "ip": entry.ip,
        "url": f"/audit/{entry.pk}/",
    }


def object_of(entry: JournalEntry) -> str:
    """A case by its number; one that is not public by its key; what belongs to no case by its officer's own chain."""
    if entry.case is None:
        return "本人操作" if entry.by_id else "系统"
    hidden = entry.case.confidential or entry.case.state_secret
    return f"*案件（编号 {entry.case_id}）" if hidden else entry.case.number


def detail(entry: JournalEntry) -> dict:
    """One entry: who, when, from where, its facts in words, and whether it still is what was written."""
    ctx, told, seal = context.read(), audit.told(entry), audit.seal_of(entry)
    lines = [
        ("录入", f"{entry.entered_at.astimezone(ctx.now.tzinfo):%Y-%m-%d %H:%M:%S}"),
        (
            "发生",
            f"{entry.happened_at.astimezone(ctx.now.tzinfo):%Y-%m-%d %H:%M:%S}"
            + ("（补录）" if entry.backdated else ""),
        ),
        ("人员", f"{entry.by.name}（{entry.by.staff_number}）" if entry.by else "系统"),
        ("岗位", entry.by_label),
        ("IP 地址", entry.ip or "未记录（后台任务或命令）"),
        ("对象", object_of(entry)),
    ]
    chain = [
        ("所在链", f"{_chain(entry.stream)}第 {entry.no} 条"),
        ("前一条", entry.prev[:16] or "（首条）"),
        ("校验值", entry.hash[:16]),
        ("封印", f"第 {seal.pk} 号，{stamp(ctx, seal.at)}" if seal else "尚未封印（每十分钟一次）"),
    ]
    return {
        "entry": entry,
        "kind": audit.kinds().get(entry.what, entry.what),
        "action": audit.action(entry),
        "lines": [line for line in lines if line[1]],
        "facts": told.shown,
        "kept": told.kept,
        "chain": chain,
        "sound": audit.sound(entry),
        "same_person": entry.by.staff_number if entry.by else "",
        "same_case": entry.case.number if entry.case and not entry.case.confidential else "",
    }


def _chain(stream: str) -> str:
    """The chain in words: a case's, an officer's or the program's own."""
    kind, _, pk = stream.partition(":")
    if kind == "case":
        return f"案件链（编号 {pk}）"
    return f"人员链（编号 {pk}）" if pk != "0" else "系统链"


def last_check(ctx: Context) -> dict | None:
    """The newest check of the journal: running, failed, or with its result."""
    job = Job.objects.filter(kind="verify_journal").order_by("-pk").select_related("by").first()
    if job is None:
        return None
    return {
        "running": job.state in jobs.UNDER_WAY,
        "failed": job.state == Job.State.FAILED,
        "at": stamp(ctx, job.finished_at or job.created_at),
        "by": job.by.name if job.by else "系统",
        **job.result,
    }


def export_rows(rows) -> list[dict]:
    out = []
    for entry in rows:
        told = audit.told(entry)
        content = "；".join(f"{label} {words}" for label, words in told.shown)
        out.append(
            {
                "录入时间": entry.entered_at,
                "发生时间": entry.happened_at,
                "工号": entry.by.staff_number if entry.by else "",
                "人员": entry.by.name if entry.by else "系统",
                "岗位": entry.by_label,
                "类别": audit.kinds().get(entry.what, entry.what),
                "动作": audit.action(entry),
                "对象": object_of(entry),
                "内容": content + (f"；另有 {told.kept} 项案件内容" if told.kept else ""),
                "IP 地址": entry.ip,
                "编号": entry.pk,
                "校验值": entry.hash,
            }
        )
    return out


def words(given: dict[str, str]) -> str:
    """The filters as an officer says them, for the workbook."""
    labels = {
        "who": "人员",
        "number": "案号",
        "scope": "对象",
        "what": "类别",
        "key": "动作",
        "ip": "IP",
        "since": "自",
        "until": "至",
    }
    said = {**given, "what": audit.kinds().get(given["what"], ""), "key": audit.ACTIONS.get(given["key"], given["key"])}
    said["scope"] = dict(SCOPES).get(given["scope"], "")
    return "；".join(f"{labels[key]} {value}" for key, value in said.items() if value)
