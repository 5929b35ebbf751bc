"""Service as it is shown: a paper's services, the team's lists of what is to be served, what became of one run."""

from datetime import datetime

from django.db.models import F, Q

from cases import context, lists, rights
from cases.context import Context
from cases.pages.item_page import case_line
from cases.pages.lights import short, stamp
from documents import access, delivery_runs, marked, proofs, service_rows, service_rules
from documents.access import may_draft
from documents.kinds import KIND
from documents.models import Document, Sealing, Service, ServiceRun
from documents.pages.case_papers import SEAL_COLOUR
from documents.service_rules import Way
from teams.actor import Actor

State = Service.State
COLOUR = {
    State.PLANNED: "am", State.SENT: "bl", State.SERVED: "gr", State.FAILED: "re", State.WITHDRAWN: "",
}  # fmt: skip
TABS = {
    "to_serve": ("待送达", Q(state=State.PLANNED)),
    "under_way": ("送达中", Q(state=State.SENT)),
    "unserved": ("送达失败", Q(state=State.FAILED, followed_by=None)),
}
EMPTY = {
    "to_serve": "没有待送达的文书。",
    "under_way": "没有正在送达的文书。",
    "unserved": "没有送达失败、待另行送达的文书。",
}


def page(document: Document, actor: Actor) -> dict:
    """`/docs/<id>/service/`: the seal, each person on whom it is served, what can be done now."""
    ctx, standing = context.read(), rights.standings(actor, [document.case])[document.case_id]
    kind = KIND[document.kind]
    issued = document.state == Document.State.ISSUED
    may = issued and access.may(actor, standing, document, "serve_document")
    services = [row(ctx, each, may) for each in _of(Service.objects.filter(document=document)).order_by("pk")]
    drafts = _drafts(document, actor) if may and rights.may(actor, standing, "draft_document") else []
    return {
        "document": {
            "id": document.pk,
            "title": document.title,
            "number": document.number,
            "state": document.get_state_display(),
            "file": f"/materials/{document.material_id}/" if document.material_id else "",
            "copies": "、".join(marked.names(document)),
        },
        "case": {
            "id": document.case_id, "number": document.case.number, "line": case_line(document.case),
            "url": f"/cases/{document.case_id}/?tab=documents",
        },
        "sealing": seal(ctx, document, issued and access.may(actor, standing, document, "seal_document")),
        "services": services,
        "ways": "、".join(Way(way).label for way in service_rules.ways(kind)),
        "only": service_rules.DIRECT_ONLY.get(kind.key, ""),
        "may": may,
        "drafts": drafts,
        "electronic": [each["id"] for each in services if each["electronic"]] if may else [],
    }  # fmt: skip


def _drafts(document: Document, actor: Actor) -> list[dict]:
    """The papers that a way of serving this one needs, where the officer's team drafts them."""
    open_ways = service_rules.ways(KIND[document.kind])
    kinds = [KIND[kind] for way, kind in proofs.DRAFTED.items() if way in open_ways]
    return [{"kind": kind.key, "label": kind.label} for kind in kinds if may_draft(kind, document.case, actor)]


def seal(ctx: Context, document: Document, may: bool) -> dict | None:
    found = Sealing.objects.filter(document=document).first()
    if found is None:
        return None
    return {
        "state": found.get_state_display(),
        "colour": SEAL_COLOUR[Sealing.State(found.state)],
        "how": found.get_how_display(),
        "at": stamp(ctx, found.at) if found.at else "",
        "reason": found.reason,
        "done": found.state == Sealing.State.DONE,
        "again": may and found.state == Sealing.State.REFUSED and found.how == Sealing.How.SERVICE,
        "may": may and found.state != Sealing.State.DONE,
    }


def _of(rows):
    """The services with what a row shows, those of void papers too."""
    return rows.select_related("document__case", "document__sealing", "document__posting", "party", "receipt").annotate(
        next=F("followed_by__id")
    )


def row(ctx: Context, service: Service, may: bool) -> dict:
    """One service with its course and the buttons that fit its state."""
    followed = getattr(service, "next", None)
    waiting = service.state in (State.PLANNED, State.SENT) or (service.state == State.FAILED and not followed)
    to = service_rows.electronic_to(service) if service.state == State.PLANNED else ""
    kind = KIND[service.document.kind]
    return {
        "id": service.pk,
        "name": service.name,
        "role": service.party.get_role_display() if service.party else "其他受送达人",
        "party": service.party_id,
        "to": service.to,
        "way": service.get_way_display(),
        "state": service.get_state_display(),
        "colour": COLOUR[State(service.state)],
        "sent": short(service.sent_on, ctx.today),
        "number": service.number,
        "served": short(service.served_on, ctx.today),
        "steps": service.explained,
        "course": [(stamp(ctx, datetime.fromisoformat(at)), text) for at, text in service.course],
        "signer": "，".join(filter(None, (service.signer, service.relation))),
        "reason": service.reason,
        "receipt": f"/materials/{service.receipt_id}/" if service.receipt_id else "",
        "may": may and waiting,
        "sendable": service.state in (State.PLANNED, State.FAILED) and len(service_rules.ways(kind)) > 1,
        "electronic": bool(to) and not service_rules.refusal(kind, Way.ELECTRONIC),
        "consent": to,
    }


def tab(request, actor: Actor, key: str) -> dict:
    """One of the team's lists of service, the oldest first, fifty a page."""
    ctx = context.read()
    mine = team_rows(actor)
    if (case := request.GET.get("case", "")).isdigit():
        mine = mine.filter(document__case=int(case))
    page = lists.keyset(_of(mine.filter(TABS[key][1])), "pk", request.GET.get("after", ""))
    may = rights.standings(actor, [each.document.case for each in page.rows])
    rows = [
        {
            **row(ctx, each, access.may(actor, may[each.document.case_id], each.document, "serve_document")),
            "title": each.document.title,
            "document_url": f"/docs/{each.document_id}/service/",
            "case": each.document.case.number,
            "case_url": f"/cases/{each.document.case_id}/",
            "seal": _unsealed(each.document),
        }
        for each in page.rows
    ]
    parameters = list(request.GET.items())
    return {
        "services": rows,
        "empty": EMPTY[key],
        "next": lists.link(request.path, parameters, page.next),
        "previous": lists.link(request.path, parameters, page.previous),
    }


def _unsealed(document: Document) -> str:
    found = getattr(document, "sealing", None)
    return found.get_state_display() if found and found.state != Sealing.State.DONE else ""


def team_rows(actor: Actor):
    """Services of papers that the team has issued, of cases it may see; none of the 副卷, which nobody is served with."""
    return Service.objects.filter(
        document__posting__team_id=actor.team_id, document__state=Document.State.ISSUED,
        document__case__in=rights.visible(actor),
    )  # fmt: skip


def to_seal(actor: Actor):
    """Papers of the team that wait for their seal."""
    return Document.objects.filter(
        posting__team_id=actor.team_id, state=Document.State.ISSUED, case__in=rights.visible(actor),
        sealing__state__in=(Sealing.State.WAITING, Sealing.State.REFUSED),
    )  # fmt: skip


def run(found: ServiceRun) -> dict:
    """What became of one submission: served, failed, under way, and what was not submitted with the reason."""
    rows = list(found.services.select_related("document__case", "party").order_by("pk"))
    refused = dict.fromkeys(delivery_runs.failed(found), "系统未能提交") | dict(found.refused)
    left = list(Service.objects.filter(pk__in=refused).select_related("document__case").order_by("pk"))
    submitted = {each.pk for each in rows}
    running = [each for each in rows if each.state == State.SENT]
    waiting = len(set(found.asked) - submitted - refused.keys())
    done = [_line(each) for each in rows if each.state == State.SERVED]
    return {
        "run": {"id": found.pk, "at": found.at},
        "total": len(found.asked) or len(rows),
        "waiting": waiting,
        "seen": len(found.asked) - waiting if waiting else len(done),
        "running": len(running),
        "done": done,
        "failed": [{**_line(each), "reason": each.reason} for each in rows if each.state == State.FAILED],
        "other": len([each for each in rows if each.state == State.WITHDRAWN]),
        "left": [{**_line(each), "reason": refused[each.pk]} for each in left if each.pk not in submitted],
        "again": [each.pk for each in left if each.pk not in submitted and each.state == State.PLANNED],
    }


def _line(service: Service) -> dict:
    return {
        "id": service.pk,
        "url": f"/docs/{service.document_id}/service/",
        "title": service.document.title.partition("　")[0],
        "name": service.name,
        "case": service.document.case.number,
    }
