"""报结卷宗整理: what the file still lacks goes back to whose it is; the last act here makes the closing be asked."""

from typing import NamedTuple

from django.db import transaction

from archives import contents
from archives.contents import Contents
from cases import context, work
from cases.hooks import Reason
from cases.models import Case, WorkItem
from cases.present import present
from cases.refusals import Refused
from documents.dossier import completeness
from documents.dossier.completeness import Missing, Report
from documents.models import Bundle
from teams.actor import SYSTEM, Actor

RULE, PIECE = "archives.pre_closing", "archives.missing_paper"


class State(NamedTuple):
    """How far the arranging is: the file, its completeness, papers not yet scanned, what was sent back to whom."""

    contents: Contents
    report: Report
    bundles: list[Bundle]
    asked: dict[str, WorkItem]  # by subject


def state(case: Case) -> State:
    items = WorkItem.objects.filter(case=case, rule=PIECE).order_by("pk")
    return State(
        contents.of(case),
        completeness.report(case),
        list(Bundle.objects.filter(case=case, filed_at=None).select_related("team", "holder").order_by("pk")),
        {item.subject: item for item in items},
    )


def subject_of(row: Missing) -> str:
    return f"paper:{row.number}:{row.label}:{row.about}"[:60]


@transaction.atomic
def send_back(item: WorkItem, by: Actor) -> int:
    """缺项退补: an item for the owner of each missing paper that has none; how many were opened."""
    case, opened = present(item.case), 0
    settle(case)
    held = state(case)
    for row in held.report.due:
        subject = subject_of(row)
        if subject in held.asked and held.asked[subject].open:
            continue
        name = f"{row.label}（{row.about}）" if row.about else row.label
        work.open(
            case, PIECE, by, subject=subject, team_id=row.team_id or case.team_id, person_id=row.who_id,
            title=f"补齐卷宗材料：{name}"[:120], note=row.why[:200], cause_item=item,
        )  # fmt: skip
        opened += 1
    return opened


def settle(case: Case) -> None:
    """Papers that have come meanwhile end their items by themselves."""
    due = {subject_of(row) for row in completeness.report(case).due}
    running = WorkItem.objects.filter(case=case, rule=PIECE, open=True)
    if came := [item for item in running if item.subject not in due]:
        work.finish(came, SYSTEM, note="材料已入卷")


@transaction.atomic
def finish(item: WorkItem, note: str, by: Actor) -> None:
    """整理完毕. What is still missing, uncatalogued or unscanned must be explained; the signers read the explanation."""
    case = present(item.case)
    settle(case)
    if (open_points := points(state(case))) and not note.strip():
        raise Refused(*[Reason(f"{point}：请补齐，或写明不能补齐的原因。") for point in open_points[:6]])
    said = f"缺 {len(open_points)} 项：{'；'.join(open_points)}。说明：{note.strip()}" if open_points else "齐全"
    rest = WorkItem.objects.filter(case=case, rule=PIECE, open=True)
    work.cancel(rest, by, "整理人已说明") if rest.exists() else None
    work.finish([item], by, note=(said if open_points else note.strip() or "材料齐全")[:500])


def points(held: State) -> list[str]:
    """What is not in order, one point a line."""
    missing = [f"{row.label}{f'（{row.about}）' if row.about else ''}" for row in held.report.due]
    loose = [f"「{contents.called(entry.material)}」未编目" for entry in held.contents.loose]
    return [*missing, *loose, *(f"「{bundle.title}」未扫描入卷" for bundle in held.bundles)]


def told(case: Case) -> str:
    """What the signer of the closing reads of the file: as whoever arranged it left it."""
    done = WorkItem.objects.filter(case=case, rule=RULE, open=False, outcome="done").order_by("-pk").first()
    name = context.read().roster.name(done.finished_by_id) if done else ""
    return f"{done.note}（{name}）" if done else ""
