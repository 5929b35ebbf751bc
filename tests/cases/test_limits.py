"""Further limits are shown with their derivation: marks on their item, gates on the case."""

from datetime import date

import pytest

from cases import context, limits, work
from cases.models import WorkItem
from tests import make

pytestmark = pytest.mark.django_db


def of(case, rule: str) -> list[str]:
    item = WorkItem.objects.get(case=case, rule=rule, open=True)
    return [each.text for each in limits.marks(context.read(), [item]).get(item.pk, ())]


def test_the_notice_has_two_further_limits_counted_from_filing_and_from_the_application(at):
    with at("2026-11-23 09:00"):
        case = make.case(filed_on=date(2026, 11, 23), received_on=date(2026, 11, 18))
        item = WorkItem.objects.get(case=case, rule="reception.first_day")
        for part in work.PARTS["reception.first_day"]:
            work.tick(item, part, "done", make.actor("reception", "clerk"))
        assert of(case, "documents.standard_set") == [
            "执行通知三日内发出：2026-11-26 止",
            "执行通知十日内发出：2026-11-30 止",  # the 28th is a Saturday
        ]


def test_an_item_without_marks_costs_no_query(django_assert_num_queries):
    item = WorkItem.objects.filter(case=make.case(), rule="enforcement.limit").get()
    ctx = context.read()
    with django_assert_num_queries(0):
        assert limits.marks(ctx, [item]) == {}


def gates(case) -> list[limits.Limit]:
    return limits.of_case(context.read(), case, list(case.items.filter(open=True)))[1]


def test_gates_stand_on_the_case_and_pass(at):
    with at("2026-03-02 09:00"):
        case = make.case(filed_on=date(2026, 3, 2))
        texts = [each.text for each in gates(case)]
        assert "终本最早日：2026-06-03 起" in texts
        assert any(text.startswith("报请延长的最后日：2026-08-") for text in texts)
    with at("2026-06-03 09:00"):
        (earliest,) = [each for each in gates(case) if each.rule.key == "terminal.earliest"]
        assert earliest.steps


def test_a_gate_of_an_event_names_its_subject(at):
    case, by = make.case(), make.actor("reception", "clerk")
    work.record_event(case, "outsider_rejection_served", context.read().now, by, subject="房产 1")
    texts = [each.text for each in gates(case)]
    assert any(text.startswith("驳回后不得处分（房产 1）") for text in texts)
