"""The period for performance is read as it is printed, to the day, or stops the paper."""

from datetime import date

import pytest

from cases import context
from cases.refusals import Refused
from documents import drafting, issuing, performance
from tests import make
from tests.cases.signing_helpers import fast_case
from tests.documents.helpers import draft, work_off

SERVED = date(2026, 11, 27)  # a Friday


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("自收到本通知书之日起立即", date(2026, 11, 27)),
        ("自收到本通知书之日起三日内", date(2026, 11, 30)),
        ("自收到本通知书之日起一日内", date(2026, 11, 30)),  # 28 Nov is a Saturday
        ("收到后120日内", date(2027, 3, 29)),  # 27 Mar 2027 is a Saturday
        ("收到后15日内", date(2026, 12, 14)),  # 12 Dec is a Saturday
        ("收到后１５天内", date(2026, 12, 14)),
        ("于2026年12月15日前", date(2026, 12, 15)),
        ("于2026年12月13日前", date(2026, 12, 13)),  # a Sunday: a printed day does not roll
        ("于二〇二六年十二月十五日之前", date(2026, 12, 15)),
        ("在 12 月 15 日前", date(2026, 12, 15)),
        ("于1月5日前", date(2027, 1, 5)),
        ("于11月27日前", date(2026, 11, 27)),
        ("2026-12-15前", date(2026, 12, 15)),
        ("于2026年11月20日前", date(2026, 11, 27)),  # over before it was served
        ("一个月内", date(2026, 12, 28)),  # 27 Dec is a Sunday
        ("自送达之日起两个月内", date(2027, 1, 27)),
        ("半个月内", date(2026, 12, 14)),
        ("一周内", date(2026, 12, 4)),
        ("五个工作日内", date(2026, 12, 4)),
        ("一年内", date(2027, 11, 29)),  # 27 Nov 2027 is a Saturday
    ],
)
def test_the_last_day_is_the_one_the_paper_prints(words, last):
    assert performance.end(words, SERVED, context.read().calendar) == last


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words", ["判决生效后", "尽快", "三日内，至迟于2026年12月15日前", "立即，最迟三日内", "于2026年2月30日前", "〇日内", "九千日内", "十十日内", "一百二十日内", "三至五日内",
              "一个半月内", "一年半内", "于15日前", "每月15日", "0日内", "400日内"]
)  # fmt: skip
def test_what_says_no_day_or_two_is_not_guessed(words):
    with pytest.raises(performance.Unread):
        performance.end(words, SERVED, context.read().calendar)


@pytest.mark.parametrize(
    ("text", "count"),
    [("三", 3), ("十", 10), ("十五", 15), ("二十", 20), ("三十一", 31), ("两", 2), ("30", 30), ("二〇二六", 2026)],
)
def test_numbers_are_read(text, count):
    assert performance.number(text) == count


@pytest.mark.django_db
def test_a_notice_whose_period_cannot_be_read_is_not_issued(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    case, clerk = fast_case(), make.actor("fast-03", "clerk")
    document = draft(case, "execution_notice", clerk, subject=case.parties.get(role="debtor").subject)
    drafting.change(document, {**document.asked, "time": "判决生效后尽快"}, clerk)
    with pytest.raises(Refused, match="看不出是哪一天届满"):
        issuing.issue(document, clerk)
    issuing.issue_many([document], clerk)
    work_off()
    document.refresh_from_db()
    assert document.state == "draft"
    assert "看不出是哪一天届满" in document.problem
    drafting.change(document, {**document.asked, "time": "于2099年12月15日前"}, clerk)
    issuing.issue(document, clerk)
