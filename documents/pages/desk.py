"""`/docs/` 文书: what the team has in drafting, what waits for a signature, what could not be issued, what was issued."""

from django.db.models import Q

from cases import context, lists, rights
from documents import issuing
from documents.models import Batch, Document
from documents.pages import service_page
from documents.pages.case_papers import open_to, row
from teams.actor import Actor

State = Document.State
TABS = (
    ("draft", "草稿", Q(state=State.DRAFT, problem="")),
    ("failed", "未能制发", Q(state=State.DRAFT) & ~Q(problem="")),
    ("ready", "定稿待签", Q(state=State.READY)),
    ("drawing", "制发中", Q(state=State.DRAWING)),
    ("sealing", "待用印", Q(state=State.ISSUED, sealing__state__in=("waiting", "refused"))),
    ("issued", "已制发", Q(state__in=(State.ISSUED, State.VOID))),
)
EMPTY = {
    "draft": "本团队没有草稿。文书在案件页「文书」中拟制。",
    "failed": "没有未能制发的文书。",
    "ready": "没有等待签批的定稿。",
    "drawing": "没有正在制发的文书。",
    "sealing": "没有等待用印的文书。",
    "issued": "本团队还没有制发过文书。",
}


def index(request, actor: Actor) -> dict:
    """One tab of the team's papers or of their service, fifty a page."""
    key = request.GET.get("tab", "draft")
    mine = Document.objects.filter(posting__team_id=actor.team_id, case__in=rights.visible(actor))
    known = {tab[0] for tab in TABS} | service_page.TABS.keys()
    key = key if key in known else "draft"
    shown = service_page.tab(request, actor, key) if key in service_page.TABS else papers(request, actor, mine, key)
    services = service_page.team_rows(actor)
    counts = [
        *((key, label, lists.capped(mine.filter(wanted), "pk")) for key, label, wanted in TABS),
        *(
            (key, label, lists.capped(services.filter(wanted), "pk"))
            for key, (label, wanted) in service_page.TABS.items()
        ),
    ]
    return {
        "tabs": [
            {"key": each, "label": label, "url": f"/docs/?tab={each}", "current": each == key, "count": count}
            for each, label, count in counts
        ],
        "tab": key,
        **shown,
    }


def papers(request, actor: Actor, mine, key: str) -> dict:
    """The papers of a tab, the newest first."""
    ctx, wanted = context.read(), next(tab[2] for tab in TABS if tab[0] == key)
    rows = mine.filter(wanted).select_related("case", "posting__person", "material", "sealing", "entered", "approval")
    page = lists.keyset(rows, "pk", request.GET.get("after", ""), descending=True)
    standings = rights.standings(actor, [document.case for document in page.rows])
    shown = [
        {
            **row(ctx, document),
            "case": document.case.number,
            "case_url": f"/cases/{document.case_id}/?tab=documents",
            "issuable": key in ("draft", "failed") and not issuing.refusal(document),
        }
        for document in page.rows
        if open_to(document, actor, rights.may_secret(actor, standings[document.case_id]))
    ]
    parameters = list(request.GET.items())
    return {
        "rows": shown,
        "issuable": any(each["issuable"] for each in shown),
        "empty": EMPTY[key],
        "next": lists.link(request.path, parameters, page.next),
        "previous": lists.link(request.path, parameters, page.previous),
    }


def progress(batch: Batch) -> dict:
    """How far a batch is: counted from its papers."""
    rows = list(batch.documents.select_related("case").order_by("pk"))
    done = [row for row in rows if row.state in (State.ISSUED, State.VOID)]
    failed = [row for row in rows if row.problem]
    return {
        "batch": {"id": batch.pk, "at": batch.at},
        "total": len(rows),
        "done": len(done),
        "running": sum(row.state == State.DRAWING for row in rows),
        "failed": [
            {"title": row.title, "case": row.case.number, "problem": row.problem, "url": f"/docs/{row.pk}/"}
            for row in failed
        ],
    }
