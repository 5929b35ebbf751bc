"""网络查控 in the demo: who is on the reported list, and yesterday's debtors asked about; worker and peer do the rest."""

from assets import operators, queries
from cases import clock
from cases.models import Case, Party
from cases.present import present

from . import officers


def play(scene) -> None:
    """The reference peer answers within the first minute of the demo: assets, then freezes to propose."""
    director = officers.actor(post="bureau_director")
    with clock.at(scene.day(40, 9)):
        for nth in range(2):
            clerk = officers.actor("reception", "clerk", nth=nth)
            operators.report(present(clerk.user), clock.today(), "豫高法执报备〔2026〕12号", director)
    with clock.at(scene.day(1, 16)):
        clerk = officers.actor("reception", "clerk")
        fresh = Case.objects.filter(stage="preparation", confidential=False, kind="first").order_by("-pk")[:6]
        debtors = Party.objects.filter(case__in=list(fresh), role="debtor").exclude(certificate_number="")
        queries.send([party.pk for party in debtors], clerk)
