"""What must hold at any moment, checked every night and by `check_integrity`; each finding with the page to mend it."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q

from cases import context, materials, verify
from cases.deadlines import RULE, RULES
from cases.hooks import invariant
from cases.models import Approval, ApprovalPlace, Case, Material, Pause, WorkItem
from cases.verify import Finding
from cases.work.plan import Plan, set_clock
from cases.workflow import Stage
from teams.actor import SYSTEM
from teams.models import Posting

OVER = (Stage.CLOSED, Stage.TERMINAL, Stage.ARCHIVED, Stage.VOID)
AFTER_CLOSING = [rule.key for rule in RULES if rule.after_closing]
BATCH = 2000


@invariant
def every_open_case_has_a_handler() -> Iterator[Finding]:
    for pk, number in (
        Case.objects.exclude(stage__in=OVER).filter(Q(handler=None) | Q(team=None)).values_list("pk", "number")
    ):
        yield Finding(f"{number} 没有承办人", f"/cases/{pk}/")


@invariant
def no_item_on_a_closed_case() -> Iterator[Finding]:
    items = WorkItem.objects.filter(open=True, case__stage__in=OVER).exclude(rule__in=AFTER_CLOSING)
    for pk, title, number in items.values_list("pk", "title", "case__number"):
        yield Finding(f"{number} 已结，仍有在办事项「{title}」", f"/items/{pk}/")


@invariant
def every_item_has_somebody_in_office() -> Iterator[Finding]:
    today = context.read().today
    posted = Posting.objects.on(today).filter(person=OuterRef("person"))
    items = WorkItem.objects.filter(open=True).filter(Q(person=None) | Q(person__is_active=False) | ~Exists(posted))
    for pk, title in items.values_list("pk", "title"):
        yield Finding(f"事项「{title}」没有在岗的承办人", f"/items/{pk}/")


@invariant
def stored_clocks_are_what_recomputation_gives() -> Iterator[Finding]:
    """Under the stored rule version and the calendar of today; items under an older rule version are listed."""
    ctx, last = context.read(), 0
    while items := list(WorkItem.objects.filter(open=True, pk__gt=last).order_by("pk")[:BATCH]):
        last, made = items[-1].pk, Plan(ctx, SYSTEM)
        made.expect({item.case_id for item in items if item.case_id})
        for item in items:
            yield from _clock(ctx, made, item)


def _clock(ctx, made: Plan, item: WorkItem) -> Iterator[Finding]:
    url = f"/items/{item.pk}/"
    if item.rule not in RULE:
        yield Finding(f"事项「{item.title}」的规则 {item.rule} 已不在表三", url)
    elif item.rule_version != RULE[item.rule].version:
        yield Finding(f"事项「{item.title}」按旧版规则计算", url)
    else:
        before = item.due_on, item.due_at
        set_clock(ctx, item, made.pauses_of(item))
        if (item.due_on, item.due_at) != before:
            yield Finding(f"事项「{item.title}」存 {before[0]}，应为 {item.due_on}", url)


@invariant
def paused_items_have_a_running_pause() -> Iterator[Finding]:
    running = Pause.objects.filter(case=OuterRef("case"), to_on__isnull=True).filter(
        Q(item=None) | Q(item=OuterRef("pk"))
    )
    for pk, title in (
        WorkItem.objects.filter(open=True, paused=True).exclude(Exists(running)).values_list("pk", "title")
    ):
        yield Finding(f"事项「{title}」标为暂停，但没有暂停事由", f"/items/{pk}/")


@invariant
def waiting_approvals_wait_for_somebody() -> Iterator[Finding]:
    seat = ApprovalPlace.objects.filter(approval=OuterRef("pk"), state="waiting", signer__is_active=True)
    for pk, title in Approval.objects.filter(state="waiting").exclude(Exists(seat)).values_list("pk", "title"):
        yield Finding(f"「{title}」待签，但没有签批人", f"/approvals/{pk}/")


@invariant
def signed_approvals_are_signed_throughout() -> Iterator[Finding]:
    unsigned = ApprovalPlace.objects.filter(approval=OuterRef("pk")).exclude(state="signed")
    for pk, title in Approval.objects.filter(Exists(unsigned), state="signed").values_list("pk", "title"):
        yield Finding(f"「{title}」已生效，但有签批位未签", f"/approvals/{pk}/")


@invariant
def the_journal_is_whole() -> Iterator[Finding]:
    yield from verify.chains()
    yield from verify.heads()
    yield from verify.seals()


@invariant
def files_are_there() -> Iterator[Finding]:
    for pk, sha256, title, case_id in Material.objects.values_list("pk", "sha256", "title", "case_id").iterator():
        if not materials.path_of(sha256).exists():
            yield Finding(f"材料「{title}」（编号 {pk}）的文件不在", f"/cases/{case_id}/?tab=materials")
