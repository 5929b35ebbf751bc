"""指挥平台事项: taken in as a work item without a case, replied to once with its evidence (flow §4.2)."""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from django.db import IntegrityError, transaction

from cases import context, materials, rights, work
from cases.models import Case, WorkItem
from cases.refusals import Refused, Stale
from quality.models import PlatformMatter
from teams.actor import Actor
from teams.notices import tell

RULE = "quality.platform_matter"
Source = PlatformMatter.Source


@dataclass(frozen=True)
class Matter:
    source: str
    number: str
    title: str
    due_on: date
    received_on: date
    content: str = ""
    case: Case | None = None
    person_id: int | None = None
    urgent: bool = False


@transaction.atomic
def receive(given: Matter, by: Actor) -> PlatformMatter:
    """Register it; it is somebody's of the quality team from birth, by the day the sender set."""
    rights.require_office(by, "matters")
    ctx = context.read()
    if given.received_on > ctx.today:
        raise Refused("收到日期不能晚于今天：请核对。")
    if given.due_on < given.received_on:
        raise Refused("要求回复的日期不能早于收到日期：请核对。")
    if given.case is not None:
        rights.require(by, given.case, "view")
    if PlatformMatter.objects.filter(source=given.source, number=given.number).exists():
        raise Refused(f"{Source(given.source).label}的 {given.number} 已经登记过，请在列表中办理。")
    person = given.person_id or by.user_id
    if person not in {member.user_id for member in ctx.roster.members(by.team_id)}:
        raise Refused("只能交给本团队的人员：请在名单中选择。")
    said = (
        rights.MASKED if given.case and given.case.confidential else given.title
    )  # the team's queue shows it (flow §7)
    item = work.open(
        None, RULE, by, subject=f"matter:{uuid4().hex[:12]}", title=f"{given.number} {said}"[:120], team_id=by.team_id,
        person_id=person, length=given.due_on.isoformat(), urgent=given.urgent,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row = PlatformMatter.objects.create(
                item=item, source=given.source, number=given.number, title=given.title, content=given.content,
                received_on=given.received_on, due_on=given.due_on, case=given.case, made_at=ctx.now, by_id=by.user_id,
            )  # fmt: skip
    except IntegrityError:
        raise Stale(f"{Source(given.source).label}的 {given.number} 刚由他人登记，请刷新。") from None
    if item.person_id != by.user_id:
        tell([item.person_id], f"{by.label}交办：{item.title}", f"/matters/{row.pk}/")
    return row


@transaction.atomic
def reply(matter: PlatformMatter, text: str, receipt: str, upload, by: Actor) -> PlatformMatter:
    """Reply once, with the paper sent or the platform's receipt: the item ends with it."""
    item = WorkItem.objects.select_for_update(of=("self",)).select_related("team").get(pk=matter.item_id)
    rights.require_chore(by, item, "finish_item")
    fresh = PlatformMatter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    if fresh.replied_at or not item.open:
        raise Stale(f"「{fresh.title}」已经回复，请刷新查看。")
    if not text.strip():
        raise Refused("请写明回复内容。")
    if upload is None and not receipt.strip():
        raise Refused("请附回复件或平台截图，或者填写平台回执号。")
    paper = materials.file(None, upload, kind="reply", by=by, title=upload.name, item=item) if upload else None
    work.finish([item], by, note=text[:500], material=paper)
    fresh.reply, fresh.receipt = text.strip()[:2000], receipt.strip()[:60]
    fresh.replied_at, fresh.replied_by_id = context.read().now, by.user_id
    fresh.save(update_fields=["reply", "receipt", "replied_at", "replied_by"])
    return fresh
