"""The addresses of the assets room, and what must stand there for each."""

from datetime import timedelta
from decimal import Decimal

from assets import freezing, operators, queries
from assets.models import Operator
from cases import clock, work
from teams.actor import SYSTEM
from tests import make
from tests.assets.helpers import account, answer, counter, debtors, row, sent, work_off

RECEPTION, DIRECTOR, FAST, QUALITY = (
    ("reception", "clerk"),
    ("leadership", "bureau_director"),
    ("fast-03", "clerk"),
    ("quality", "clerk"),
)

# fmt: off
PAGES = {
    "assets":       [(RECEPTION, "/assets/"), (RECEPTION, "/assets/?tab=freeze"), (QUALITY, "/assets/"), (DIRECTOR, "/assets/?tab=freeze")],
    "query_batch":  [(RECEPTION, "/assets/queries/{answered}/"), (RECEPTION, "/assets/queries/{held}/"), (DIRECTOR, "/assets/queries/{answered}/")],
    "freeze_batch": [(RECEPTION, "/assets/freezes/{freeze}/")],
    "freeze_item":  [(RECEPTION, "/assets/freeze/{to_freeze}/")],
    "network_query_item": [(RECEPTION, "/assets/first-day/{first_day}/"), (RECEPTION, "/assets/first-day/{unknown}/")],
    "operators":    [(DIRECTOR, "/assets/operators/"), (RECEPTION, "/assets/operators/")],
    "order_query":  [(FAST, "/cases/{fast}/query/")],
}
NO_PAGE = {"send_queries", "release_queries", "query_again", "postpone_queries", "propose_freezes", "end_operator"}
# fmt: on


def world() -> dict:
    """A batch that waits, one answered with doubts, a freeze before the judge, a case whose money is found."""
    clerk, director = make.actor(*RECEPTION), make.actor(*DIRECTOR)
    if not Operator.objects.exists():
        operators.report(clerk.user, clock.today(), "豫高法执报备2026-1", director)
    first, second, third = counter("蒋一", "蒋二", amount="60000"), counter("蒋三"), counter("蒋四", "蒋五")
    nobody = counter("蒋六")
    nobody.parties.filter(role="debtor").update(certificate="", certificate_number="")
    held = queries.send(debtors(third)[:1], clerk, fault="登录不上", retry_at=clock.now() + timedelta(hours=5))
    batch = sent(clerk, first, second)
    rows = [
        row(first),
        row(first, kind="real_estate", key="豫1", title="不动产 豫1", amount=None),
        row(first, name="另一人"),
        row(second),
    ]
    answer(batch, [*rows, row(first, case="（2026）豫0902执1号")])
    for case in (first, second):
        work.record_event(case, "money_found", clock.now(), SYSTEM)
        account(case, "9001", "9000")
        account(case, "9002", "700", protected="最低生活保障金专用账户")
    chosen = {asset.pk: Decimal("100") for asset in first.assets.filter(kind="deposit", protected="")}
    freeze = freezing.propose(chosen, clerk).batch
    work_off()
    duty = second.items.get(rule="reception.network_freeze", open=True)
    return {
        "answered": batch.pk,
        "first_day": third.items.get(rule=queries.FIRST_DAY).pk,
        "unknown": nobody.items.get(rule=queries.FIRST_DAY).pk,
        "held": held.pk,
        "freeze": freeze.pk if freeze else 0,
        "to_freeze": duty.pk,
        "frozen_case": first.pk,
    }
