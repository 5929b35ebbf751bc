"""督办核验: whoever ordered it accepts the answer, or says what is missing and orders again; the same person answers."""

from datetime import date

from django.db import transaction

from cases import context, work
from cases.locks import lock_case
from cases.models import WorkItem
from cases.present import present
from cases.refusals import Refused
from teams.actor import Actor

RULE, REPLY = "supervision.verify", "supervision.reply"


def answer_of(item: WorkItem) -> WorkItem | None:
    """The answered 督办 that is to be accepted."""
    return WorkItem.objects.filter(pk=item.cause_item_id, rule=REPLY).select_related("person", "team").first()


@transaction.atomic
def verify(item: WorkItem, accepted: bool, text: str, by: Actor, *, reply_on: date | None = None) -> WorkItem | None:
    """认可 ends it; 退回再办 ends it too and opens the next 督办 with what is missing. Gives that one."""
    answered, case = answer_of(item), lock_case(present(item.case_id))
    if not text.strip() and not accepted:
        raise Refused("请写明哪里不符合要求，要求怎么办。")
    if reply_on and reply_on < context.read().today:
        raise Refused("再次答复的日期不能早于今天。")
    if accepted:
        work.finish([item], by, note=f"认可：{text.strip()}" if text.strip() else "认可")
        return None
    work.finish([item], by, note=f"不认可：{text.strip()}")
    person = answered.person_id if answered else None
    team = answered.team_id if answered else case.team_id
    return work.supervise(
        case, present(person or case.handler_id), present(team), f"再办：{text.strip()}", by, reply_on=reply_on
    )
