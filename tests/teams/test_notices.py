"""Notices reach each person once a key; the inbox pages by key and marks them read."""

import pytest

from teams import notices
from teams.models import Notice
from tests.teams.people import browser, user

pytestmark = pytest.mark.django_db


def test_once_per_person_and_key():
    clerk, leader = user("3302"), user("3301")
    assert notices.tell([clerk], "今日 28 件", key="list:1", kind="list") == 1
    assert notices.tell([clerk, leader, leader.pk, None], "今日 28 件", key="list:1", kind="list") == 1
    assert Notice.objects.filter(key="list:1").count() == 2


def test_without_key_as_often_as_told():
    clerk = user("3302")
    notices.tell([clerk], "一")
    notices.tell([clerk], "一")
    assert notices.unread(clerk.pk) == 2


def test_two_statements_however_many_people(django_assert_num_queries):
    people = [user(number) for number in ("3301", "3302", "3303", "3304", "2101", "2102")]
    with django_assert_num_queries(2):
        notices.tell(people, "今日 28 件", key="list:2")


def test_inbox_pages_by_key_and_marks():
    clerk = user("3302")
    for number in range(60):
        notices.tell([clerk], f"第{number}号")
    notices.tell([user("3303")], "别人的")
    client = browser(clerk)
    first = client.get("/inbox/").content.decode()
    assert "第59号" in first
    assert "第9号" not in first
    assert "别人的" not in first
    below = Notice.objects.get(text="第10号").pk
    assert "第9号" in client.get(f"/inbox/?before={below}").content.decode()
    client.post("/inbox/", {"read": below})
    assert notices.unread(clerk.pk) == 59
    client.post("/inbox/", {"all": "1"})
    assert notices.unread(clerk.pk) == 0
    assert notices.unread(user("3303").pk) == 1


def test_opening_one_reads_it_and_others_cannot():
    notices.tell([user("3302")], "催办", "/inbox/?x=1", kind="nudge")
    notice = Notice.objects.get(text="催办")
    assert browser("3303").get(f"/inbox/{notice.pk}/").status_code == 404
    assert browser("3302").get(f"/inbox/{notice.pk}/").url == "/inbox/?x=1"
    assert notices.unread(user("3302").pk) == 0


def test_a_notice_leads_to_our_own_pages_only():
    for url in ("https://example.com/", "//example.com/"):
        notices.tell([user("3302")], "外链", url, key=url)
        notice = Notice.objects.get(key=url)
        assert browser("3302").get(f"/inbox/{notice.pk}/").url == "/inbox/"
