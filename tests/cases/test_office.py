"""The office: constant queries, a leaver's work, the yearly notice, pauses with a second person, kept settings."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases import calendar_change, clock, context, handover, materials, verify, work
from cases.models import Case, CourtSetting, RestDay, WorkItem
from cases.refusals import Forbidden, Refused
from teams.actor import SYSTEM
from teams.models import Notice, Team
from tests import make

pytestmark = pytest.mark.django_db
PAGES = (
    "/workbench/",
    "/workbench/?tab=team",
    "/workbench/?tab=asked",
    "/workbench/?tab=done",
    "/queue/",
    "/cases/",
    "/today/",
    "/inbox/",
    "/import/",
    "/slips/",
)
NOTICE = """一、元旦：1月1日（周五）至3日（周日）放假调休，共3天。
二、春节：2月5日（农历除夕、周五）至13日（周六）放假调休，共9天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。4月25日（周日）、5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。"""


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200, path
    return len(found)


@pytest.mark.parametrize("many", [60, pytest.param(1000, marks=pytest.mark.long)])
def test_every_page_costs_the_same_for_ten_rows_and_for_many(many):
    client = Client()
    client.force_login(make.actor("reception", "clerk").user)
    make.cases(10)
    for path in PAGES:
        queries(client, path)  # what is built once per version is built now
    few = {path: queries(client, path) for path in PAGES}
    make.cases(many)
    assert {path: queries(client, path) for path in PAGES} == few
    assert max(few.values()) <= 25


def test_the_case_page_costs_the_same_however_long_its_story():
    case, client = make.case(), Client()
    client.force_login(make.actor("reception", "clerk").user)
    path = f"/cases/{case.pk}/"
    queries(client, path)
    few = queries(client, path)
    for n in range(15):
        work.open(case, "objection.pass_on", make.actor("reception", "clerk"), subject=f"objection:{n}")
    assert queries(client, path) == few


def test_a_leavers_work_goes_to_the_successor_in_one_go():
    cases = make.cases(3)
    leaver, successor = make.actor("reception", "clerk"), make.actor("reception", "clerk", nth=1)
    mine = WorkItem.objects.filter(person=leaver.user_id, open=True).count()
    told = handover.preview(leaver.user)
    assert sum(count for _, count, _ in told) >= mine > 0
    assert not any(case.number in str(told) for case in cases)
    with pytest.raises(Refused, match="接任人"):
        handover.hand_over(leaver.user, None, make.director())
    handover.hand_over(leaver.user, successor.user, make.director())
    assert not WorkItem.objects.filter(person=leaver.user_id, open=True).exists()
    assert not Case.objects.filter(clerk=leaver.user_id).exists()
    assert handover.preview(leaver.user) == []
    assert not [*verify.chains(), *verify.heads()]


def test_the_notice_shows_what_moves_before_it_is_saved_and_then_moves_just_that(at):
    with at("2026-11-20 09:00"):
        case = make.case(filed_on=date(2026, 11, 20))
        limit = case.items.get(rule="enforcement.limit")
    with at("2026-08-05 09:00"):
        moving = make.case(
            filed_on=date(2026, 8, 5)
        )  # six months: 2027-02-05, a Friday nobody knows to be New Year's Eve
        item = moving.items.get(rule="enforcement.limit")
    assert item.provisional
    change = calendar_change.read(2027, NOTICE)
    moves = {move.item.pk: (move.before, move.after) for move in calendar_change.preview(change)}
    assert moves[item.pk] == (date(2027, 2, 5), date(2027, 2, 14)) or moves[item.pk][1] > date(2027, 2, 13)
    assert WorkItem.objects.get(pk=item.pk).due_on == date(2027, 2, 5)
    with pytest.raises(Forbidden):
        calendar_change.publish(change, make.director())
    count = calendar_change.publish(
        change, make.actor("administration", "system_admin"), source="国办发明电〔2026〕1号"
    )
    assert count == len(moves)
    assert WorkItem.objects.get(pk=item.pk).due_on == moves[item.pk][1]
    assert not WorkItem.objects.get(pk=item.pk).provisional
    assert WorkItem.objects.get(pk=limit.pk).due_on >= limit.due_on
    assert RestDay.objects.filter(day=date(2027, 2, 20), is_workday=True).exists()


def test_a_back_dated_pause_counts_only_when_a_second_person_has_confirmed_it(at, settings, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.FILES_DIR = tmp_path
    with at("2026-03-02 09:00"):
        case = make.case(filed_on=date(2026, 3, 2))
    team = Team.objects.get(code="fast-03")
    Case.objects.filter(pk=case.pk).update(team=team)
    case.items.filter(open=True).update(team=team)
    judge, director = make.actor("fast-03", "judge"), make.director()
    before = case.items.get(rule="enforcement.limit").due_on
    with at("2026-05-04 09:00"):
        fresh = Case.objects.get(pk=case.pk)
        paper = materials.file(fresh, SimpleUploadedFile("评估委托书.pdf", b"%PDF-1.4"), kind="pause", by=judge)
        row = work.pause(fresh, "appraisal", date(2026, 4, 1), judge, to_on=date(2026, 4, 21), material=paper)
        assert row.backdated
        assert case.items.get(rule="enforcement.limit").due_on == before
        with pytest.raises(Refused, match="另一人"):
            work.confirm_pause(row, judge)
        work.confirm_pause(row, director)
    moved = case.items.get(rule="enforcement.limit")
    assert moved.due_on - before >= timedelta(days=20)
    assert any("暂停计期 20 日" in line for line in moved.derivation)


def test_a_value_the_court_sets_changes_clocks_at_once_but_not_those_of_a_variant():
    case, calendar = make.case(), context.read().calendar
    for rule in ("over.seal_release", "quality.triage"):
        CourtSetting.objects.create(key=f"clock.{rule}", value="4")
    item = work.open(case, "quality.triage", SYSTEM, subject="2")
    assert item.due_on == calendar.add_workdays(clock.today(), 4)
    plain = work.open(case, "over.seal_release", SYSTEM)
    equity = work.open(case, "over.seal_release", SYSTEM, subject="股权", variant="equity")
    assert plain.due_on == calendar.add_workdays(clock.today(), 4)
    assert equity.due_on == calendar.roll(clock.today() + timedelta(days=7))


def test_from_november_the_missing_notice_is_called_for_once_a_week(at):
    director = make.director()
    make.case()
    told = Notice.objects.filter(person=director.user_id, text__contains="2027 年节假日安排尚未录入")
    for moment, count in (
        ("2026-10-31 02:00", 0),
        ("2026-11-02 02:00", 1),
        ("2026-11-05 02:00", 1),
        ("2026-11-09 02:00", 2),
    ):
        with at(moment):
            calendar_change.alarm(context.read())
            assert told.count() == count, moment
    calendar_change.publish(calendar_change.read(2027, NOTICE), make.actor("administration", "system_admin"))
    with at("2026-11-16 02:00"):
        assert calendar_change.alarm(context.read()) == 0


def test_what_is_stored_stays_what_recomputation_gives():
    from django.core.management import call_command

    make.cases(3)
    with pytest.raises(SystemExit) as ended:
        call_command("check_integrity", verbosity=0)
    assert ended.value.code == 0
    WorkItem.objects.filter(rule="enforcement.limit").update(due_on=date(2030, 1, 1))
    with pytest.raises(SystemExit) as ended:
        call_command("check_integrity", verbosity=0)
    assert ended.value.code == 1
