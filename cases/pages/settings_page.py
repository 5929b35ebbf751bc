"""「待院里确认」: every value the court may set or must confirm, beside the program's own."""

from cases.approvals import ACTS
from cases.deadlines import RULES
from cases.models import CourtSetting
from cases.settings_table import SETTINGS
from teams.actor import Actor


def settings(actor: Actor) -> dict:
    """Clocks marked ?, acts marked ?, and the settings table, each with the value in force."""
    stored = {row.key: row for row in CourtSetting.objects.select_related("confirmed_by")}
    rows = [_setting(s.key, s.label, s.default, s.why, stored) for s in SETTINGS]
    clocks = [
        _setting(f"clock.{r.key}", r.label, str(r.length if r.length is not None else "按文书"), r.trigger, stored)
        | {"law": r.law}
        for r in RULES
        if r.confirm
    ]
    acts = [
        {"label": a.label, "chains": "；".join(f"{c.label}：{'→'.join(p.label for p in c.places)}" for c in a.chains)}
        for a in ACTS
        if a.confirm
    ]
    return {"rows": rows, "clocks": clocks, "acts": acts, "may_edit": actor.post == "system_admin"}


def _setting(key: str, label: str, default: str, why: str, stored) -> dict:
    row = stored.get(key)
    confirmed = (
        f"{row.confirmed_by.name if row.confirmed_by else ''} {row.confirmed_on:%Y-%m-%d}"
        if row and row.confirmed_on
        else ""
    )
    return {
        "key": key,
        "label": label,
        "default": default,
        "value": row.value if row else default,
        "why": why,
        "confirmed": confirmed,
    }
