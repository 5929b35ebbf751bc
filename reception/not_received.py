"""未接待说明 and 移送核对: nobody was reached, or nobody has applied; the paper says why and goes to the execution system."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db import transaction

from cases import context, rights, secrecy, work
from cases.models import Case, Party
from cases.periods import local
from cases.present import present
from cases.refusals import Forbidden, Refused, Stale, Unseen
from documents.models import Document
from reception import day, noted_clues, papers, receiving
from reception.models import Contact, ReceptionRecord
from teams.actor import Actor

Kind, Reason = ReceptionRecord.Kind, ReceptionRecord.Reason
WORDS = {
    Reason.NO_ANSWER: "立案当日电话联系申请执行人，电话不通或无人接听，未能进行初次接待",
    Reason.AWAY: "申请执行人在外地，当日不能到院，已约定另行接待",
    Reason.ONLINE: "已通过线上方式与申请执行人取得联系，约定另行补接待",
    Reason.REFUSED: "已通知申请执行人到院，其明确表示不到场",
    Reason.TRANSFERRED: "本案由审判部门移送执行，无申请执行人，已核对移送材料",
}
NO_PHONE = "立案材料未留电话"
NOTE_ONLY = "未接待，无原件"
UNSEEN = "没有这个案件，或您无权查看。"


class Result(NamedTuple):
    case: Case
    refusal: str


def contact(case: Case, result: str, by: Actor, way: str = "") -> Contact:
    """One attempt, now; by telephone where nothing else is said."""
    rights.require(by, case, "receive")
    if result not in Contact.Result.values:
        raise Refused("请选择联系结果。")
    way = way.strip() or telephone(case)
    if not way:
        raise Refused(f"{NO_PHONE}：请写明用什么方式联系，如短信、微信、家属电话。")
    return Contact.objects.create(
        case=case, at=context.read().now, by_id=present(by.user_id), way=way[:60], result=Contact.Result(result).label
    )


def telephone(case: Case) -> str:
    """电话 13912345678, of the first creditor who has one."""
    return telephone_of(Party.objects.filter(case=case).order_by("position"))


def telephone_of(parties: Iterable[Party]) -> str:
    found = next((party.phone for party in parties if party.role == Party.Role.CREDITOR and party.phone), "")
    return f"电话 {found}" if found else ""


@transaction.atomic
def note(case: Case, told: Mapping[str, Any], by: Actor) -> ReceptionRecord:
    """《关于案件未进行初次接待原因的说明》: reason, attempts, what next; the filing papers are checked all the same."""
    fresh, item = day.hold(case, by)
    secrecy.refuse(fresh)
    reason = told["reason"]
    words = (told.get("words") or "").strip() or WORDS.get(reason, "")
    if not words:
        raise Refused("选择「其他」的，请写明未进行初次接待的原因。")
    record = receiving._record(fresh, Kind.NOTE, {}, by, item=item, reason=reason)
    asked = {"reason": words.rstrip("。") + "。", "tries": attempts(fresh, told, by), "next": next_step(reason)}
    record.document = papers.begin(fresh, "no_reception_note", by, asked)
    record.save(update_fields=["document"])
    named = [{"kind": "其他", "text": text[:300]} for text in noted_clues.filed(fresh)]
    receiving.name_clues(fresh, record, {"clues": named}, by, write_down=True)  # the list's clues run all the same
    papers.issue((record.document,), by, begun=True)
    day.tick(item, by, day.COVERED, NOTE_ONLY)
    return record


def attempts(case: Case, told: Mapping[str, Any], by: Actor) -> str:
    """日期时间｜电话或方式｜结果: what was noted when it was made; where nothing was, the attempt now stated. No attempt is
    read out of a reason."""
    rows = list(Contact.objects.filter(case=case).order_by("pk"))
    if not rows and told["reason"] == Reason.TRANSFERRED:
        return f"{_when(context.read().now)}｜移送材料｜已核对"
    if not rows:
        phone = telephone(case)
        if why := untried(case, told, phone):
            raise Refused(why)
        if not told.get("result"):
            return f"{_when(context.read().now)}｜{NO_PHONE}｜无法联系"
        rows = [contact(case, told["result"], by, told.get("way") or "")]
    return "\n".join(f"{_when(row.at)}｜{row.way}｜{row.result}" for row in rows)


def untried(case: Case, told: Mapping[str, Any], phone: str) -> str:
    """Why a case without a noted attempt cannot be explained; who left no telephone may be out of reach."""
    if not told.get("result") and (phone or told["reason"] != Reason.OTHER):
        return f"{case.number}还没有联系记录：请选「刚才联系的结果」，或先记一次联系。"
    if told.get("result") and not (phone or told.get("way")):
        return f"{case.number}的{NO_PHONE}：请写明联系方式，或选「其他」写明无法联系。"
    return ""


def _when(at) -> str:
    return f"{local(at):%Y-%m-%d %H:%M}"


def next_step(reason: str) -> str:
    if reason == Reason.TRANSFERRED:
        return "按移送执行案件办理，需补充的材料由移送部门补送"
    return "联系上当事人后补充接待，补充笔录入卷"


def note_many(cases: Iterable[Case], told: Mapping[str, Any], by: Actor) -> list[Result]:
    """Each by itself; the refused ones with their reason."""
    results = []
    for case in sorted(cases, key=lambda each: each.pk):
        try:
            note(case, told, by)
            results.append(Result(case, ""))
        except (Refused, Stale, Forbidden) as refusal:
            results.append(Result(case, str(refusal)))
        except Unseen:
            results.append(Result(case, UNSEEN))
    return results


@transaction.atomic
def check(case: Case, told: Mapping[str, Any], by: Actor) -> ReceptionRecord:
    """移送核对: what the sending division handed over; the 说明 makes itself (flow §4.1, §8, 4)."""
    fresh, item = day.hold(case, by)
    secrecy.refuse(fresh)
    record = receiving._record(fresh, Kind.CHECK, told, by, item=item, reason=Reason.TRANSFERRED)
    receiving.name_clues(fresh, record, told, by, write_down=True)
    receiving.originals(fresh, record, told, by)
    record.document = papers.begin(fresh, "transfer_check", by, papers.transfer(told))
    given = {"reason": Reason.TRANSFERRED}
    asked = {
        "reason": WORDS[Reason.TRANSFERRED] + "。",
        "tries": attempts(fresh, given, by),
        "next": next_step(Reason.TRANSFERRED),
    }
    explanation = papers.begin(fresh, "no_reception_note", by, asked)
    record.save(update_fields=["document", "bundle"])
    papers.issue((record.document, explanation), by, begun=True)
    day.tick(item, by, day.COVERED, "" if record.originals else "移送执行，未移交原件")
    return record


def issued(document: Document, by: Actor) -> None:
    """A note that stands in the file is to be uploaded today."""
    work.record_event(document.case, "no_reception_noted", context.read().now, by, subject=f"note:{document.pk}")
