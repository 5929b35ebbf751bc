"""借阅与外送: granted by signature, out and back by a scan of the volume's bar code; who has it and until when is known."""

from datetime import timedelta
from typing import NamedTuple

from django.db import transaction

from archives.models import Loan, Volume
from cases import context, journal, rights, work
from cases.dates import read_date
from cases.locks import lock_case
from cases.models import Approval, Case, WorkItem
from cases.present import present
from cases.refusals import Refused, Stale
from documents import codes
from teams.actor import Actor
from teams.notices import tell

State, Kind = Loan.State, Loan.Kind
SOON = timedelta(days=2)


class Moved(NamedTuple):
    verb: str
    loan: Loan


def granted(approval: Approval) -> Loan:
    """A signed sheet: the volume may be fetched. Called in the signature's transaction."""
    case, proposal = present(approval.case), approval.proposal
    until = proposal.get("until")
    loan = Loan.objects.create(
        case=case, volume=_newest(case), kind=Kind.LOAN, state=State.GRANTED, approval=approval,
        borrower_id=approval.maker_id, team_id=approval.team_id, reason=str(proposal.get("reason", ""))[:200],
        secret=proposal.get("secret") == "1", until=read_date(until) if until else None, granted_at=context.read().now,
    )  # fmt: skip
    text = f"借阅{case.number}已同意，请到卷宗管理中心取卷。"
    tell([loan.borrower_id], text, f"/cases/{case.pk}/?tab=archive", key=f"loan:{loan.pk}", kind="result")
    return loan


def _newest(case: Case) -> Volume | None:
    return Volume.objects.filter(case=case, state=Volume.State.SHELVED).order_by("-pk").first()


def scan(text: str, by: Actor, *, to: Loan | None = None) -> Moved:
    """The volume's bar code: back if it is out, else out to whoever waits for it. `to`: to whom of several."""
    code = codes.read(text)
    if code is None or code.kind != codes.VOLUME:
        raise Refused("请扫描案卷脊标或封面上的条码（AJ 开头）。")
    volume = Volume.objects.select_related("case").filter(pk=code.key).first()
    if volume is None:
        raise Refused("没有这个编号的案卷。")
    rights.require(by, volume.case, "arrange_file")
    out = Loan.objects.filter(volume=volume, state=State.OUT).select_related("borrower").first()
    if out and to:
        raise Refused(f"该案卷已借出（{out.borrower.name if out.borrower else out.court}），归还后才能再借。")
    if out:
        return Moved("归还", take_back(out, by))
    return Moved("出借", lend(to or _only(volume), volume, by))


def _only(volume: Volume) -> Loan:
    """The one who waits for the volume; which of several comes for it only the clerk sees."""
    waiting = list(Loan.objects.filter(case=volume.case, state=State.GRANTED).select_related("borrower").order_by("pk"))
    if not waiting:
        raise Refused(
            f"{volume.case.number} 的案卷在架（{volume.shelf or '未上架'}），没有已同意的借阅：请先报请借阅档案。"
        )
    if len(waiting) > 1:
        names = "、".join(loan.borrower.name for loan in waiting if loan.borrower)
        raise Refused(f"{volume.case.number} 有 {len(waiting)} 人待取卷（{names}）：请在来取卷的人那一行扫描。")
    return waiting[0]


@transaction.atomic
def lend(loan: Loan, volume: Volume, by: Actor) -> Loan:
    ctx, case, fresh = _locked(loan, by, State.GRANTED)
    if volume.case_id != case.pk:
        raise Refused(f"扫到的不是 {case.number} 的案卷：请核对后再扫。")
    fresh.state, fresh.volume, fresh.lent_at, fresh.lent_by_id = State.OUT, volume, ctx.now, by.user_id
    fresh.save(update_fields=["state", "volume", "lent_at", "lent_by"])
    work.record_event(
        case, "file_lent", ctx.now, by, subject=f"loan:{fresh.pk}", length=str(fresh.until or ""), action="arrange_file"
    )
    due = WorkItem.objects.filter(case=case, rule="archives.loan", subject=f"loan:{fresh.pk}", open=True).first()
    if due and due.due_on and fresh.until is None:
        fresh.until = due.due_on
        fresh.save(update_fields=["until"])
    text = (
        f"您借出了{case.number}的案卷，请于 {fresh.until:%m-%d} 前归还。"
        if fresh.until
        else f"您借出了{case.number}的案卷。"
    )
    tell([fresh.borrower_id], text, f"/cases/{case.pk}/?tab=archive", key=f"lent:{fresh.pk}")
    return fresh


@transaction.atomic
def take_back(loan: Loan, by: Actor, condition: str = "") -> Loan:
    """归还 by scan: ends the watch of it."""
    ctx, case, fresh = _locked(loan, by, State.OUT)
    fresh.state, fresh.returned_at, fresh.returned_to_id = State.BACK, ctx.now, by.user_id
    fresh.condition = condition[:200]
    fresh.save(update_fields=["state", "returned_at", "returned_to", "condition"])
    anchor = "loan_returned" if fresh.kind == Kind.LOAN else "file_came_back"
    work.record_event(case, anchor, ctx.now, by, subject=f"loan:{fresh.pk}", action="arrange_file")
    return fresh


@transaction.atomic
def cancel(loan: Loan, reason: str, by: Actor) -> Loan:
    """取消: granted and never fetched; whoever asked for it is told, and may ask again."""
    if not reason.strip():
        raise Refused("请写明取消原因，如：逾期未取、不再需要。")
    _, case, fresh = _locked(loan, by, State.GRANTED)
    fresh.state, fresh.cancel_reason = State.CANCELLED, reason.strip()[:200]
    fresh.save(update_fields=["state", "cancel_reason"])
    facts = {"loan": fresh.pk, "borrower": fresh.borrower_id, "reason": fresh.cancel_reason}
    journal.write([journal.Line(case, "archive", "loan_cancel", "取消借阅", facts)], by)
    text = f"您借阅{case.number}已取消：{fresh.cancel_reason}。仍需借阅的请重新报请。"
    address = f"/cases/{case.pk}/?tab=archive"
    tell([fresh.borrower_id], text[:200], address, key=f"loan-cancelled:{fresh.pk}", kind="result")
    return fresh


@transaction.atomic
def send_up(item: WorkItem, court: str, reason: str, by: Actor, *, until=None) -> Loan:
    """外送: the file goes to another court; it is sent, and its coming back is watched from now."""
    ctx, case = context.read(), lock_case(present(item.case_id))
    rights.require(by, case, "arrange_file")
    if not court.strip():
        raise Refused("请写明送往的法院。")
    volume = _newest(case)
    if volume and Loan.objects.filter(volume=volume, state=State.OUT).exists():
        raise Refused("案卷已借出，尚未归还：请先收回。")
    loan = Loan.objects.create(
        case=case, volume=volume, kind=Kind.SENT_UP, state=State.OUT, court=court.strip()[:80], reason=reason[:200],
        until=until, granted_at=ctx.now, lent_at=ctx.now, lent_by_id=by.user_id,
    )  # fmt: skip
    work.record_event(case, "file_sent_up", ctx.now, by, subject=item.subject, action="arrange_file")
    length = str(until or "")
    work.record_event(
        case, "file_sent_away", ctx.now, by, subject=f"loan:{loan.pk}", length=length, action="arrange_file"
    )
    return loan


def _locked(loan: Loan, by: Actor, state: str):
    ctx, case = context.read(), lock_case(loan.case_id)
    rights.require(by, case, "arrange_file")
    fresh = Loan.objects.select_for_update(of=("self",)).get(pk=loan.pk)
    if fresh.state != state:
        raise Stale(f"该案卷现为「{fresh.get_state_display()}」，请刷新后再扫。")
    return ctx, case, fresh


def remind() -> int:
    """Each borrower once a day, from two days before the day on; how many were told."""
    ctx, told = context.read(), 0
    rows = Loan.objects.filter(state=State.OUT, kind=Kind.LOAN, until__lte=ctx.today + SOON).select_related("case")
    for loan in rows:
        until = present(loan.until)
        when = "今日到期" if until == ctx.today else f"{'已于' if until < ctx.today else ''} {until:%m-%d} 到期"
        text = f"所借{loan.case.number}案卷{when}，请归还卷宗管理中心。"
        key = f"loan-due:{loan.pk}:{ctx.today}"
        told += tell([loan.borrower_id], text, f"/cases/{loan.case_id}/?tab=archive", key=key, kind="nudge")
    return told
