"""现在在哪里: a bar code in the one search box answers with the place of the bundle."""

from cases import context, rights
from cases.pages.names import short_number
from cases.search import Hit
from documents import codes, custody
from documents.models import Bundle
from teams.actor import Actor


def find(text: str, actor: Actor) -> list[Hit]:
    """Nothing for what is no code of a bundle, or of a case the officer may not see."""
    code = codes.read(text)
    if code is None or code.kind != codes.BUNDLE or not rights.may_office(actor, "custody"):
        return []
    row = Bundle.objects.select_related("case", "team", "holder").filter(pk=code.key).first()
    if row is None or not rights.standings(actor, [row.case])[row.case_id].view:
        return []
    number = short_number(row.case, context.read().today.year)
    holder = row.team.name
    return [Hit("材料包", f"{number}　{row.title}", custody.where(row), holder, f"/bundles/{row.pk}/", row.case.number)]
