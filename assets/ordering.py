"""From a batch of proposals to rulings before the judge, and from his signature to notices on their way out."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from assets import freezing
from assets.models import ControlMeasure, FreezeBatch
from assets.models.measure import COUNTED
from cases import context, jobs, journal, signing
from cases.amounts import yuan
from cases.hooks import Brief, Check
from cases.locks import lock_case
from cases.models import Approval, Case, Job, WorkItem
from cases.present import present
from cases.refusals import Forbidden, Refused, Stale
from documents import drafting, issuing
from documents.exchange import sending
from documents.models import Document, Outgoing
from teams.actor import SYSTEM, Actor
from teams.notices import tell

SUBJECT = "freeze:"
RULING, NOTICE = "freeze_ruling", "freeze_notice"
State = ControlMeasure.State


def subject_of(batch_id: int) -> str:
    return f"{SUBJECT}{batch_id}"


def measures_of(case: Case, subject: str) -> QuerySet[ControlMeasure]:
    rows = ControlMeasure.objects.filter(case=case, batch=int(subject.removeprefix(SUBJECT)))
    return rows.select_related("asset__party").order_by("asset__party__position", "pk")


def rulings_of(case: Case, subject: str) -> set[int]:
    """The papers of a batch's sheet on this case."""
    return set(measures_of(case, subject).exclude(ruling=None).values_list("ruling", flat=True))


def one_year(day: date) -> date:
    """The last day of a year that begins on the day (民诉法解释 art 485); it never rolls."""
    try:
        end = day.replace(year=day.year + 1)
    except ValueError:
        end = date(day.year + 1, 3, 1)
    return date.fromordinal(end.toordinal() - 1)


# The job: papers and sheets, case by case


def make_papers(job: Job) -> None:
    """Each case by itself; one that nobody may sign gives its room back, with the reason."""
    batch = FreezeBatch.objects.select_related("by").get(pk=job.payload["batch"])
    by = jobs.asker(job)
    cases = list(Case.objects.filter(measures__batch=batch, measures__state=State.DRAFT).distinct().order_by("pk"))
    for case in cases:
        try:
            with transaction.atomic():
                _ask(batch, case, by)
        except (Refused, Forbidden, Stale) as refusal:
            _drop(ControlMeasure.objects.filter(case=case, batch=batch, state=State.DRAFT), str(refusal))
            text = f"{case.number} 的冻结未能报请：{refusal}"
            tell(
                [batch.by_id],
                text[:300],
                f"/assets/freezes/{batch.pk}/",
                key=f"freeze:{batch.pk}:{case.pk}",
                kind="result",
            )


def _ask(batch: FreezeBatch, case: Case, by: Actor) -> None:
    case = lock_case(case.pk)
    rows = list(measures_of(case, subject_of(batch.pk)).filter(state=State.DRAFT, ruling=None))
    if not rows:
        return
    start = context.read().today
    for party_id in dict.fromkeys(row.asset.party_id for row in rows):
        mine = [row for row in rows if row.asset.party_id == party_id]
        ruling = drafting.begin(case, RULING, by, subject=mine[0].asset.party.subject, asked=_asked(mine, start))
        drafting.finish(ruling, by)
        ControlMeasure.objects.filter(pk__in=[row.pk for row in mine]).update(ruling=ruling)
    proposal = {"measure": "freeze", "object": f"存款、网络资金 {len(rows)} 户", "amount": str(total(rows))}
    approval = signing.ask(case, "ruling", by, subject=subject_of(batch.pk), proposal=proposal, urgent=True)
    ControlMeasure.objects.filter(pk__in=[row.pk for row in rows]).update(approval=approval)


def _asked(rows: list[ControlMeasure], start: date) -> dict[str, str]:
    return {
        "amount": str(total(rows)),
        "accounts": "\n".join(f"{row.body or '—'}｜{row.asset.key.rpartition('|')[2]}｜{yuan(row.amount or Decimal(0))}" for row in rows),
        "start": start.isoformat(),
        "end": one_year(start).isoformat(),
    }  # fmt: skip


def total(rows: Iterable[ControlMeasure]) -> Decimal:
    return sum((row.amount or Decimal(0) for row in rows), Decimal(0))


# What the judge reads


def brief(case: Case, subject: str) -> Brief:
    """Each account with its amount, what the case still claims; red when together it is more. What else is frozen or
    under way is asked again at the signature and no fact of this sheet: another sheet does not upset it."""
    rows = list(measures_of(case, subject).filter(state__in=(State.DRAFT, State.ORDERED)))
    owed = freezing.owed(case)
    others = ControlMeasure.objects.filter(case=case, kind="freeze", state__in=COUNTED)
    before = total(others.exclude(pk__in=[row.pk for row in rows]))
    facts = [("尚未执行", yuan(owed))]
    facts += [("冻结", f"{row.asset.party.name}　{row.asset.title}　{yuan(row.amount or Decimal(0))}") for row in rows]
    facts.append(("本次合计", yuan(total(rows))))
    fits = before + total(rows) <= owed
    said = "在尚未执行的数额之内" if fits else "超过尚未执行的数额"
    said += f"（另已冻结、办理中 {yuan(before)}）" if before else ""
    checks = [Check(f"冻结合计{said}", "green" if fits else "red")]
    if not rows:
        checks.append(Check("没有待裁定的账户", "red"))
    return Brief(facts, checks)


# After the signature


def signed(approval: Approval) -> None:
    """The ruling stands; its file is made by the worker."""
    rows = ControlMeasure.objects.filter(approval=approval, state=State.DRAFT)
    rows.update(state=State.ORDERED, ordered_on=context.read().today)


def sent_back(approval: Approval) -> None:
    """Not signed: the drafts are given up, and the room in the claim is free again."""
    if not approval.subject.startswith(SUBJECT):
        return
    rows = ControlMeasure.objects.filter(approval=approval, state=State.DRAFT)
    papers = list(Document.objects.filter(pk__in=rows.values("ruling"), state__in=drafting.OPEN))
    _drop(rows, f"裁定{approval.get_state_display()}")
    for paper in papers:
        drafting.drop(paper, SYSTEM)


def anew(approval: Approval) -> str:
    """Where the freeze is proposed once more: the duty of the case while it is open, else the list."""
    duty = WorkItem.objects.filter(case=approval.case, rule="reception.network_freeze", open=True).first()
    return f"/assets/freeze/{duty.pk}/" if duty else "/assets/?tab=freeze"


def _drop(rows: QuerySet[ControlMeasure], why: str) -> None:
    rows.update(state=State.DROPPED, reason=why[:200])


def ruled(ruling: Document) -> None:
    """The ruling is issued and sealed: a notice for each body that has to assist."""
    rows = ControlMeasure.objects.filter(ruling=ruling, state=State.ORDERED, notice=None).select_related("asset__party")
    by = ruling.drafter
    by_body: dict[str, list[ControlMeasure]] = {}
    for row in rows.order_by("pk"):
        by_body.setdefault(row.body, []).append(row)
    for body, mine in by_body.items():
        party = mine[0].asset.party
        accounts = "\n".join(
            f"{party.name}｜{row.asset.key.rpartition('|')[2]}｜{yuan(row.amount or Decimal(0))}" for row in mine
        )
        asked = {
            "body": body, "ruling": ruling.number, "amount": str(total(mine)), "accounts": accounts,
            "start": ruling.asked["start"], "end": ruling.asked["end"],
        }  # fmt: skip
        notice = drafting.begin(ruling.case, NOTICE, by, subject=ruling.subject, asked=asked)
        ControlMeasure.objects.filter(pk__in=[row.pk for row in mine]).update(notice=notice)
        issuing.issue(notice, by)


def noticed(notice: Document) -> None:
    """The notice is issued and sealed: both papers leave for the assisting body."""
    rows = list(
        ControlMeasure.objects.filter(notice=notice, state=State.ORDERED).select_related(
            "asset__party", "ruling", "batch__by"
        )
    )
    if not rows:
        return
    ruling, batch = present(rows[0].ruling), present(rows[0].batch)
    files = {"notice.pdf": present(notice.material).sha256, "ruling.pdf": present(ruling.material).sha256}
    sending.send(
        Outgoing.Kind.FREEZE,
        f"notice:{notice.pk}",
        notice,
        payload(notice, ruling, rows, batch),
        files,
        SYSTEM,
        rests_on=ruling,
    )
    ControlMeasure.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=State.SENT, starts_on=notice.asked["start"], ends_on=notice.asked["end"]
    )
    facts = {"measures": [row.pk for row in rows], "notice": notice.pk}
    text = f"发出网络冻结：{rows[0].body}，{len(rows)} 户"
    journal.write([journal.Line(lock_case(notice.case_id), "measure", "sent", text, facts)], SYSTEM)


def payload(notice: Document, ruling: Document, rows: list[ControlMeasure], batch: FreezeBatch) -> dict:
    from documents.sealing import told

    party = rows[0].asset.party
    return {
        **told(notice),
        "ruling": ruling.number,
        "body": rows[0].body or notice.asked["body"],
        "operator": {"name": batch.by.name, "number": batch.by.staff_number},
        "debtor": {
            "name": party.name, "certificate": party.certificate, "certificate_number": party.certificate_number,
        },
        "measures": [
            {
                "id": str(row.pk), "account": row.asset.key, "title": row.asset.title, "amount": str(row.amount),
                "starts_on": notice.asked["start"], "ends_on": notice.asked["end"],
            }
            for row in rows
        ],
    }  # fmt: skip
