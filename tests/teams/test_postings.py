"""Postings with dates: one leader, three administrators apart, two postings never add up."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from teams import moment, queries
from teams.actor import SYSTEM, Actor
from teams.models import DutyJudge, Leave, PairedJudge, Posting, Team
from teams.services import sync_administrator
from tests.teams.people import actor, browser, person, posting, user

pytestmark = pytest.mark.django_db


class TestLeader:
    def test_a_second_leader_is_refused_by_the_form_and_the_database(self):
        second = Posting(
            person=person(), team=Team.objects.get(code="fast-03"), post="judge", leads=True, from_on=date(2026, 1, 5)
        )
        with pytest.raises(ValidationError, match="负责该团队"):
            second.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            second.save()

    def test_overlap_in_the_past_is_refused_too(self):
        old = Posting(
            person=person(), team=Team.objects.get(code="fast-03"), post="judge", leads=True,
            from_on=date(2025, 1, 5), to_on=date(2025, 2, 5),
        )  # fmt: skip
        with pytest.raises(ValidationError, match="负责该团队"):
            old.full_clean()

    def test_leaders_of_many_teams_with_one_query(self, django_assert_num_queries):
        keys = list(Team.objects.filter(kind="fast").values_list("pk", flat=True))
        with django_assert_num_queries(1):
            found = queries.leaders(keys, moment.today())
        assert len(found) == 8
        assert queries.leader_of(keys[2], moment.today()).staff_number == "3301"


class TestAdministrators:
    @pytest.mark.parametrize("post", ["system_admin", "security_admin", "audit_admin"])
    def test_one_person_is_one_administrator(self, post):
        for number in ("9001", "9002", "9003"):
            again = Posting(
                person=user(number), team=Team.objects.get(code="administration"), post=post, from_on=moment.today()
            )
            with pytest.raises(ValidationError):
                again.full_clean()

    def test_an_administrator_gets_no_case_posting_and_the_reverse(self):
        clerk = Posting(
            person=user("9001"), team=Team.objects.get(code="fast-03"), post="clerk", from_on=moment.today()
        )
        with pytest.raises(ValidationError, match="三员"):
            clerk.full_clean()
        admin = Posting(
            person=user("3302"),
            team=Team.objects.get(code="administration"),
            post="audit_admin",
            from_on=moment.today(),
        )
        with pytest.raises(ValidationError, match="三员"):
            admin.full_clean()

    def test_database_refuses_a_second_administrator_posting(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            posting(user("9001"), "administration", "security_admin")

    def test_access_follows_from_the_posting(self):
        somebody = person()
        row = posting(somebody, "administration", "audit_admin")
        sync_administrator(somebody)
        assert somebody.is_staff
        assert [g.name for g in somebody.groups.all()] == ["审计管理员"]
        row.to_on = moment.today() - timedelta(days=1)
        row.save()
        sync_administrator(somebody)
        assert not somebody.is_staff
        assert not somebody.groups.exists()


class TestTwoPostings:
    @pytest.fixture
    def twice(self):
        somebody = person()
        return (
            somebody,
            posting(somebody, "fast-03", "clerk"),
            posting(somebody, "reception", "clerk", from_on=date(2025, 6, 2)),
        )

    def test_one_is_in_force_and_the_session_switches(self, twice):
        somebody, first, second = twice
        client = browser(somebody)
        assert _actor(client, somebody).posting == first
        client.post("/posting/", {"posting": second.pk})
        now = _actor(client, somebody)
        assert (now.posting, now.kind, now.label) == (second, "reception", "书记员 | 初次接待团队")
        assert now.team_id == second.team_id != first.team_id

    def test_nobody_else_s_posting_can_be_chosen(self, twice):
        somebody, first, _ = twice
        client = browser(somebody)
        client.post("/posting/", {"posting": Posting.objects.get(person=user("1003")).pk})
        assert _actor(client, somebody).posting == first

    def test_an_ended_posting_is_not_acted_at(self, twice):
        somebody, first, second = twice
        client = browser(somebody)
        client.post("/posting/", {"posting": second.pk})
        second.to_on = moment.today() - timedelta(days=1)
        second.save()
        assert _actor(client, somebody).posting == first


def _actor(client, who) -> Actor:
    request = RequestFactory().get("/")
    request.user, request.session = who, client.session
    return Actor.of(who, queries.current_posting(request))


class TestActor:
    def test_facts(self):
        clerk = actor("3302")
        assert (clerk.kind, clerk.post, clerk.label, clerk.leads) == ("fast", "clerk", "书记员 | 快执三团队", False)
        assert actor("3301").leads

    def test_system_is_nobody(self):
        assert (SYSTEM.user_id, SYSTEM.team_id, SYSTEM.kind, SYSTEM.label) == (None, None, "", "系统")

    def test_without_posting_nobody_acts(self):
        with pytest.raises(ValueError, match="no posting"):
            Actor.of(person())


class TestBeside:
    def test_judges_only(self):
        pair = PairedJudge(team=Team.objects.get(code="fast-02"), judge=user("3302"), from_on=moment.today())
        with pytest.raises(ValidationError, match="员额法官"):
            pair.full_clean()

    def test_duty_weeks_do_not_overlap(self):
        day = moment.today()
        with pytest.raises(ValidationError, match="重叠"):
            DutyJudge(judge=user("3301"), from_on=day, to_on=day).full_clean()

    def test_leave_names_the_stand_in(self):
        day = moment.today()
        Leave.objects.create(person=user("3302"), from_on=day, to_on=day, stand_in=user("3303"))
        assert queries.on_leave([user("3302").pk, user("3303").pk], day) == {user("3302").pk: user("3303").pk}
        assert queries.on_leave([user("3302").pk], day + timedelta(days=1)) == {}
        with pytest.raises(ValidationError, match="重叠"):
            Leave(person=user("3302"), from_on=day, to_on=day).full_clean()

    def test_history_is_kept_and_cannot_be_changed(self):
        row = posting(person(), "fast-03", "clerk")
        row.to_on = moment.today()
        row.save()
        assert [e.pgh_label for e in row.events.order_by("pgh_id")] == ["insert", "update"]
        from django.db import DatabaseError

        with pytest.raises(DatabaseError), transaction.atomic():
            row.events.update(post="judge")
        with pytest.raises(DatabaseError), transaction.atomic():
            row.events.all().delete()

    def test_log_in_leaves_no_history_of_the_person(self):
        somebody = person()
        before = somebody.events.count()
        somebody.session_token = "x"
        somebody.last_login = moment.now()
        somebody.save()
        assert somebody.events.count() == before
