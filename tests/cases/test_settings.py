"""「待院里确认」 and the yearly notice: previewed, saved just as previewed, journalled; nobody but the system administrator."""

import re
from datetime import date

import pytest
from django.test import Client

from cases import settings_change, settings_table
from cases.models import CalendarYear, CourtSetting, JournalEntry, WorkItem
from cases.refusals import Refused
from tests import make
from tests.cases.test_office import NOTICE
from tests.teams.people import browser, user

pytestmark = pytest.mark.django_db
SYSTEM, SECURITY, AUDIT, DIRECTOR = "9001", "9002", "9003", "1003"
TRIAGE = "/settings/clock.quality.triage/"


def seen(text: str) -> str:
    return re.search(r'name="seen" value="(\w+)"', text)[1]


def triaged(at) -> WorkItem:
    """An item whose clock the court may set."""
    from cases import work

    with at("2026-11-20 09:00"):
        case = make.case(filed_on=date(2026, 11, 20))
        return work.open(case, "supervision.reply", make.director(), person_id=case.clerk_id, team_id=case.team_id)


@pytest.mark.parametrize(
    ("key", "typed", "stored", "words"),
    [
        ("cut_off", "9：30", "09:30", "09:30"),
        ("disbursement_tier", "600,000", "600000", "600,000 元"),
        ("own_numbering", "1", "1", "是"),
        ("quality_sample", "15", "15", "15 %"),
        (
            "court_address",
            " 濮阳市华龙区，建设路  1：2号 ",
            "濮阳市华龙区，建设路 1：2号",
            "濮阳市华龙区，建设路 1：2号",
        ),
        ("clock.supervision.reply", "5", "5", "5 个工作日"),
        ("clock.archives.file_case", "2", "2", "2 个月"),
    ],
)
def test_values_are_read_as_an_officer_writes_them(key, typed, stored, words):
    assert settings_change.read(key, typed) == stored
    assert settings_change.in_words(key, stored) == words


@pytest.mark.parametrize(
    ("key", "typed"),
    [("cut_off", "25:00"), ("cut_off", "早上"), ("disbursement_tier", "很多"), ("quality_sample", "101"), ("court_name", "  "), ("court_name", "濮" * 101),
     ("clock.supervision.reply", "0"), ("clock.supervision.reply", "三"), ("closing_by_judge", "")],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(key, typed):
    with pytest.raises(Refused):
        settings_change.read(key, typed)


def test_every_setting_has_words_and_every_default_is_valid():
    for setting in settings_table.SETTINGS:
        assert setting.why
        assert setting.effect
        if settings_change.known(setting.key):
            assert settings_change.read(setting.key, setting.default) == setting.default


def test_a_changed_clock_is_previewed_and_then_moves_just_that(at):
    item = triaged(at)
    before = item.due_on
    client = browser(SYSTEM)
    path = "/settings/clock.supervision.reply/"
    given = {"value": "5", "confirmed_by": user(DIRECTOR).pk, "confirmed_on": "今天", "source": "局务会纪要〔2026〕3号"}
    if item.length:  # an order with its own day is not moved
        WorkItem.objects.filter(pk=item.pk).update(length="")
    shown = client.post(path, given).content.decode()
    assert "1 件正在计算的届满日变更" in shown
    assert f"{before:%Y-%m-%d}" in shown
    assert WorkItem.objects.get(pk=item.pk).due_on == before
    stale = client.post(path, {**given, "value": "6", "seen": seen(shown)})  # another value than the one shown
    assert not CourtSetting.objects.exists()
    assert client.post(path, {**given, "value": "6", "seen": seen(stale.content.decode())}).status_code == 302
    moved = WorkItem.objects.get(pk=item.pk)
    assert moved.due_on > before
    entry = JournalEntry.objects.get(key="setting")
    assert entry.facts["moved"] == 1
    assert (entry.facts["before"], entry.facts["after"]) == ("3", "6")
    page = client.get("/settings/").content.decode()
    assert "局务会纪要〔2026〕3号" in page
    assert user(DIRECTOR).name in page
    history = browser(AUDIT).get("/admin/cases/courtsettingevent/").content.decode()
    assert user(SYSTEM).name in history
    assert "clock.supervision.reply" in history


def test_a_plain_value_is_saved_at_once_and_obeyed():
    from cases import context

    client = browser(SYSTEM)
    assert client.post("/settings/cut_off/", {"value": "17:00"}).status_code == 302
    assert f"{context.read().settings.time('cut_off'):%H:%M}" == "17:00"
    page = client.get("/settings/?show=open").content.decode()
    assert "当日起算截止时间" in page  # changed, but not confirmed
    client.post("/settings/cut_off/", {"value": "17:00", "confirmed_by": user(DIRECTOR).pk, "confirmed_on": "今天"})
    client.get("/settings/")  # takes the message
    assert "当日起算截止时间" not in client.get("/settings/?show=open").content.decode()


def test_who_confirmed_and_when_belong_together():
    answer = browser(SYSTEM).post("/settings/cut_off/", {"value": "17:00", "confirmed_by": user(DIRECTOR).pk})
    assert answer.status_code == 422
    assert "请写确认日期" in answer.content.decode()
    assert not CourtSetting.objects.exists()


def test_only_the_system_administrator_changes_and_what_is_fixed_nobody():
    for number in (SECURITY, AUDIT, DIRECTOR, "3302"):
        assert browser(number).get("/settings/cut_off/").status_code == 403
        assert browser(number).post("/settings/cut_off/", {"value": "17:00"}).status_code == 403
    for key in ("hard_end", "clock.reception.network_freeze", "clock.enforcement.limit", "nonsense"):
        assert browser(SYSTEM).get(f"/settings/{key}/").status_code == 404
    assert "修改<span" not in browser(DIRECTOR).get("/settings/").content.decode()
    assert not CourtSetting.objects.exists()


class TestCalendar:
    def client(self) -> Client:
        return browser(SYSTEM)

    def test_what_is_published_is_what_was_shown(self):
        make.case()
        given = {"year": 2027, "text": NOTICE, "source": "国办发明电〔2026〕1号"}
        shown = self.client().post("/settings/calendar/", given).content.decode()
        assert "读到的日期（2027 年" in shown
        assert "02-05 至 02-13" in shown
        assert "02-20 周六" in shown
        other = {
            **given,
            "text": NOTICE.replace("至3日（周日）", "至2日（周六）").replace("共3天。\n二", "共2天。\n二"),
        }
        again = (
            self.client().post("/settings/calendar/", {**other, "seen": seen(shown), "publish": "1"}).content.decode()
        )
        assert "没有发布" in again
        assert not CalendarYear.objects.filter(pk=2027).exists()
        assert (
            self.client().post("/settings/calendar/", {**given, "seen": seen(shown)}).status_code == 200
        )  # only shown
        publish = {**given, "seen": seen(shown), "publish": "1"}
        assert self.client().post("/settings/calendar/", publish).status_code == 302
        assert CalendarYear.objects.get(pk=2027).source == "国办发明电〔2026〕1号"
        history = browser(AUDIT).get("/admin/cases/calendaryearevent/").content.decode()
        assert user(SYSTEM).name in history

    def test_a_text_that_is_no_notice_is_refused_and_kept(self):
        answer = self.client().post("/settings/calendar/", {"year": 2027, "text": "今年放假安排另行通知"})
        assert answer.status_code == 422
        assert "今年放假安排另行通知" in answer.content.decode()

    def test_a_year_out_of_reach_is_refused(self):
        answer = self.client().post("/settings/calendar/", {"year": 1999, "text": NOTICE})
        assert answer.status_code == 422
        assert "2020 至 2100" in answer.content.decode()
