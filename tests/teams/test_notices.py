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


def test_a_muted_kind_comes_without_a_badge_and_urgent_ones_cannot_be_muted():
    clerk, client = user("3302"), browser("3302")
    client.post("/inbox/", {"mute": "list"})
    client.post("/inbox/", {"mute": "nudge"})
    client.post("/inbox/", {"mute": "ring"})
    client.post("/inbox/", {"mute": "nonsense"})
    notices.tell([clerk], "今日 28 件", kind="list")
    notices.tell([clerk], "请尽快办理", kind="nudge")
    assert notices.unread(clerk.pk) == 1
    assert notices.urgent(clerk.pk) == 1
    page = client.get("/inbox/").content.decode()
    assert "今日 28 件" in page  # it comes all the same
    assert page.count("已静音") == 1
    client.post("/inbox/", {"unmute": "list"})
    assert notices.unread(clerk.pk) == 2
    assert notices.unread(user("3303").pk) == 0


def test_tabs_leave_what_they_name_and_the_day_stands_above():
    clerk, client = user("3302"), browser("3302")
    notices.tell([clerk], "已读过的通知")
    client.post("/inbox/", {"all": "1"})
    notices.tell([clerk], "没读过的通知")
    notices.tell([clerk], "催一下", kind="nudge")
    unread = client.get("/inbox/?tab=unread").content.decode()
    assert "没读过的通知" in unread
    assert "已读过的通知" not in unread
    urgent = client.get("/inbox/?tab=urgent").content.decode()
    assert "催一下" in urgent
    assert "没读过的通知" not in urgent
    assert "今天</h2>" in client.get("/inbox/").content.decode()
    assert client.post("/inbox/?tab=urgent", {"all": "1"}).url == "/inbox/?tab=urgent"


def test_the_inbox_costs_the_same_however_full():
    client = browser("3302")
    client.get("/inbox/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as found:
            client.get("/inbox/")
        costs.append(len(found))
        for number in range(30):
            notices.tell([user("3302")], f"又一条 {number}")
    assert costs[0] == costs[1]


def test_the_badge_of_every_page_leaves_out_what_is_muted():
    from cases import frame

    clerk, client = user("3302"), browser("3302")
    client.post("/inbox/", {"mute": "list"})
    notices.tell([clerk], "今日 28 件", kind="list")
    notices.tell([clerk], "请尽快办理", kind="nudge")
    counts = frame._counts(clerk.pk)
    assert (counts["unread"], counts["nudges"]) == (notices.unread(clerk.pk), notices.urgent(clerk.pk)) == (1, 1)
