"""Makers for tests: each gives a valid object through the services, and takes what the test cares about."""

from datetime import date
from decimal import Decimal
from itertools import count

from cases import clock, steps
from cases.models import Case
from teams.actor import SYSTEM, Actor
from teams.models import Posting

_next = count(700001)


def actor(team: str, post: str = "", *, nth: int = 0) -> Actor:
    """Somebody of a team (code), of a post if one is named, as of the program's today."""
    postings = (
        Posting.objects.on(clock.today())
        .filter(team__code=team)
        .select_related("person", "team")
        .order_by("-leads", "id")
    )
    if post:
        postings = postings.filter(post=post)
    return Actor.of(postings[nth].person, postings[nth], clock.today())


def director() -> Actor:
    return actor("leadership", "bureau_director")


def case(**given) -> Case:
    """A first case in reception, with a creditor, a debtor, a basis and a claim of money."""
    return cases(1, **given)[0]


def cases(how_many: int, **given) -> list[Case]:
    return steps.register([registration(**given) for _ in range(how_many)], SYSTEM)


def registration(**given) -> steps.Registration:
    serial = next(_next)
    filed_on = given.pop("filed_on", None) or clock.today()
    fields = {
        "kind": "first",
        "number": f"（{filed_on.year}）豫0902执{serial}号",
        "filed_on": filed_on,
        "cause": "民间借贷纠纷",
        "amount": Decimal("173312.38"),
        "parties": [
            steps.PartyData("creditor", "阎怡娟", certificate="identity", certificate_number="410105196206239967"),
            steps.PartyData(
                "debtor", f"梁涵浩{serial}", certificate="identity", certificate_number="410922197610249985"
            ),
        ],
        "bases": [steps.BasisData(f"（{filed_on.year}）豫0902民初{serial}号", "濮阳市华龙区人民法院")],
        "claims": [steps.ClaimData("money", Decimal("173312.38"))],
    }
    if given.get("state_secret"):  # a stub has none
        fields["amount"] = Decimal(0)
    return steps.Registration(**{**fields, **given})


def after(day: date) -> date:
    """The day after: for edges."""
    return date.fromordinal(day.toordinal() + 1)
