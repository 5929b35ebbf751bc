"""The tab 归档与借阅 of the case page, and the archiving page of one case."""

from archives import contents
from archives.models import Loan, Volume
from archives.volumes import CLOSED, code_of
from cases import context, rights
from cases.models import Case
from cases.pages.item_page import case_line
from cases.pages.lights import short, stamp
from cases.pages.names import short_number
from cases.search import Hit
from documents import codes
from teams.actor import Actor


def panel(case: Case, actor: Actor) -> dict:
    ctx, allowed = context.read(), rights.actions(actor, case)
    return {
        "case": {"id": case.pk},
        "volumes": [_volume(ctx, row) for row in _rows(case)],
        "loans": [
            _loan(ctx, row)
            for row in Loan.objects.filter(case=case).select_related("borrower", "team").order_by("-pk")[:50]
        ],
        "may_ask": "ask:file_loan" in allowed,
        "may_archive": "arrange_file" in allowed,
    }


def _rows(case: Case):
    return Volume.objects.filter(case=case).select_related("asked_by", "checked_by", "shelved_by").order_by("-pk")


def _volume(ctx, row: Volume) -> dict:
    steps = [
        ("提起归档", row.asked_by.name, row.asked_at, ""),
        ("质检" + ("退回" if row.state == "returned" and row.checked_by_id else ""), row.checked_by.name if row.checked_by else "", row.checked_at, row.check_note),
        ("系统归档", "系统", row.packed_at, row.package),
        ("入库", row.shelved_by.name if row.shelved_by else "", row.shelved_at, row.shelf),
    ]  # fmt: skip
    return {
        "id": row.pk, "code": code_of(row), "state": row.get_state_display(), "key": row.state, "shelf": row.shelf,
        "retention": row.get_retention_display(), "papers": row.papers, "main": row.pages_main, "secret": row.pages_secret,
        "manifest": row.manifest_sha256, "package": row.package, "note": row.check_note, "problem": row.problem,
        "steps": [(label, who, stamp(ctx, at), more) for label, who, at, more in steps if at],
        "colour": {"shelved": "gr", "returned": "re"}.get(row.state, "am"),
    }  # fmt: skip


def _loan(ctx, row: Loan) -> dict:
    who = f"{row.team.name} {row.borrower.name}" if row.borrower and row.team else row.court
    return {
        "kind": row.get_kind_display(), "who": who, "reason": row.reason, "state": row.get_state_display(),
        "lent": stamp(ctx, row.lent_at), "until": short(row.until, ctx.today) if row.until else "", "back": stamp(ctx, row.returned_at),
        "colour": {"granted": "am", "out": "bl", "back": "gr", "cancelled": ""}[row.state], "condition": row.condition or row.cancel_reason,
    }  # fmt: skip


def case_page(case: Case, actor: Actor) -> dict:
    """What there is to archive, the machine's check, and the act that is next."""
    ctx = context.read()
    row = _rows(case).first()
    held = contents.of(case)
    running = row is not None and row.state not in ("returned", "shelved")
    ready = case.stage in CLOSED and not running and not (row and row.state == "shelved" and case.stage != "closed")
    checks = contents.check(case, held)
    return {
        "case": case_line(case),
        "checks": [{"text": c.text, "state": c.state, "icon": ICON[c.state]} for c in checks],
        "red": any(c.state == "red" for c in checks),
        "rows": [
            {"number": e.where.number, "place": e.where.name, "title": contents.called(e.material), "span": e.span, "secret": e.where.secret,
             "url": f"/materials/{e.material.pk}/" if not e.where.secret else ""}
            for e in held.bound
        ],
        "volume": _volume(ctx, row) if row else None,
        "own": bool(row and row.asked_by_id == actor.user_id),
        "ready": ready,
        "closed": case.stage in (*CLOSED, "archived"),
    }  # fmt: skip


ICON = {"green": "circle-check", "amber": "alert-triangle", "red": "alert-octagon"}


def find(text: str, actor: Actor) -> list[Hit]:
    """A volume's code in the search box."""
    code = codes.read(text)
    if code is None or code.kind != codes.VOLUME:
        return []
    row = Volume.objects.select_related("case").filter(pk=code.key).first()
    if row is None or not rights.standings(actor, [row.case])[row.case_id].view:
        return []
    out = Loan.objects.filter(volume=row, state="out").select_related("borrower", "team").first()
    where = (
        f"借出：{_loan(context.read(), out)['who']}"
        if out
        else f"架位 {row.shelf}"
        if row.shelf
        else row.get_state_display()
    )
    number = short_number(row.case, context.read().today.year)
    return [Hit("案卷", number, where, "卷宗管理中心", f"/cases/{row.case_id}/?tab=archive", row.case.number)]
