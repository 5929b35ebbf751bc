"""What a form on a case is read against: its facts and its parties, beside the form."""

from cases import hooks, rights
from cases.models import Case
from cases.pages import case_header
from teams.actor import Actor

FACTS = ("amount", "recovered", "handler", "limit", "filed")


def beside(case: Case, actor: Actor) -> dict:
    """Nothing for whoever may act on the case and not read it."""
    if not rights.standings(actor, [case])[case.pk].view:
        return {}
    chosen = [fact for fact in hooks.facts if fact.key in FACTS]
    facts = [{"label": "案由", "text": case.cause or "—"}, *case_header.facts(case, chosen)]
    parties = sorted(case.parties.all(), key=lambda row: (row.role, row.position))
    return {"facts": facts, "parties": [_party(row) for row in parties]}


def _party(row) -> dict:
    debtor = row.role == row.Role.DEBTOR
    return {
        "role": row.get_role_display(),
        "debtor": debtor,
        "name": row.name,
        "standing": row.get_standing_display() if debtor else "",
        "active": row.standing == row.Standing.ACTIVE,
    }
