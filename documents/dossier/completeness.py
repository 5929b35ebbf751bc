"""缺项: what the file of a case still lacks, why it cannot be there yet, whose it is, and where to go.

`missing(case)` is the one answer: the dossier, the tab of the case page and the arranging before closing read it.
"""

from typing import Any, NamedTuple

from django.db.models import prefetch_related_objects

from cases import context
from cases.context import Context
from cases.models import Approval, Case, Material, Party
from documents import contexts, hooks, index, words
from documents.dossier import placing, required
from documents.dossier.placing import Where
from documents.dossier.required import Required
from documents.kinds import KIND
from documents.models import Document

State = Document.State
OPEN = (State.DRAFT, State.READY, State.DRAWING)


class Missing(NamedTuple):
    """One paper that is not there. `due`: the case must have it by now; otherwise it comes with a later stage."""

    number: int  # in the index of the 正卷 of this case
    place: str  # the words of the index
    label: str
    about: str  # the debtor's name where every debtor has one
    why: str
    who: str  # name of whose it is
    who_id: int | None
    team_id: int | None
    due: bool
    url: str
    remedy: str


class Report(NamedTuple):
    """How complete the file is: papers of the list that are there, all of the list by now, and what is missing."""

    there: int
    wanted: int
    missing: list[Missing]

    @property
    def due(self) -> list[Missing]:
        return [row for row in self.missing if row.due]


class _File(NamedTuple):
    """What the file holds: its papers with their places, the issued and the unfinished ones, the sheets that wait, and
    what papers may say of the case: read once, whatever is missing."""

    filed: list[tuple[Material, Where, str]]  # paper, place, kind of table 5
    issued: set[tuple[str, str]]  # kind, subject
    drafts: list[Document]
    waiting: list[Approval]
    base: dict[str, Any]
    of_kind: dict[str, dict[str, Any]]


def missing(case: Case) -> list[Missing]:
    """What the file lacks, in the order of the index; what is due by now and what comes later."""
    return report(case).missing


def report(case: Case) -> Report:
    """The same number of queries however many debtors the case has and however much is missing."""
    prefetch_related_objects([case], "parties")
    ctx, file = context.read(), _read(case)
    now, debtors = required.reached(case.stage), _debtors(case)
    found: list[Missing] = []
    there = wanted = 0
    for row in required.rows(case.kind, case.closing_mode or case.report.get("mode", "")):
        whom: list[Party | None] = [*debtors] if row.each == "debtor" else [None]
        for party in whom:
            due = row.since <= now
            if _met(case, row, party, file):
                there, wanted = there + 1, wanted + 1
                continue
            wanted += due
            found.append(_missing(ctx, case, row, party, file, due))
    return Report(there, wanted, sorted(found, key=lambda each: (not each.due, each.number)))


def _debtors(case: Case) -> list[Party]:
    return [party for party in case.parties.all() if party.role == Party.Role.DEBTOR]


def _read(case: Case) -> _File:
    papers = list(Material.objects.filter(case=case, voided_at=None, replaced_by=None))
    where = placing.places(case, papers)
    documents = list(
        Document.objects.filter(case=case, state__in=(*OPEN, State.ISSUED)).select_related("posting__person")
    )
    kinds = {row.material_id: row.kind for row in documents}
    return _File(
        [(paper, where[paper.pk], kinds.get(paper.pk, "")) for paper in papers],
        {(row.kind, row.subject) for row in documents if row.state == State.ISSUED},
        [row for row in documents if row.state in OPEN],
        list(case.approvals.filter(state=Approval.State.WAITING).prefetch_related("places")),
        contexts.standard(context.read(), case),
        {},
    )


def _told(case: Case, file: _File, kind: str, subject: str) -> dict[str, Any]:
    """What the paper would be told; rooms are asked once a kind, for the first it is about."""
    if kind not in file.of_kind:
        file.of_kind[kind] = {
            key: value for function in hooks.contexts_of(kind) for key, value in function(case, subject).items()
        }
    party = next((each for each in file.base["parties"] if subject == f"party:{each.pk}"), None)
    return {**file.base, "party": party, **file.of_kind[kind]}


def _met(case: Case, row: Required, party: Party | None, file: _File) -> bool:
    subjects = {"", party.subject} if party else None
    if any(kind in row.kinds and (subjects is None or subject in subjects) for kind, subject in file.issued):
        return True
    numbers = {found.number for place in required.ALSO.get(row.place, (row.place,)) if (found := _place(case, place))}
    for paper, where, kind in file.filed:
        if where.secret or where.number not in numbers or kind:
            continue
        if paper.kind in row.filed or not row.kinds or (where.by_hand and _speaks_of(paper, row, party)):
            return True
    return False


def _speaks_of(paper: Material, row: Required, party: Party | None) -> bool:
    """A scan catalogued by hand: it counts for the row its name does not contradict, and for the debtor it names."""
    others = [each for rows in required.BY_KIND.values() for each in rows if each.place == row.place and each != row]
    named_other = any(each.label in paper.title for each in others) and row.label not in paper.title
    return not named_other and (party is None or party.name in paper.title)


def _place(case: Case, main: int) -> index.Place | None:
    return index.place(case.kind, main, 0)


def _missing(ctx: Context, case: Case, row: Required, party: Party | None, file: _File, due: bool) -> Missing:
    place = _place(case, row.place)
    why, person, url, remedy = _why(ctx, case, row, party, file)
    team = _team(ctx, case, row.owner)
    who = person or _whose(ctx, case, team)
    return Missing(
        place.number if place else 0,
        place.name if place else "",
        row.label,
        party.name if party else "",
        why,
        ctx.roster.name(who) if who else "",
        who,
        team,
        due,
        url,
        remedy,
    )


def _why(ctx: Context, case: Case, row: Required, party: Party | None, file: _File) -> tuple[str, int | None, str, str]:
    """Why the paper is not there, whose it is when a person already has it, and the way."""
    subject = party.subject if party else ""
    drafts = [d for d in file.drafts if d.kind in row.kinds and d.subject in ("", subject)]
    if drafts:
        return _of_draft(ctx, case, drafts[0], file)
    if not row.kinds:
        return "尚未入卷", None, f"/cases/{case.pk}/dossier/#upload", "去上传"
    gaps = _gaps(case, file, row.kinds[0], subject)
    why = f"不能出具，因为还缺：{'、'.join(gaps)}" if gaps else "尚未拟制"
    return why, None, f"/cases/{case.pk}/docs/new/?kind={row.kinds[0]}", "去拟制"


def _of_draft(ctx: Context, case: Case, draft: Document, file: _File) -> tuple[str, int | None, str, str]:
    person, url = (draft.posting.person_id if draft.posting else None), f"/docs/{draft.pk}/"
    if draft.state == State.DRAWING:
        return "正在制发", person, url, "查看"
    if draft.problem:
        return f"不能出具，因为{draft.problem.rstrip('。')}", person, url, "去修改"
    act = KIND[draft.kind].act
    asked = next((each for each in file.waiting if each.pk == draft.approval_id), None) if act else None
    if asked:
        seat = next((place for place in asked.places.all() if place.state == "waiting"), None)
        return (
            f"待签：{seat.label if seat else '签批'}",
            seat.signer_id if seat else person,
            f"/approvals/{asked.pk}/",
            "查看",
        )
    told = _told(case, file, draft.kind, draft.subject)
    gaps = list(dict.fromkeys(words.render(draft.kind, {**told, **draft.asked}).missing))
    if gaps:
        return f"不能出具，因为草稿还缺：{'、'.join(gaps[:4])}", person, url, "去补充"
    return ("已定稿，尚未报请签批" if draft.state == State.READY else "草稿尚未制发"), person, url, "去办理"


def _gaps(case: Case, file: _File, kind: str, subject: str) -> list[str]:
    """What the case does not tell for the paper, beyond what its drafter is asked anyway; in words only."""
    if not subject and (about := KIND[kind].about) in ("party", "creditor"):
        subject = next((party.subject for party in case.parties.all() if about in ("party", party.role)), "")
    told, asked = _told(case, file, kind, subject), words.asked(kind)
    given = {**dict.fromkeys([row.name for row in asked], "…"), **told, **words.proposals(kind, told)}
    known = {row.name for row in asked} | {row.label for row in asked}
    missing = dict.fromkeys(words.render(kind, given).missing)
    return [gap for gap in missing if gap not in known and not gap.isascii()][:4]


def _team(ctx: Context, case: Case, owner: str) -> int | None:
    """The team that owes the paper: of its kind, or the one that holds the case."""
    teams = ctx.roster.teams_of(owner) if owner != "holder" else []
    return teams[0].id if len(teams) == 1 else case.team_id


def _whose(ctx: Context, case: Case, team: int | None) -> int | None:
    """The case's clerk or handler when their team owes it, else the team's leader."""
    if team == case.team_id:
        return case.clerk_id or case.handler_id
    return ctx.roster.leader(team)
