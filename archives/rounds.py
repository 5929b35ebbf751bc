"""收集轮次: what a team has handed over since its last round, and what its cases hold that has not been handed over."""

from typing import NamedTuple

from django.db import transaction
from django.db.models import Max

from archives.models import CollectionRound
from cases import context, journal, rights, work
from cases.models import Case, Material, WorkItem
from cases.refusals import Refused, Stale
from documents.models import Bundle
from teams.actor import Actor
from teams.notices import tell

RULE = "archives.collect"
ON_SCREEN = ("scan", "raw_scan")  # born of paper that is here already
MOST = 300  # cases of one list


class Line(NamedTuple):
    """One case of the team: bundles handed over in this round, papers made since the last bundle."""

    case: Case
    handed: list[Bundle]
    missing: list[Material]


@transaction.atomic
def begin(team_id: int, by: Actor) -> CollectionRound:
    """Open a round: the centre gets its item, the team is told what is still missing."""
    ctx = context.read()
    if CollectionRound.objects.filter(team=team_id, closed_at=None).exists():
        raise Stale("该团队的收集轮次正在进行。")
    row = CollectionRound.objects.create(team_id=team_id, opened_at=ctx.now, opened_by_id=by.user_id)
    name = ctx.roster.row(team_id).name
    work.open(
        None,
        RULE,
        by,
        subject=f"round:{row.pk}",
        team_id=by.team_id,
        person_id=by.user_id,
        title=f"定期收集材料：{name}",
    )
    journal.write([journal.Line(None, "archive", "round", f"收集轮次：{name}", {"round": row.pk})], by)
    people = [ctx.roster.leader(team_id), *(member.user_id for member in ctx.roster.members(team_id, "clerk"))]
    text = "卷宗管理中心来收集材料：请核对收集单，登记材料包并扫码交出。"
    tell(people, text, f"/archive/rounds/{row.pk}/print/", key=f"round:{row.pk}")
    return row


def lines(row: CollectionRound) -> list[Line]:
    """The team's cases that have something handed over or missing, four queries."""
    cases = list(Case.objects.filter(team_id=row.team_id, closed_on=None).order_by("pk")[:MOST])
    bundles = Bundle.objects.filter(case__in=cases, received_at__gte=row.opened_at).select_related(
        "case", "holder", "team"
    )
    handed: dict[int, list[Bundle]] = {}
    for bundle in bundles.order_by("pk"):
        handed.setdefault(bundle.case_id, []).append(bundle)
    last = dict(
        Bundle.objects.filter(case__in=cases, received_at__isnull=False).values_list("case_id").annotate(Max("made_at"))
    )
    missing: dict[int, list[Material]] = {}
    papers = Material.objects.filter(case__in=cases, voided_at=None, replaced_by=None, secret_volume=False)
    for paper in papers.exclude(kind__in=ON_SCREEN).order_by("pk"):
        since = last.get(paper.case_id)
        if since is None or paper.entered_at > since:
            missing.setdefault(paper.case_id or 0, []).append(paper)
    rows = [Line(case, handed.get(case.pk, []), missing.get(case.pk, [])) for case in cases]
    return [line for line in rows if line.handed or line.missing]


@transaction.atomic
def close(row: CollectionRound, note: str, by: Actor) -> None:
    """End the round; what is still missing must be named or explained."""
    rights.require_office(by, "archive_desk")
    fresh = CollectionRound.objects.select_for_update().get(pk=row.pk)
    if fresh.closed_at:
        raise Stale("该轮次已结束。")
    missing = sum(len(line.missing) for line in lines(fresh))
    if missing and not note.strip():
        raise Refused(f"还有 {missing} 份材料未交：请写明情况后结束，下一轮继续收集。")
    fresh.closed_at, fresh.note = context.read().now, note.strip()[:200]
    fresh.save(update_fields=["closed_at", "note"])
    said = fresh.note or "材料已收齐"
    work.finish(WorkItem.objects.filter(rule=RULE, subject=f"round:{fresh.pk}", open=True), by, note=said)
