"""How queries and measures join the spine and the exchange folder."""

from assets import answering, carrying_back, freezing, full_queries, measures, ordering, queries, receipts, surplus
from assets.models import ControlMeasure
from cases import hooks as case_hooks
from cases.amounts import yuan
from cases.hooks import (
    Brief,
    approved,
    asks_again,
    brief,
    fact,
    invariant,
    job,
    nightly,
    page,
    panel,
    recorded,
    returned,
    tells,
    unlinking,
)
from documents import hooks
from documents.models import Outgoing

tells("query", "查询", {
    "order": "提出查询", "sent": "发出网络查询", "operator.add": "报备查控专员", "operator.end": "撤销查控专员",
    "offline": "发出线下查询", "answered": "登记线下反馈",
})  # fmt: skip
tells("measure", "控制措施", {
    "propose": "提出冻结", "sent": "发出冻结", "waiting": "轮候", "refused": "未予协助", "none": "决定不冻结",
    "carried": "保全措施转接", "carried_back": "撤回转接", "lapsed": "期满失效",
})  # fmt: skip
page(queries.TICK, "assets:network_query_item")
page("reception.network_freeze", "assets:freeze_item")
hooks.answered(Outgoing.Kind.QUERY)(answering.received)
hooks.answered(Outgoing.Kind.FREEZE)(receipts.received)
hooks.ready(ordering.RULING)(ordering.ruled)
hooks.ready(ordering.NOTICE)(ordering.noticed)


@nightly
def debtors_into_the_full_query():
    full_queries.order_due()


@job(answering.JOB)
def take_in(row):
    answering.take_in(row)


@job(freezing.JOB)
def make_papers(row):
    ordering.make_papers(row)


hooks.sheet(ordering.SUBJECT)(ordering.rulings_of)


@asks_again(ordering.SUBJECT)
def freeze_anew(approval):
    return "账户仍可冻结，在「网络冻结」重新提出", ordering.anew(approval)


@brief("ruling")
def what_is_frozen(case, subject):
    return ordering.brief(case, subject) if case and subject.startswith(ordering.SUBJECT) else Brief([])


@approved("ruling")
def ruling_signed(approval, by):
    ordering.signed(approval)


@returned("ruling")
def ruling_sent_back(approval, by):
    ordering.sent_back(approval)


@recorded("measure_released")
def released(events, by):
    _ended(events, ControlMeasure.State.RELEASED)


@recorded("measure_lapsed")
def lapsed(events, by):
    _ended(events, ControlMeasure.State.LAPSED)


def _ended(events, state):
    measures.ended(events, state)
    surplus.settle([event.case for event in events], "冻结金额已不超过申请标的")


@case_hooks.measures()
def measures_taken(case):
    return measures.taken(case)


@invariant
def freezes_are_watched():
    """A freeze in force has the item that watches its printed end."""
    yield from measures.unwatched()


@unlinking()
def carried_measures_stand_on_it(link):
    return carrying_back.tied(link)


@case_hooks.search("asset")
def where_is_the_thing(text, actor, limit):
    """A plate or a title number answers with the cases in which the thing is known."""
    from assets.pages import asset_search

    return asset_search.find(text, actor, limit)


@fact("controlled", "已冻结", 40)
def money_in_force(cases):
    return {pk: yuan(amount) for pk, amount in freezing.controlled(cases).items()}


@panel("assets", "财产与查控", "view", 5)
def what_there_is(case, actor):
    from assets.pages import case_panel

    return case_panel.panel(case, actor)
