"""Loads the teams of the plan, the establishment and the three administrators' groups; safe to repeat."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from teams import establishment, hooks
from teams.models import EstablishmentLine, Post, Team

EDIT = ("add", "change", "view")
KEPT = ("user", "team", "posting", "establishmentline", "pairedjudge", "dutyjudge", "dutybailiff", "leave", "acting")
EVENTS = (
    "userevent",
    "postingevent",
    "pairedjudgeevent",
    "dutyjudgeevent",
    "dutybailiffevent",
    "leaveevent",
    "actingevent",
)

# Three administrators, three people: what one may change, no other may (reference data of the security baseline).
# fmt: off
MAY: dict[Post, dict[str, dict]] = {
    Post.SYSTEM_ADMIN: {
        "teams": {"user": EDIT, "team": EDIT, "establishmentline": EDIT, "posting": ("view",)},
        "cases": dict.fromkeys(("restday", "calendaryear", "courtsetting"), ("view",)),  # changed on pages of table 2
    },
    Post.SECURITY_ADMIN: {
        "teams": {"posting": EDIT, "pairedjudge": EDIT, "dutyjudge": EDIT, "dutybailiff": EDIT, "leave": EDIT,
                  "acting": ("view",), "user": ("view",), "team": ("view",), "establishmentline": ("view",)},
        "cases": {"casegrant": EDIT},
    },
    Post.AUDIT_ADMIN: {
        "teams": dict.fromkeys((*EVENTS, "login", "failedlogin"), ("view",)),
        "cases": dict.fromkeys(("journalentry", "journalseal", "restdayevent", "calendaryearevent", "courtsettingevent"), ("view",)),
    },
}
# fmt: on


@transaction.atomic
def load() -> list[str]:
    """Bring the reference data in, without touching what the court has corrected; say what there is."""
    for row in establishment.teams():
        Team.objects.get_or_create(code=row["code"], defaults=row)
    known = set(EstablishmentLine.objects.values_list("team_kind", flat=True))
    EstablishmentLine.objects.bulk_create(
        EstablishmentLine(
            team_kind=line.kind,
            post=line.post,
            alternative=line.alternative,
            special=line.special,
            number=line.number,
            leads=line.leads,
        )
        for line in establishment.LINES
        if line.kind not in known
    )
    load_groups()
    lines = [f"团队 {Team.objects.count()} 个，编制 {EstablishmentLine.objects.count()} 行，管理员组 {len(MAY)} 个"]
    for loader in hooks.reference:
        lines += loader() or []
    return lines


def load_groups() -> None:
    """Give each administrators' group exactly its permissions; models that are not there are left out."""
    keys = {
        (app, model, codename): pk
        for app, model, codename, pk in Permission.objects.filter(
            content_type__app_label__in=("teams", "cases")
        ).values_list("content_type__app_label", "content_type__model", "codename", "pk")
    }
    for post, apps in MAY.items():
        group, _ = Group.objects.get_or_create(name=post.label)
        wanted = [
            keys.get((app, model, f"{verb}_{model}"))
            for app, models in apps.items()
            for model, verbs in models.items()
            for verb in verbs
        ]
        group.permissions.set([pk for pk in wanted if pk])
