"""Who may do what to which case: the one reader of table 2 that knows cases.

Three distances: locate, view, act (flow §7). A right is the post of one posting in one team; a recusal takes
everything away, a grant adds one case for one person.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from cases import permissions
from cases.models import Case, CaseGrant, CaseSight, Material, WorkItem
from cases.models.work_item import SIGNATURES
from cases.refusals import Forbidden, Unseen
from cases.statements import Statement
from teams.actor import Actor
from teams.models import Post, Posting

MASKED = "*案件"  # a case out of the reader's sight, where something of it must stand all the same (flow §7)
WIDE = {"leadership", "quality", "archives", "petitions", "reception"}
OVERSEERS = {"leadership", "quality"}  # may open any team's queue
LOOKING = {"view", "nudge"}
SECRET = {"secret_volume", "bind_secret"}  # either opens the 副卷
OUTSIDE = {Post.CONTRACTOR, Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDIT_ADMIN}


# For counts written by hand: the cases that do not exist for an officer, as an array; seldom any.
HIDDEN = (
    "ARRAY(SELECT g.content_object_id FROM cases_casegrant g JOIN auth_permission q ON q.id = g.permission_id"
    " WHERE g.user_id = {me} AND q.codename = 'recused_from_case' AND (g.until IS NULL OR g.until >= {day}))"
)


class Standing(NamedTuple):
    """How an officer stands to a case."""

    view: bool
    holds: bool
    item: bool
    granted: bool
    recused: bool


NONE = Standing(False, False, False, False, False)
SYSTEM = Standing(True, True, True, True, False)

# Scalar subqueries and not EXISTS: a plan for every parameter must not hash all a team has ever seen.
READ = Statement(
    "standings",
    """
SELECT c.id,
       (SELECT true FROM cases_casesight s WHERE s.team_id = ANY(me.teams) AND s.case_id = c.id LIMIT 1) IS NOT NULL,
       (SELECT true FROM cases_workitem i WHERE i.case_id = c.id AND i.open AND i.team_id = me.team
          AND i.rule NOT IN ('ruling.sign', 'approval.sign') LIMIT 1) IS NOT NULL,
       (SELECT true FROM cases_workitem i WHERE i.case_id = c.id AND i.open AND i.person_id = me.id LIMIT 1) IS NOT NULL,
       (SELECT true FROM cases_approval a JOIN cases_approvalplace p ON a.id = p.approval_id
        WHERE a.case_id = c.id AND (p.signer_id = me.id OR p.signed_by_id = me.id)
          AND (p.place <> 'panel' OR c.closed_on IS NULL) LIMIT 1) IS NOT NULL,
       ARRAY(SELECT q.codename FROM cases_casegrant g JOIN auth_permission q ON q.id = g.permission_id
             WHERE g.content_object_id = c.id AND g.user_id = me.id AND (g.until IS NULL OR g.until >= me.day))
FROM (SELECT %s::bigint AS id, %s::bigint AS team, %s::bigint[] AS teams, %s::date AS day) me, cases_case c WHERE c.id = ANY(%s::bigint[])
""",
)


def standings(actor: Actor, cases: Iterable[Case]) -> dict[int, Standing]:
    """Answer for one case or a thousand with one query."""
    cases = list(cases)
    if actor.user_id is None:
        return {case.pk: SYSTEM for case in cases}
    if actor.post in OUTSIDE or not cases:
        return {case.pk: NONE for case in cases}
    teams = [actor.team_id, *actor.paired]
    rows = READ.rows(actor.user_id, actor.team_id, teams, actor.day, [case.pk for case in cases])
    found = {row[0]: row[1:] for row in rows}
    return {case.pk: _standing(actor, case, *found[case.pk]) for case in cases}


def _standing(actor, case, sight, item, own_item, signer, grants) -> Standing:
    if "recused_from_case" in grants:
        return Standing(False, False, False, False, True)
    holds, granted = case.team_id == actor.team_id, "work_on_case" in grants
    personal = bool({"work_on_case", "view_case"} & set(grants)) or signer
    if case.confidential or case.state_secret:
        named = actor.user_id in (case.handler_id, case.clerk_id) or own_item or (holds and actor.leads)
        view = personal or named
    else:
        view = personal or holds or item or sight or actor.kind in WIDE or case.team_id in actor.paired
    return Standing(view, view and holds, view and item, granted, False)


def may(actor: Actor, standing: Standing, action: str, *, item: WorkItem | Posting | None = None) -> bool:
    """Read the mark of table 2 for this posting against the standing. `item`: whose team it is, of an item or, for what
    a room keeps, of the posting it was made from."""
    if actor.user_id is None:
        return True
    mark = permissions.mark(action, actor.post, actor.kind, actor.special)
    holds_item = item.team_id == actor.team_id if item else standing.item or standing.holds
    return {
        "●": standing.view and (standing.holds or standing.granted),
        "◆": standing.view and (holds_item or standing.granted),
        "○": standing.view,
        "□": True,
        ".": False,
    }[mark]


def refusal(actor: Actor, case: Case, action: str, *, standing: Standing | None = None, item=None) -> str:
    """Why this officer may not do it to this case; empty when he may. Raises Unseen for a case out of sight."""
    standing = standing or standings(actor, [case])[case.pk]
    if not standing.view:
        raise Unseen(case.number)
    return "" if may(actor, standing, action, item=item) else sentence(actor, action)


def sentence(actor: Actor, action: str) -> str:
    row = permissions.row(action)
    mark = permissions.mark(action, actor.post, actor.kind, actor.special)
    if mark == "●":
        return f"「{row.label}」由承办团队办理；本案现不在{actor.team_name}。"
    if mark == "◆":
        return f"「{row.label}」由事项的承办团队办理；该事项现不在{actor.team_name}。"
    return f"{actor.label}无「{row.label}」的权限。"


def require(actor: Actor, case: Case, action: str, *, item=None) -> None:
    """Let the act pass, or raise Unseen (404) or Forbidden (403) with the reason."""
    if reason := refusal(actor, case, action, item=item):
        raise Forbidden(reason)


def may_secret(actor: Actor, standing: Standing) -> bool:
    """Whether the officer opens the 副卷: who decides or keeps the case, and archives while they arrange its file."""
    return any(may(actor, standing, action) for action in SECRET)


def may_office(actor: Actor, action: str) -> bool:
    """Whether the officer may do what needs no case; the system itself may."""
    return actor.user_id is None or permissions.mark(action, actor.post, actor.kind, actor.special) != "."


def require_chore(actor: Actor, item: WorkItem, action: str) -> None:
    """The same for a team's own chore without a case: its team does it, and who may open any team's queue looks at
    it and urges; for all others it does not exist."""
    if actor.user_id is None:
        return
    own = item.team_id == actor.team_id or item.person_id == actor.user_id
    if actor.post in OUTSIDE or not (own or actor.kind in OVERSEERS):
        raise Unseen(item.title)
    if permissions.mark(action, actor.post, actor.kind, actor.special) == ".":
        raise Forbidden(sentence(actor, action))
    if not own and action not in LOOKING:
        raise Forbidden(f"「{item.title}」是{item.team.name}自己的事务，由该团队办理。")


def chore_actions(actor: Actor, item: WorkItem) -> set[str]:
    """What the officer may do with a team's own chore."""
    found = set()
    for row in permissions.TABLE:
        with suppress(Unseen, Forbidden):
            require_chore(actor, item, row.action)
            found.add(row.action)
    return found


def require_office(actor: Actor, action: str) -> None:
    """The same for what needs no case: import, staffing, statistics, audit."""
    if not may_office(actor, action):
        raise Forbidden(sentence(actor, action))


def actions(actor: Actor, case: Case, standing: Standing | None = None) -> set[str]:
    """Every action the officer may take on the case."""
    standing = standing or standings(actor, [case])[case.pk]
    return {row.action for row in permissions.TABLE if may(actor, standing, row.action)}


def recused_from(actor: Actor) -> list[int]:
    """The cases that do not exist for this officer; seldom any."""
    rows = CaseGrant.objects.filter(user_id=actor.user_id, permission__codename="recused_from_case")
    return list(rows.exclude(until__lt=actor.day).values_list("content_object_id", flat=True))


def listed(actor: Actor, items: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    """Items as a list may show them: none of a case from which the officer is recused; and in a narrow team not the
    signatures that wait for a colleague, for they show the case to the signer alone. Who comes from outside the court
    has the items given to him by name (users-and-quality: the blind contractor)."""
    if actor.post in OUTSIDE:
        items = items.filter(person_id=actor.user_id)
    if hidden := recused_from(actor):
        items = items.exclude(case__in=hidden)
    if actor.kind not in WIDE:
        items = items.exclude(Q(rule__in=SIGNATURES) & ~Q(person_id=actor.user_id))
    return items


def visible(actor: Actor, cases: QuerySet[Case] | None = None) -> QuerySet[Case]:
    """The cases this officer may list; the same rule as `standings`, as a filter.

    Narrow teams walk `CaseSight` by (team, case), a paired judge that of his teams too; wide teams walk cases. Confidential cases are listed to the
    people named on them only.
    """
    cases = Case.objects.all() if cases is None else cases
    if actor.user_id is None:
        return cases
    if actor.post in OUTSIDE:
        return cases.none()
    me = actor.user_id
    grants = CaseGrant.objects.filter(user_id=me, content_object_id=OuterRef("pk")).filter(
        Q(until__isnull=True) | Q(until__gte=actor.day)
    )
    recused = grants.filter(permission__codename="recused_from_case")
    named = (
        Q(handler_id=me)
        | Q(clerk_id=me)
        | Exists(grants.filter(permission__codename__in=("view_case", "work_on_case")))
    )
    if actor.leads:
        named |= Q(team_id=actor.team_id)  # type: ignore[assignment]
    plain = Q(confidential=False, state_secret=False)
    if actor.kind in WIDE:
        return cases.filter(plain | named).exclude(Exists(recused))
    sights = CaseSight.objects
    mine = sights.filter(team_id__in=[actor.team_id, *actor.paired]) if actor.paired else sights.filter(team=actor.team)
    return cases.filter(Q(pk__in=Subquery(mine.values("case_id")))).filter(plain | named).exclude(Exists(recused))


def openable(actor: Actor, papers: QuerySet[Material]) -> QuerySet[Material]:
    """The papers this officer may open, of the cases he lists; of the 副卷 only where `may_secret` says so. The same
    rule as a filter, so that a search over all cases takes nothing back of what it has found."""
    if actor.user_id is None:
        return papers
    secret = _reached(actor, SECRET)
    inside = papers.filter(_reached(actor, {"material"}), case__in=visible(actor))
    return inside.filter(Q(secret_volume=False) | secret) if secret else inside


def _reached(actor: Actor, actions: set[str]) -> Q:
    """Of papers: those of cases on which the officer may do one of the actions; the marks of table 2 as a filter."""
    marks = {permissions.mark(action, actor.post, actor.kind) for action in actions}
    if "○" in marks:
        return Q()
    if marks == {"."}:
        return Q(pk__in=[])
    granted = CaseGrant.objects.filter(user_id=actor.user_id, permission__codename="work_on_case")
    granted = granted.exclude(until__lt=actor.day)
    found = Q(case__team_id=actor.team_id) | Q(case__in=granted.values("content_object_id"))
    if "◆" in marks:
        items = WorkItem.objects.filter(open=True, team_id=actor.team_id).exclude(rule__in=SIGNATURES)
        found |= Q(case__in=items.values("case"))
    return found
