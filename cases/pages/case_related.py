"""Cases that belong to this one: linked, and other open ones of the same debtors. One line each: where, whose, which telephone."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from cases import rights
from cases.context import Context
from cases.models import Case, CaseLink, Party
from cases.pages.case_header import telephone
from cases.workflow import Stage
from teams.actor import Actor

SAME_DEBTOR = 10


def related(ctx: Context, case: Case, actor: Actor, *, may_amend: bool = False) -> list[dict]:
    """A case out of sight is located, not linked; a confidential one of others is told as such and no more."""
    links = CaseLink.objects.filter(Q(case=case) | Q(other=case)).select_related("case", "other").order_by("id")
    out = [link for link in links if link.case_id == case.pk]
    back = [link for link in links if link.case_id != case.pk]
    same = same_debtor(case)
    others = {
        each.pk: each for each in (*(link.other for link in out if link.other), *(link.case for link in back), *same)
    }
    standings = rights.standings(actor, others.values())
    hidden = {pk for pk, standing in standings.items() if standing.recused}  # for this reader it is not there at all
    out = [link for link in out if link.other_id not in hidden]
    back = [link for link in back if link.case_id not in hidden]
    same = [other for other in same if other.pk not in hidden]
    rows = [
        row(ctx, link.get_kind_display(), link.other, standings, link.number)
        | {"remove": reverse("cases:remove_link", args=[case.pk, link.pk]) if may_amend else ""}
        for link in out
    ]
    rows += [row(ctx, reverse_label(link), link.case, standings) for link in back]
    return rows + [row(ctx, "同一被执行人", other, standings) for other in same]


def reverse_label(link: CaseLink) -> str:
    """How the case that is pointed at names the relation."""
    words = {
        CaseLink.Kind.ORIGIN: "恢复后案件",
        CaseLink.Kind.PREVIOUS: "后一案件",
        CaseLink.Kind.PRESERVATION: "执行案件",
        CaseLink.Kind.SAME_BASIS: "同一执行依据",
        CaseLink.Kind.JOINT_LEAD: "合并执行从案",
        CaseLink.Kind.JOINT_MEMBER: "合并执行主案",
    }
    return words.get(CaseLink.Kind(link.kind), f"{link.get_kind_display()}（对方案件）")


def row(ctx: Context, kind: str, other: Case | None, standings: dict, number: str = "") -> dict:
    if other is None:
        return {"kind": kind, "number": number, "url": "", "stage": "不在本系统", "holder": ""}
    standing = standings[other.pk]
    if (other.confidential or other.state_secret) and not standing.view:
        return {"kind": kind, "number": rights.MASKED, "url": "", "stage": "不可查看", "holder": ""}
    team = ctx.roster.team(other.team_id)
    who = (team.name, ctx.roster.name(other.handler_id), telephone(ctx, other)) if team else ()
    return {
        "kind": kind,
        "number": other.number,
        "url": f"/cases/{other.pk}/" if standing.view else "",
        "stage": other.get_stage_display(),
        "holder": " ".join(filter(None, who)),
    }


def same_debtor(case: Case) -> Iterable[Case]:
    """Open cases with a debtor of the same certificate, that anybody may locate; the newest first."""
    if case.state_secret:
        return []
    debtors = [party for party in case.parties.all() if party.role == Party.Role.DEBTOR]
    numbers = [party.certificate_number for party in debtors if party.certificate_number]
    if not numbers:
        return []
    found = Case.objects.filter(
        parties__certificate_number__in=numbers, parties__role=Party.Role.DEBTOR, confidential=False, state_secret=False
    )
    found = found.exclude(pk=case.pk).exclude(stage__in=(Stage.ARCHIVED, Stage.VOID))
    return list(found.distinct().order_by("-id")[:SAME_DEBTOR])
