"""◎ of table 3: what cannot wait for a list rings at once."""

from collections.abc import Iterable

from cases import recused
from cases.context import Context
from cases.models import WorkItem
from teams.notices import tell


def ring(ctx: Context, items: Iterable[WorkItem]) -> None:
    """◎: the judge and the director hear of it at once, when it begins and again when it is about to end; whoever is
    recused from the case hears nothing (flow §7)."""
    items = list(items)
    directors = ctx.roster.office("bureau_director") if items else []
    barred = recused.of_cases((item.case_id for item in items), ctx.today)
    for item in items:
        handler = item.case.handler_id if item.case else None
        people = {item.person_id, handler, ctx.roster.leader(item.team_id), *directors}
        people -= barred.get(item.case_id or 0, frozenset())
        number = f"，{item.case.number}" if item.case and not item.case.confidential else ""
        text = f"请立即处理：{item.title}{number}，{item.due_at.astimezone(ctx.now.tzinfo):%m-%d %H:%M} 届满"
        key = f"ring:{item.pk}:{item.due_at.isoformat()}:{ctx.now >= item.due_at}"
        tell([person for person in people if person], text, f"/items/{item.pk}/", key=key, kind="ring")
