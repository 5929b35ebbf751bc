"""What must hold at any moment, checked every night and by `check_integrity`; each finding with the page to mend it."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Mod

from cases import context, handover, materials, verify
from cases.deadlines import RULE, RULES
from cases.hooks import invariant
from cases.models import (
    Approval,
    ApprovalPlace,
    Case,
    CaseGrant,
    CaseSight,
    JournalEntry,
    Material,
    Pause,
    WorkItem,
)
from cases.models.work_item import SIGNATURES
from cases.verify import Finding
from cases.work.plan import Plan, set_clock
from cases.workflow import OVER, Stage
from teams.actor import SYSTEM
from teams.models import Posting

AFTER_CLOSING = [rule.key for rule in RULES if rule.after_closing]
BATCH, NIGHTS = 2000, 28


@invariant
def every_open_case_has_a_handler() -> Iterator[Finding]:
    for pk, number in (
        Case.objects.exclude(stage__in=OVER).filter(Q(handler=None) | Q(team=None)).values_list("pk", "number")
    ):
        yield Finding(f"{number} 没有承办人", f"/cases/{pk}/")


@invariant
def whoever_holds_an_open_case_is_in_office() -> Iterator[Finding]:
    gone = handover.out_of_office()
    cases = Case.objects.exclude(stage__in=OVER).filter(Q(handler__in=gone) | Q(clerk__in=gone))
    for pk, number in cases.values_list("pk", "number"):
        yield Finding(f"{number} 的承办人或书记员已不在岗", f"/cases/{pk}/")


@invariant
def no_item_on_a_closed_case() -> Iterator[Finding]:
    """A 终本 case is managed on: what was opened since it came to its terminal team is rightly there."""
    items = WorkItem.objects.filter(open=True, case__stage__in=OVER).exclude(rule__in=AFTER_CLOSING)
    items = items.exclude(case__stage=Stage.TERMINAL, opened_at__gte=F("case__arrived_at"))
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
    yield from verify.everything()


@invariant
def files_are_there() -> Iterator[Finding]:
    for row in Material.objects.only("pk", "sha256", "size", "title", "case_id").iterator():
        path = materials.path_of(row.sha256)
        if not path.exists():
            yield _file(row, "不在")
        elif path.stat().st_size != row.size:
            yield _file(row, "大小不符")


@invariant
def files_match_their_hashes() -> Iterator[Finding]:
    """Each night a part of them is read whole, so that every file is read once in four weeks."""
    yield from damaged_files(context.read().today.toordinal() % NIGHTS)


def damaged_files(night: int | None = None) -> Iterator[Finding]:
    """Files whose content is not what its hash says: of one night, or all."""
    rows = Material.objects.only("pk", "sha256", "title", "case_id").order_by("pk")
    if night is not None:
        rows = rows.alias(turn=Mod("pk", NIGHTS)).filter(turn=night)
    for row in rows.iterator():
        path = materials.path_of(row.sha256)
        if path.exists() and materials.digest_of(path) != row.sha256:
            yield _file(row, "内容被改动")


def _file(row: Material, what: str) -> Finding:
    return Finding(f"材料「{row.title}」（编号 {row.pk}）的文件{what}", f"/cases/{row.case_id}/?tab=materials")


@invariant
def the_stage_is_what_the_journal_says() -> Iterator[Finding]:
    """No case moved but through the door: its stage is that of its last step."""
    steps = JournalEntry.objects.filter(case=OuterRef("pk"), what="step").order_by("-id")
    last = steps.annotate(to=KeyTextTransform("to", "facts")).values("to")[:1]
    cases = Case.objects.alias(told=Subquery(last)).exclude(told=F("stage"))
    for pk, number in cases.values_list("pk", "number").iterator():
        yield Finding(f"{number} 的环节与流转记录不符", f"/cases/{pk}/?tab=journal")


@invariant
def who_holds_sees() -> Iterator[Finding]:
    """The team of a case, and of an item on it, has it in sight."""
    seen = CaseSight.objects.filter(team=OuterRef("team"), case=OuterRef("pk"))
    for pk, number in Case.objects.exclude(Exists(seen)).exclude(team=None).values_list("pk", "number").iterator():
        yield Finding(f"{number} 的承办团队看不到本案", f"/cases/{pk}/")
    seen = CaseSight.objects.filter(team=OuterRef("team"), case=OuterRef("case"))
    items = WorkItem.objects.filter(open=True, case__isnull=False).exclude(rule__in=SIGNATURES).exclude(Exists(seen))
    for pk, title in items.values_list("pk", "title").iterator():
        yield Finding(f"事项「{title}」的团队看不到案件", f"/items/{pk}/")


@invariant
def the_recused_hold_nothing() -> Iterator[Finding]:
    today = context.read().today
    recused = CaseGrant.objects.filter(permission__codename="recused_from_case").exclude(until__lt=today)
    mine = recused.filter(content_object=OuterRef("case"), user=OuterRef("person"))
    for pk, title in WorkItem.objects.filter(Exists(mine), open=True).values_list("pk", "title"):
        yield Finding(f"事项「{title}」由已回避的人员承办", f"/items/{pk}/")
    own = recused.filter(content_object=OuterRef("pk")).filter(Q(user=OuterRef("handler")) | Q(user=OuterRef("clerk")))
    for pk, number in Case.objects.filter(Exists(own)).exclude(stage__in=OVER).values_list("pk", "number"):
        yield Finding(f"{number} 由已回避的人员承办", f"/cases/{pk}/")


@invariant
def a_waiting_sheet_is_its_signers_item() -> Iterator[Finding]:
    item = WorkItem.objects.filter(
        approval=OuterRef("approval"), rule__in=SIGNATURES, open=True, person=OuterRef("signer")
    )
    places = ApprovalPlace.objects.filter(state="waiting", approval__state="waiting").exclude(Exists(item))
    for pk, title in places.values_list("approval_id", "approval__title"):
        yield Finding(f"「{title}」待签，但不在签批人的事项中", f"/approvals/{pk}/")
