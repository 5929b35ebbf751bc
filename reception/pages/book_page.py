"""接待登记簿: every line of one day, and the sum of it."""

from datetime import date, datetime, time, timedelta

from django.urls import reverse

from cases import context, dates, rights
from cases.calendar import WEEKDAYS
from cases.models import Case
from cases.pages.export_lists import Listing
from cases.pages.names import parties_of
from cases.pages.print_page import printed
from cases.periods import local
from reception.models import ReceptionRecord
from teams.actor import Actor

MOST = 1000
COLUMNS = [
    ("序号", "short"), ("时间", "moment"), ("案号", "number"), ("申请执行人", "text"), ("被执行人", "text"), ("类别", "short"),
    ("接待方式", "short"), ("来访人", "text"), ("原因", "text"), ("线索", "short"), ("原件", "short"), ("登记人", "short"),
]  # fmt: skip


def day_of(request) -> tuple[date, str]:
    """The day that was asked for, and what was wrong with it."""
    text = request.GET.get("day", "").strip()
    if not text:
        return context.read().today, ""
    try:
        return dates.read_date(text), ""
    except ValueError as error:
        return context.read().today, str(error)


def found(actor: Actor, day: date):
    """The records of the day on cases that the reader may list, in the order of the day."""
    ctx = context.read()
    begin = datetime.combine(day, time(0), ctx.now.tzinfo)
    rows = ReceptionRecord.objects.filter(at__gte=begin, at__lt=begin + timedelta(days=1))
    seen = rights.visible(actor, Case.objects.filter(receptions__in=rows)).values("pk")
    return rows.filter(case__in=seen).select_related("case", "by").prefetch_related("clues").order_by("at", "id")


def page(request, actor: Actor) -> dict:
    ctx, (day, wrong) = context.read(), day_of(request)
    rows = list(found(actor, day)[: MOST + 1])
    return {
        "day": f"{day:%Y-%m-%d}", "weekday": f"星期{WEEKDAYS[day.weekday()]}", "wrong": wrong,
        "rows": _rows(rows[:MOST]), "sum": _sum(rows), "more": f"只列前 {MOST} 条。" if len(rows) > MOST else "",
        "before": f"{day - timedelta(days=1):%Y-%m-%d}", "after": f"{day + timedelta(days=1):%Y-%m-%d}" if day < ctx.today else "",
        "desk": rights.may_office(actor, "reception_desk"),
        "may_export": rights.may_office(actor, "export"),
    }  # fmt: skip


def _sum(rows: list[ReceptionRecord]) -> list[tuple[str, int]]:
    kinds = [(label, sum(1 for row in rows if row.kind == kind)) for kind, label in ReceptionRecord.Kind.choices]
    return [*((label, n) for label, n in kinds if n), ("原件", sum(row.originals for row in rows))]


def _rows(rows: list[ReceptionRecord]) -> list[dict]:
    parties = parties_of([row.case for row in rows])
    return [_row(number, row, parties) for number, row in enumerate(rows, 1)]


def _row(number: int, row: ReceptionRecord, parties: dict) -> dict:
    creditor, debtor = parties.get(row.case_id, ("", ""))
    return {
        "n": number, "time": f"{local(row.at):%H:%M}", "at": row.at, "number": row.case.number, "creditor": creditor or row.case.sent_by,
        "debtor": debtor, "kind": row.get_kind_display(), "mode": row.get_mode_display(), "visitor": row.visitor_name,
        "reason": row.get_reason_display(), "clues": len(row.clues.all()), "originals": row.originals, "by": row.by.name,
        "url": reverse("reception:reception_record", args=[row.pk]), "case_url": f"/cases/{row.case_id}/",
    }  # fmt: skip


def on_paper(request, actor: Actor) -> dict:
    day, _ = day_of(request)
    rows = list(found(actor, day)[:MOST])
    words = f"{day.year} 年 {day.month} 月 {day.day} 日 星期{WEEKDAYS[day.weekday()]}"
    return {"rows": _rows(rows), "sum": _sum(rows), "day": words, "printed": printed(context.read(), actor)}


def listing(request, actor: Actor) -> Listing:
    """The same as a file."""
    day, _ = day_of(request)
    rows = found(actor, day)
    given = {"day": f"{day:%Y-%m-%d}"}
    return Listing(
        "reception_book", f"接待登记簿-{day:%Y%m%d}", "/reception/book/", given, f"日期：{day:%Y-%m-%d}", COLUMNS,
        min(rows.count(), MOST + 1), MOST, lambda: [_cells(row) for row in _rows(list(rows[:MOST]))],
    )  # fmt: skip


def _cells(row: dict) -> dict:
    return {
        "序号": row["n"], "时间": row["at"], "案号": row["number"], "申请执行人": row["creditor"], "被执行人": row["debtor"],
        "类别": row["kind"], "接待方式": row["mode"], "来访人": row["visitor"], "原因": row["reason"],
        "线索": row["clues"] or "", "原件": row["originals"] or "", "登记人": row["by"],
    }  # fmt: skip
