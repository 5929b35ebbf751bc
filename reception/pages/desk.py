"""The queue of `/reception/`: who waits at the counter first, then who has not come, by what is due first."""

import hashlib
from datetime import datetime, time

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.urls import reverse

from cases import context, lists, rights
from cases.calendar import WEEKDAYS
from cases.context import Context
from cases.models import Case, Tick, WorkItem
from cases.pages.lights import light, short, stamp
from cases.pages.names import line, parties_of, short_number
from cases.pages.queue_rows import unseen_of
from cases.periods import local
from cases.present import present
from reception import day, noting
from reception.forms import NoteForm
from reception.models import Arrival, Contact, ReceptionRecord
from reception.pages import queue_rows
from teams.actor import Actor

Kind, Signing = ReceptionRecord.Kind, ReceptionRecord.Signing
TABS = (("waiting", "待接待"), ("done", "已接待"), ("noted", "未接待"))
MASKED = {"case": 0, "url": "", "number": rights.MASKED, "full": rights.MASKED, "parties": "不公开案件，由指定人员接待"}
EMPTY = {"waiting": "今日暂无待接待案件。", "done": "今天还没有接待登记。", "noted": "今天还没有未接待说明。"}


def page(request, actor: Actor, *, current: int = 0) -> dict:
    """One tab of the queue, fifty a page, and the numbers of the day; a constant number of queries."""
    ctx, tab = context.read(), request.GET.get("tab", "waiting")
    tab = tab if tab in dict(TABS) else "waiting"
    queue = waiting(actor)
    rows, after = READ[tab](ctx, actor, request.GET.get("after", ""), queue)
    numbers = counts(ctx, actor, queue)
    places = [row for row in rows if row["url"] and not row.get("making")]
    here = next((n for n, row in enumerate(places) if row["case"] == current), -1)
    first = places[0]["case"] if places else 0
    shown = current or (first if tab == "waiting" else 0)
    coming = places[here + 1 : here + 2] if current else places[1:2]
    return {
        "tab": tab,
        "tabs": [
            {"key": key, "label": label, "url": f"{reverse('reception:reception_desk')}?tab={key}", "current": key == tab, "count": numbers[key]}
            for key, label in TABS
        ],
        "rows": rows,
        "body": queue_rows.body(rows, shown),
        "current": shown,
        "first": first,
        "next": coming[0]["url"] if coming else "",
        "more": f"{reverse('reception:reception_desk')}?tab={tab}&after={after}" if after else "",
        "empty": EMPTY[tab],
        "numbers": numbers,
        "date": f"{ctx.today:%-m 月 %-d 日} 星期{WEEKDAYS[ctx.today.weekday()]}",
        "notes": NoteForm(auto_id="many_%s"),
        "mark": hashlib.sha256(repr([rows, numbers]).encode()).hexdigest()[:16],
    }  # fmt: skip


def midnight(ctx: Context) -> datetime:
    return datetime.combine(ctx.today, time(0), ctx.now.tzinfo)


def waiting(actor: Actor) -> QuerySet[WorkItem]:
    """First-day duties of the team without a record: nobody has received or explained yet."""
    held = ReceptionRecord.objects.filter(item=OuterRef("pk"))
    items = WorkItem.objects.filter(team_id=actor.team_id, rule=day.RULE, open=True)
    return rights.listed(actor, items).exclude(Exists(held))


def counts(ctx: Context, actor: Actor, queue: QuerySet[WorkItem]) -> dict:
    """今日立案 18，已接待 14，已说明 2，未处理 2; who waits at the counter."""
    made = ReceptionRecord.objects.filter(at__gte=midnight(ctx)).order_by().values_list("kind").annotate(n=Count("id"))
    kinds = dict(made)
    of_today = WorkItem.objects.filter(team_id=actor.team_id, rule=day.RULE, due_on=ctx.today).count()
    here = Arrival.objects.filter(day=ctx.today, served_at=None).count()
    left = lists.capped(queue, "due_at", "id")
    done = sum(kinds.get(kind, 0) for kind in (Kind.RECEPTION, Kind.CHECK, Kind.LATER))
    return {"waiting": left, "done": done, "noted": kinds.get(Kind.NOTE, 0), "filed": of_today, "here": here}


def _waiting(ctx: Context, actor: Actor, after: str, queue: QuerySet[WorkItem]) -> tuple[list[dict], str]:
    come = Arrival.objects.filter(day=ctx.today, served_at=None).select_related("case").order_by("number")
    arrived = {row.case_id: row for row in come}
    items = queue.select_related("case")
    first = [] if after else list(items.filter(case__in=arrived))
    found = lists.keyset(items.exclude(case__in=arrived), "due_at", after)
    later = [] if after else _come_again(actor, arrived, {item.case_id for item in first})
    both = [*first, *found.rows]
    cases = [*(item.case for item in both), *(row.case for row in later)]
    unseen, parties, tried = unseen_of(actor, cases), parties_of(cases), _tried(cases)
    making = noting.under_way()
    again = [_again(ctx, row, parties, row.case_id in unseen) for row in later]
    rows = [
        _masked(ctx, item)
        if item.case_id in unseen
        else {
            **_named(ctx, item.case, parties),
            "light": light(ctx, item),
            **_came(ctx, item, arrived, tried),
            **_making(item, making),
        }
        for item in both
    ]
    here = sorted([*rows[: len(first)], *again], key=lambda row: row["ticket"])
    return [*here, *rows[len(first) :]], found.next


def _come_again(actor: Actor, arrived: dict, listed: set[int | None]) -> list[Arrival]:
    """Who took a number for a later visit: his case has no duty of the day left, and he is called all the same."""
    hidden = {*listed, *rights.recused_from(actor)}
    return [row for pk, row in arrived.items() if pk not in hidden]


def _again(ctx: Context, row: Arrival, parties, masked: bool) -> dict:
    came = {"light": None, "ticket": row.label, "said": f"{local(row.at):%H:%M} 取号", "pick": False, "tag": "补接待"}
    return came | (MASKED | {"tag": ""} if masked else {**_named(ctx, row.case, parties), "tag": "补接待"})


def _making(item: WorkItem, making: dict) -> dict:
    """Its note is with the worker: it is not chosen once more."""
    return {"pick": False, "making": True, "said": "正在制作未接待说明"} if item.case_id in making else {"pick": True}


def _tried(cases: list[Case]) -> dict[int, int]:
    rows = Contact.objects.filter(case__in=cases).order_by().values_list("case").annotate(n=Count("id"))
    return dict(rows)


def _came(ctx: Context, item: WorkItem, arrived: dict, tried: dict) -> dict:
    row = arrived.get(item.case_id)
    if row:
        return {"ticket": row.label, "said": f"{local(row.at):%H:%M} 取号"}
    times = tried.get(item.case_id, 0)
    gap = filed_and_reached(ctx, present(item.case))
    said = f"未到场，已联系 {times} 次" if times else "未到场，未联系"
    return {"ticket": "", "said": f"{said}　{gap}" if gap else said}


def filed_and_reached(ctx: Context, case: Case) -> str:
    """立案 11-21，到局 11-23: where the two days differ, the gap is the filing office's (flow §5)."""
    reached = local(case.reached_at).date()
    if reached == case.filed_on:
        return ""
    return f"立案 {short(case.filed_on, ctx.today)}，到局 {short(reached, ctx.today)}"


def _named(ctx: Context, case: Case, parties) -> dict:
    return {
        "case": case.pk,
        "url": reverse("reception:receive", args=[case.pk]),
        "number": short_number(case, ctx.today.year),
        "full": case.number,
        "parties": line(case, parties),
        "tag": "",
    }


def _masked(ctx: Context, item: WorkItem) -> dict:
    """A confidential case of somebody else: its light, and nothing of it."""
    return {**MASKED, "light": light(ctx, item), "ticket": "", "said": "", "pick": False, "tag": ""}


def _done(ctx: Context, actor: Actor, after: str, queue: QuerySet[WorkItem]) -> tuple[list[dict], str]:
    """Today's receptions, and older ones that still lack something."""
    made = ReceptionRecord.objects.exclude(kind=Kind.NOTE)
    open_items = WorkItem.objects.filter(team_id=actor.team_id, rule=day.RULE, open=True)
    unsigned = made.filter(signed_at=None, signing__in=(Signing.SCREEN, Signing.PAPER))
    return _records(ctx, actor, after, made.filter(at__gte=midnight(ctx)), made.filter(item__in=open_items), unsigned)


def _noted(ctx: Context, actor: Actor, after: str, queue: QuerySet[WorkItem]) -> tuple[list[dict], str]:
    """Today's notes, and those that are still to be uploaded."""
    made = ReceptionRecord.objects.filter(kind=Kind.NOTE)
    to_send = WorkItem.objects.filter(team_id=actor.team_id, rule=day.UPLOAD, open=True).values("case")
    return _records(ctx, actor, after, made.filter(at__gte=midnight(ctx)), made.filter(case__in=to_send))


def _records(ctx: Context, actor: Actor, after: str, *groups) -> tuple[list[dict], str]:
    """The union of the groups, each by its own index, the newest first."""
    ids: set[int] = set()
    for group in groups:
        ids |= set(group.order_by("-pk").values_list("pk", flat=True)[: lists.CAP])
    seen = ReceptionRecord.objects.filter(pk__in=ids).select_related("case", "document", "item", "bundle")
    found = lists.keyset(seen, "pk", after, descending=True)
    cases = [row.case for row in found.rows]
    unseen, parties = unseen_of(actor, cases), parties_of(cases)
    lacks, uploads = _lacks(found.rows), _uploads(cases)
    rows = [
        {
            **_named(ctx, row.case, parties),
            **_state(ctx, row, lacks, uploads),
            "ticket": "",
            "pick": False,
            "light": None,
        }
        for row in found.rows
        if row.case_id not in unseen
    ]
    return rows, found.next


def _lacks(records: list[ReceptionRecord]) -> dict[int, list[str]]:
    """What of its six parts a reception still lacks: one query for all."""
    from cases.deadlines import RULE
    from cases.work import PARTS

    running = [row.item_id for row in records if row.item and row.item.open]
    ticked: dict[int, set[str]] = {pk: set() for pk in running}
    for pk, rule in Tick.objects.filter(item__in=running).values_list("item_id", "rule"):
        ticked[pk].add(rule)
    return {pk: [RULE[part].label for part in PARTS[day.RULE] if part not in done] for pk, done in ticked.items()}


def _uploads(cases: list[Case]) -> dict[int, int]:
    rows = WorkItem.objects.filter(case__in=cases, rule=day.UPLOAD, open=True)
    return dict(rows.values_list("case_id", "pk"))


def _state(ctx: Context, row: ReceptionRecord, lacks: dict, uploads: dict) -> dict:
    """What is still to be done with the record, in one line, and where."""
    found = {
        "said": f"{stamp(ctx, row.at)}　{row.get_kind_display()}{f'　{row.get_mode_display()}' if row.mode else ''}"
    }
    if row.kind == Kind.NOTE and row.case_id in uploads:
        return {**found, "tag": "待上传", "url": reverse("reception:upload_note", args=[uploads[row.case_id]])}
    if row.document and row.document.problem:
        return {**found, "tag": "笔录未制成", "url": f"/docs/{row.document_id}/"}
    lacking = lacks.get(row.item_id or 0, [])
    words = ["待签名"] if row.waits_for_signature else []
    words += [f"缺 {len(lacking)} 项"] if lacking else []
    url = reverse("reception:reception_record", args=[row.pk])
    return {**found, "tag": "，".join(words), "lacks": "、".join(lacking), "url": url}


READ = {"waiting": _waiting, "done": _done, "noted": _noted}
