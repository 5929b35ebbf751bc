"""The staffing site: Chinese, for the three administrators, each with rights no other has; no superuser."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teams import checks, hooks, moment, services
from teams.models import EstablishmentLine, PairedJudge, Posting, Team, User
from tests.teams.people import PASSWORD, actor, browser, log_in, person, posting, user

pytestmark = pytest.mark.django_db

SYSTEM, SECURITY, AUDIT = "9001", "9002", "9003"
PAGES = {
    SYSTEM: ("", "teams/user/", "teams/user/add/", "teams/team/", "teams/establishmentline/", "teams/posting/"),
    SECURITY: (
        "", "teams/user/", "teams/posting/", "teams/posting/add/", "teams/pairedjudge/", "teams/pairedjudge/add/",
        "teams/dutyjudge/", "teams/dutybailiff/", "teams/leave/", "teams/leave/add/", "teams/acting/",
    ),
    AUDIT: (
        "", "teams/userevent/", "teams/postingevent/", "teams/actingevent/", "teams/leaveevent/", "teams/pairedjudgeevent/",
        "teams/dutyjudgeevent/", "teams/dutybailiffevent/", "teams/login/", "teams/failedlogin/",
    ),
}  # fmt: skip
CLOSED = {
    SYSTEM: ("teams/posting/add/", "teams/pairedjudge/", "teams/userevent/", "teams/login/"),
    SECURITY: ("teams/user/add/", "teams/establishmentline/add/", "teams/postingevent/", "teams/acting/add/"),
    AUDIT: ("teams/user/", "teams/posting/", "teams/postingevent/add/", "teams/team/"),
}
ENGLISH = re.compile(r">\s*(Add|Change|Save|View|Home|Select|Delete|Search|Log out|Filter)\b")


def test_the_way_to_the_handover_is_shown_to_whoever_may_go_it():
    for number, shown in ((SYSTEM, False), (SECURITY, True)):
        page = browser(number).get("/admin/teams/user/").content.decode()
        assert ("/handover/" in page) is shown, number


@pytest.mark.parametrize(("number", "page"), [(number, page) for number, pages in PAGES.items() for page in pages])
def test_pages_open_in_chinese(number, page):
    answer = browser(number).get(f"/admin/{page}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "执行局人员与制度管理" in text
    assert not ENGLISH.search(text)
    assert "style=" not in text
    assert "<style" not in text


@pytest.mark.parametrize(("number", "page"), [(number, page) for number, pages in CLOSED.items() for page in pages])
def test_what_is_another_administrator_s_is_closed(number, page):
    assert browser(number).get(f"/admin/{page}").status_code == 403


@pytest.mark.parametrize("number", ["3302", "3301", "1003", "1001", "2306"])
@pytest.mark.parametrize("page", ["", "teams/user/", "teams/posting/", "login/", "jsi18n/"])
def test_officers_are_refused(number, page):
    assert browser(number).get(f"/admin/{page}").status_code == 403


def test_is_staff_without_the_posting_is_not_enough():
    somebody = person(is_staff=True)
    posting(somebody, "fast-03", "clerk")
    assert browser(somebody).get("/admin/").status_code == 403


def test_what_one_may_change_no_other_may():
    changes = {
        number: set(Permission.objects.filter(group__user=user(number)).exclude(codename__startswith="view_"))
        for number in (SYSTEM, SECURITY, AUDIT)
    }
    assert changes[SYSTEM]
    assert changes[SECURITY]
    assert not changes[AUDIT]
    assert not changes[SYSTEM] & changes[SECURITY]


def test_none_of_them_sees_cases():
    for number in (SYSTEM, SECURITY):
        seen = Permission.objects.filter(group__user=user(number), content_type__app_label="cases")
        assert not seen.filter(
            content_type__model__in=("case", "workitem", "material", "party", "journalentry")
        ).exists()


class TestPeople:
    def test_a_new_person_must_change_the_given_password(self):
        client = browser(SYSTEM)
        given = {
            "staff_number": "7777",
            "name": "新人",
            "phone": "0393-6660000",
            "is_active": "on",
            "new_password": "Given-pass-1",
        }
        assert client.post("/admin/teams/user/add/", given).status_code == 302
        made = User.objects.get(staff_number="7777")
        assert made.must_change
        assert not made.is_staff
        assert made.check_password("Given-pass-1")
        assert log_in("7777", "Given-pass-1")[0].get("/inbox/").url == "/password/"
        event = made.events.order_by("-pgh_id").first()
        assert event.pgh_context.metadata["user"] == user(SYSTEM).pk

    def test_a_weak_or_missing_password_is_refused(self):
        for password in ("", "weak"):
            given = {"staff_number": "7777", "name": "新人", "is_active": "on", "new_password": password}
            assert browser(SYSTEM).post("/admin/teams/user/add/", given).status_code == 200
        assert not User.objects.filter(staff_number="7777").exists()

    def test_rights_cannot_be_given_by_the_form(self):
        clerk = user("3302")
        given = {"name": clerk.name, "phone": "1", "is_active": "on", "is_staff": "on", "is_superuser": "on"}
        assert browser(SYSTEM).post(f"/admin/teams/user/{clerk.pk}/change/", given).status_code == 302
        clerk.refresh_from_db()
        assert clerk.phone == "1"
        assert not clerk.is_staff
        assert not clerk.is_superuser

    def test_a_lockout_is_lifted(self):
        for _ in range(5):
            log_in("3302", "wrong")
        given = {"action": "unlock", "_selected_action": [user("3302").pk]}
        assert browser(SYSTEM).post("/admin/teams/user/", given, follow=True).status_code == 200
        assert log_in("3302", PASSWORD)[1].status_code == 302

    def test_nothing_is_deleted(self):
        assert browser(SYSTEM).get(f"/admin/teams/user/{user('3302').pk}/delete/").status_code == 403
        row = Posting.objects.get(person=user("3302"))
        assert browser(SECURITY).get(f"/admin/teams/posting/{row.pk}/delete/").status_code == 403

    def test_list_costs_the_same_however_many_people(self, django_assert_num_queries):
        client = browser(SYSTEM)
        client.get("/admin/teams/user/")
        with CaptureQueriesContext(connection) as many:
            client.get("/admin/teams/user/")
        with django_assert_num_queries(len(many)):
            client.get("/admin/teams/user/?q=3302")


class TestPostings:
    def given(self, who, team: str, post: str) -> dict:
        return {
            "person": who.pk,
            "team": Team.objects.get(code=team).pk,
            "post": post,
            "from_on": moment.today(),
            "special": "",
        }

    def test_the_security_administrator_posts(self):
        somebody = person()
        assert (
            browser(SECURITY).post("/admin/teams/posting/add/", self.given(somebody, "fast-03", "clerk")).status_code
            == 302
        )
        assert browser(somebody).get("/workbench/").status_code == 200

    def test_a_second_administrator_post_is_refused(self):
        answer = browser(SECURITY).post(
            "/admin/teams/posting/add/", self.given(user(SYSTEM), "administration", "audit_admin")
        )
        assert answer.status_code == 200
        assert "三员" in answer.content.decode()

    def test_the_history_names_who_did_it(self):
        somebody = person()
        browser(SECURITY).post("/admin/teams/posting/add/", self.given(somebody, "fast-03", "clerk"))
        text = browser(AUDIT).get("/admin/teams/postingevent/").content.decode()
        assert user(SECURITY).name in text
        assert somebody.name in text
        assert "新增" in text


class TestVacancies:
    def test_lack_and_red_line_are_seen_at_once(self):
        yesterday = moment.today() - timedelta(days=1)
        Posting.objects.filter(person=user("3302")).update(to_on=yesterday)
        PairedJudge.objects.filter(team__code="terminal-02").update(to_on=yesterday)
        EstablishmentLine.objects.filter(team_kind="reception", post="clerk").update(number=1)
        text = browser(SYSTEM).get("/staffing/").content.decode()
        assert "空缺 1 人" in text
        assert "超编 1 人" in text
        assert text.count("执行员负责，没有配对法官") == 1
        assert text.count("red-line") == 1
        gaps = browser("1003").get("/staffing/?show=gaps").content.decode()  # the director reads, without the links
        assert "快执三团队" in gaps
        assert "快执四团队" not in gaps
        assert "/admin/" not in gaps
        mends = browser(SECURITY).get("/staffing/?show=gaps").content.decode()
        assert "/admin/teams/posting/add/?team=" in mends
        assert "/admin/teams/pairedjudge/add/?team=" in mends
        assert browser("3302").get("/staffing/").status_code == 403

    def test_a_week_without_duty_judge_is_announced(self):
        from teams.models import DutyJudge

        assert "起未排轮值法官" not in browser(SECURITY).get("/staffing/").content.decode()
        DutyJudge.objects.filter(from_on__gt=moment.today() + timedelta(days=7)).delete()
        text = browser(SECURITY).get("/staffing/").content.decode()
        assert "起未排轮值法官" in text
        assert "/admin/teams/dutyjudge/add/" in text


class TestHandover:
    @pytest.fixture
    def room(self, monkeypatch):
        calls = []

        def holds(who, successor, by, dry_run, team=None):
            calls.append((who.staff_number, successor and successor.staff_number, by.user.staff_number, dry_run, team))
            return [("财产线索核查", 12, moment.today())]

        monkeypatch.setattr(hooks, "leavers", [holds])
        return calls

    def url(self, number: str = "3302") -> str:
        return f"/admin/teams/user/{user(number).pk}/handover/"

    def form(self, number="3302", successor="3303") -> dict:
        return {"last_day": moment.today(), f"successor_{user(number).postings.get().pk}": user(successor).pk}

    def test_numbers_and_dates_then_one_transaction(self, room):
        client = browser(SECURITY)
        text = client.get(self.url()).content.decode()
        assert "财产线索核查" in text
        assert ">12<" in text
        assert client.post(self.url(), self.form()).status_code == 302
        assert Posting.objects.get(person=user("3302")).to_on == moment.today()
        assert room == [("3302", None, SECURITY, True, None), ("3302", "3303", SECURITY, False, None)]
        assert user("3303").notices.filter(text__contains="共 12 项").exists()

    def test_a_failing_room_leaves_everything_as_it_was(self, monkeypatch):
        def fails(who, successor, by, dry_run, team=None):
            raise ValidationError("有待本人签批的文书，请先改派。")

        monkeypatch.setattr(hooks, "leavers", [fails])
        with pytest.raises(ValidationError):
            services.hand_over(
                user("3302"), {user("3302").postings.get().pk: user("3303")}, moment.today(), actor(SECURITY)
            )
        assert Posting.objects.get(person=user("3302")).to_on is None

    def test_the_successor_is_of_the_team(self, room):
        text = browser(SECURITY).post(self.url(), self.form(successor="2102")).content.decode()
        assert "errorlist" in text
        assert Posting.objects.get(person=user("3302")).to_on is None
        with pytest.raises(ValidationError, match="请先为其办理任职"):
            services.hand_over(
                user("3302"), {user("3302").postings.get().pk: user("2102")}, moment.today(), actor(SECURITY)
            )

    def test_a_clerk_does_not_succeed_a_judge_and_the_preview_says_so(self, room):
        judge = PairedJudge.objects.order_by("id").first().judge
        row = judge.postings.get()
        clerk = Posting.objects.on(moment.today()).filter(team=row.team, post="clerk").first().person
        shown = browser(SECURITY).get(self.url(judge.staff_number)).content.decode()
        assert f"{clerk.name}（书记员，不能接手员额法官承办的案件）" in shown
        form = {"last_day": moment.today(), f"successor_{row.pk}": clerk.pk}
        text = browser(SECURITY).post(self.url(judge.staff_number), form).content.decode()
        assert f"接手人{clerk.name}为书记员，不能接手员额法官承办的案件和事项" in text
        assert Posting.objects.get(pk=row.pk).to_on is None

    def test_whoever_holds_nothing_may_leave_without_one_who_could_hold_it(self, monkeypatch):
        monkeypatch.setattr(hooks, "leavers", [])
        row = PairedJudge.objects.order_by("id").first().judge.postings.get()
        clerk = Posting.objects.on(moment.today()).filter(team=row.team, post="clerk").first().person
        services.hand_over(row.person, {row.pk: clerk}, moment.today(), actor(SECURITY))
        assert Posting.objects.get(pk=row.pk).to_on == moment.today()

    def test_two_postings_are_handed_over_one_by_one(self, room):
        somebody = person()
        fast, desk = posting(somebody, "fast-03", "clerk"), posting(somebody, "reception", "clerk")
        services.hand_over(somebody, {fast.pk: user("3302"), desk.pk: user("2102")}, moment.today(), actor(SECURITY))
        by_team = {call[4]: call[1:4] for call in room}
        assert by_team[fast.team_id] == ("3302", SECURITY, False)
        assert by_team[desk.team_id] == ("2102", SECURITY, False)
        assert room[2][4] is None  # what lies in neither team

    def test_the_summary_says_what_went_where(self, room):
        client = browser(SECURITY)
        text = client.post(self.url(), self.form(), follow=True).content.decode()
        assert "已交接 12 项" in text
        assert user("3303").name in text
        assert "任职至" in text
        assert "已交接" not in client.get(self.url()).content.decode()  # told once

    def test_duties_beside_the_posting_end_with_it(self, room):
        judge = PairedJudge.objects.order_by("id").first().judge
        form = {"last_day": moment.today()}
        row = judge.postings.get()
        second = person(name="接任法官")
        posting(second, row.team.code, "judge")
        text = browser(SECURITY).get(self.url(judge.staff_number)).content.decode()
        assert "配对法官（随任职结束" in text
        form[f"successor_{row.pk}"] = second.pk
        assert browser(SECURITY).post(self.url(judge.staff_number), form).status_code == 302
        tomorrow = moment.today() + timedelta(days=1)
        assert not PairedJudge.objects.on(tomorrow).filter(judge=judge).exists()
        assert not services.duties_of(judge, moment.today())["轮值法官"].exists()

    def test_others_may_not(self, room):
        assert browser(SYSTEM).get(self.url()).status_code == 403
        assert browser("1003").get(self.url()).status_code == 403


class TestDeployCheck:
    def test_superusers_demo_and_owner_are_refused(self, settings):
        settings.DEMO, settings.DEBUG, settings.SECRET_KEY = True, True, "demo-only-" + "k" * 60
        User.objects.create_superuser("7999", PASSWORD, name="超级")
        found = {
            error.id for check in (checks.settings_of_a_court, checks.nobody_above_the_rules) for error in check(None)
        }
        assert {"teams.E001", "teams.E002", "teams.E003", "teams.E004", "teams.E005"} <= found

    def test_a_court_s_settings_pass(self, settings):
        settings.DEMO, settings.DEBUG, settings.SECRET_KEY = False, False, "k" * 60
        assert checks.settings_of_a_court(None) == []
        assert "teams.E004" not in {error.id for error in checks.nobody_above_the_rules(None)}
