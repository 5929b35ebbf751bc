"""What time does by itself: once per item, kind and due moment, however often the sweep runs; sheets, lists, watches."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from cases import clock, context, escalation, lists_of_day, signing, sweep, work
from cases.models import Approval, Case, Escalation, ItemSignal, WorkItem
from cases.refusals import Forbidden, Stale
from teams.actor import SYSTEM
from teams.models import Notice
from tests import make
from tests.cases.signing_helpers import fast_case

pytestmark = pytest.mark.django_db


def overdue(at, number: int = 3):
    with at("2026-11-20 09:00"):
        cases = make.cases(number, filed_on=date(2026, 11, 20))
    return cases


def test_each_signal_is_given_once(at):
    overdue(at)
    with at("2026-11-21 00:00"):
        first = sweep.run()
        assert first["overdue"] >= 3
        sweep.run()  # warns of the sheets the first one opened
        assert sweep.run() == {}
    assert ItemSignal.objects.filter(kind="overdue").count() == first["overdue"]


@pytest.mark.parametrize(("column", "index"), [("warn_at", "item_unwarned"), ("due_at", "item_unfallen")])
def test_what_has_been_signalled_is_not_looked_at_again_by_any_later_sweep(at, column, index):
    overdue(at)
    with at("2026-11-21 00:00"):
        sweep.run()
        sweep.run()
        given = {"now": clock.now(), "rules": sweep.DUTIES, "kind": "warn", "batch": 10}
        fresh = WorkItem.objects.filter(open=True, **{f"{column}__lte": clock.now(), f"{sweep.MARK[column]}": None})
    assert not fresh.exists()
    statement = sweep.SIGNAL.format(column=column, mark=sweep.MARK[column])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + statement, given)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert index in plan, plan


def test_not_a_minute_early(at):
    overdue(at)
    with at("2026-11-20 23:59"):
        assert "overdue" not in sweep.run()


def test_one_sheet_a_team_rule_and_day_explained_by_the_leader_and_signed_by_the_director(at):
    overdue(at)
    with at("2026-11-23 08:00"):
        sweep.run()
        sheet = Escalation.objects.get(rule="reception.first_day")
        assert sheet.rows.count() == 3
        item = WorkItem.objects.get(rule="escalation.explain", subject=f"escalation:{sheet.pk}")
        leader = make.actor("reception", "regular_officer")
        assert item.person_id == leader.user_id
        with pytest.raises(Forbidden, match="负责人"):
            escalation.explain(sheet, make.actor("reception", "clerk"), "忙")
        escalation.explain(sheet, leader, "当日集中立案，次日补齐")
        approval = Approval.objects.get(act="escalation")
        signing.sign(approval, make.director(), opinion="同意说明，予以谅解")
    sheet.refresh_from_db()
    assert sheet.decision == "excused"
    assert not WorkItem.objects.get(pk=item.pk).open


def test_what_falls_due_on_a_day_whose_sheet_is_signed_goes_on_a_sheet_of_its_own(at):
    late = overdue(at, 2)
    leader, director = make.actor("reception", "regular_officer"), make.director()
    with at("2026-11-23 08:00"):
        later = late.pop().items.filter(rule="reception.first_day")
        later.update(paused=True)  # not yet late when the sheet is written
        sweep.run()
        first = Escalation.objects.get(rule="reception.first_day")
        signing.sign(escalation.explain(first, leader, "集中立案"), director, opinion="同意")
        later.update(paused=False)
        sweep.run()
    signed, fresh = Escalation.objects.filter(rule="reception.first_day").order_by("pk")
    assert (signed.pk, signed.rows.count(), fresh.decision) == (first.pk, 1, "")
    assert [row.item_id for row in fresh.rows.all()] == [later.get().pk]
    assert WorkItem.objects.filter(rule="escalation.explain", subject=f"escalation:{fresh.pk}", open=True).exists()
    with pytest.raises(IntegrityError), transaction.atomic():  # of sheets not yet signed there is one
        Escalation.objects.create(team=fresh.team, rule=fresh.rule, day=fresh.day, opened_at=fresh.opened_at)


def test_a_row_that_comes_between_reading_and_signing_is_not_signed_with_the_sheet(at, monkeypatch):
    late = overdue(at, 2)
    with at("2026-11-23 08:00"):
        items = [case.items.get(rule="reception.first_day") for case in late]
        late[1].items.filter(rule="reception.first_day").update(paused=True)
        sweep.run()
        sheet = Escalation.objects.get(rule="reception.first_day")
        approval = escalation.explain(sheet, make.actor("reception", "regular_officer"), "集中立案")
        read = signing.sheets.read

        def slow(*given):
            content = read(*given)  # the sheet is read; before it is signed the sweep finds one more
            sheet.rows.create(item=items[1], due_at=items[1].due_at, proposed="other")
            return content

        monkeypatch.setattr("cases.signing.signatures.sheets.read", slow)
        with pytest.raises(Stale, match="刚刚增加"):
            signing.sign(approval, make.director(), opinion="同意")
    sheet.refresh_from_db()
    approval.refresh_from_db()
    assert (sheet.decision, approval.state) == ("", "waiting")


def test_a_night_without_beat_is_caught_up(at):
    overdue(at, 5)
    with at("2026-11-24 07:00"):
        sweep.run()
    assert ItemSignal.objects.filter(kind="overdue", item__rule="reception.first_day").count() == 5
    assert Escalation.objects.filter(rule="reception.first_day", day=date(2026, 11, 20)).count() == 1


def test_a_new_due_date_warns_again_and_an_old_one_never_twice(at):
    (case,) = overdue(at, 1)
    with at("2026-11-21 00:00"):
        sweep.run()
        item = case.items.get(rule="reception.first_day")
        item.started_at = item.started_at.replace(day=23)
        from cases.context import read
        from cases.work.plan import save_clocks, set_clock

        set_clock(read(), item)
        save_clocks([item])
    with at("2026-11-25 00:00"):
        sweep.run()
        sweep.run()
    assert ItemSignal.objects.filter(kind="overdue", item=item).count() == 2


def test_a_paused_clock_is_silent(at):
    (case,) = overdue(at, 1)
    case.items.filter(rule="reception.first_day").update(paused=True)
    with at("2026-11-23 00:00"):
        sweep.run()
    assert not ItemSignal.objects.filter(kind="overdue", item__rule="reception.first_day").exists()


def test_a_watch_that_runs_out_closes_itself_and_opens_what_it_names(at):
    from cases import steps

    with at("2026-10-12 09:00"):
        (case,) = steps.register(
            [make.registration(kind="review", number="保审2026-3", filed_on=date(2026, 10, 12))], SYSTEM
        )
        work.record_event(
            case,
            "pre_suit_measure_taken",
            __import__("cases.clock", fromlist=["now"]).now(),
            make.actor("preservation_review", "clerk"),
        )
        watch = case.items.get(rule="preservation.sue")
    with at("2026-11-12 00:01"):
        sweep.run()
    watch.refresh_from_db()
    assert (watch.open, watch.outcome) == (False, "lapsed")
    assert case.items.filter(rule="preservation.check_release", open=True).exists()


def test_same_day_teams_get_one_line_at_each_list_and_none_on_rest_days(at):
    overdue(at)
    with at("2026-11-20 11:31"):
        sweep.run()
        sweep.run()
    clerk = make.actor("reception", "clerk")
    lines = Notice.objects.filter(person=clerk.user_id, kind="list")
    assert [line.text for line in lines] == ["今日 3 件，清 0，余 3"]
    with at("2026-11-21 16:30"):
        assert lists_of_day.send(context.read()) == 0


def test_waiting_ends_on_its_day(at):
    (case,) = overdue(at, 1)
    item = case.items.get(rule="enforcement.basic_investigation")
    with at("2026-11-20 10:00"):
        work.wait(item, date(2026, 11, 25), "等回函", make.actor("reception", "clerk"))
    with at("2026-11-25 00:01"):
        sweep.run()
    item.refresh_from_db()
    assert item.wait_until is None


def test_quality_hears_once_of_a_late_duty_it_watches_and_names_no_case_that_is_not_public(at):
    with at("2026-11-16 09:00"):
        plain, hidden, other = (fast_case() for _ in range(3))
        Case.objects.filter(pk=hidden.pk).update(confidential=True)
        for case in (plain, hidden):
            work.record_event(case, "listing_delete_ground", clock.now(), SYSTEM)  # 3 WD, watched by quality
        work.record_event(other, "objection_received", clock.now(), SYSTEM)  # nobody watches it
    with at("2026-11-20 08:00"):
        sweep.run()
        sweep.run()
    roster = context.read().roster
    (quality,) = roster.teams_of("quality")
    told = Notice.objects.filter(text__contains="「删除失信信息」超期 2 件")
    holders = {member.user_id for member in roster.members(quality.id, special="funds_restrictions")}
    assert set(told.values_list("person_id", flat=True)) == holders | {roster.leader(quality.id)}
    assert told.count() == len(holders) + 1  # a list, and once
    line = told.first()
    assert plain.number in line.text
    assert hidden.number not in line.text
    assert line.url == f"/queue/{plain.team_id}/?due=overdue&rule=listing.delete"
    assert not Notice.objects.filter(text__contains="转交异议", person__in=holders).exists()
