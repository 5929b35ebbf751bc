"""Log-in by staff number, lockout, password rules, limits of a session, demo accounts in demo mode only."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from teams import demo, moment, passwords
from teams.models import PasswordHash
from tests.teams.people import PASSWORD, browser, log_in, person, posting, user

pytestmark = pytest.mark.django_db
START = datetime(2026, 11, 23, 1, 10, tzinfo=UTC)  # Monday 09:10 in the court


def words(answer) -> str:
    return answer.content.decode()


class TestLogIn:
    def test_by_staff_number(self):
        client, answer = log_in("3302")
        assert (answer.status_code, answer.url) == (302, "/")
        assert client.get("/inbox/").status_code == 200

    def test_full_width_digits_are_understood(self):
        assert log_in(" ３３０２ ")[1].status_code == 302

    def test_goes_on_to_the_page_asked_for_but_never_elsewhere(self):
        answer = Client().post("/login/", {"username": "3302", "password": PASSWORD, "next": "/inbox/?before=9"})
        assert answer.url == "/inbox/?before=9"
        answer = Client().post("/login/", {"username": "3302", "password": PASSWORD, "next": "https://example.com/"})
        assert answer.url == "/"

    def test_every_page_asks_for_it(self):
        assert Client().get("/inbox/").url == "/login/?next=%2Finbox%2F"
        assert Client().get("/admin/").url == "/login/?next=%2Fadmin%2F"
        assert Client().post("/inbox/").url == "/login/"

    def test_htmx_leaves_the_page(self):
        answer = Client().get("/inbox/", headers={"HX-Request": "true"})
        assert (answer.status_code, answer["HX-Redirect"]) == (401, "/login/?next=%2Finbox%2F")

    def test_switched_off_people_stay_out(self):
        somebody = person(is_active=False)
        assert log_in(somebody.staff_number)[1].status_code == 200

    def test_log_out_is_a_post(self):
        client, _ = log_in("3302")
        assert client.get("/logout/").status_code == 405
        assert client.post("/logout/").url == "/login/"
        assert client.get("/inbox/").status_code == 302

    def test_without_posting_only_own_pages_open(self):
        client = browser(person())
        assert client.get("/inbox/").status_code == 200
        answer = client.get("/workbench/")
        assert answer.status_code == 403
        assert "目前没有任职" in words(answer)


class TestLockout:
    def test_five_failures_lock_and_the_page_counts_down(self):
        client = Client()
        for left in (4, 3, 2, 1):
            answer = log_in("3302", "wrong", client)[1]
            assert f"工号或密码不正确，还可尝试 {left} 次" in words(answer)
        locked = log_in("3302", "wrong", client)[1]
        assert locked.status_code == 429
        assert "账号已锁定" in words(locked)
        assert log_in("3302")[1].status_code == 429  # the right password, another browser
        assert log_in("3303")[1].status_code == 302

    def test_success_clears_the_count_and_half_an_hour_unlocks(self):
        log_in("3302", "wrong")
        log_in("3302")
        assert not AccessAttempt.objects.exists()
        with time_machine.travel(START) as clock:
            for _ in range(5):
                log_in("3302", "wrong")
            clock.shift(timedelta(minutes=31))
            assert log_in("3302")[1].status_code == 302

    def test_an_unknown_number_is_answered_alike(self):
        assert "还可尝试 4 次" in words(log_in("8888", "wrong")[1])


class TestPasswords:
    @pytest.mark.parametrize("bad", ["Short-1", "alllowercase1", "1234567890123", "Password12345", "ALLUPPER2026"])
    def test_refused(self, bad):
        with pytest.raises(ValidationError):
            validate_password(bad, user("3302"))

    @pytest.mark.parametrize("good", ["Yellow-dragon", "Dragon20261124", "dragon-20261124", "DRAGON-20261124"])
    def test_three_of_four_classes_pass(self, good):
        validate_password(good, user("3302"))

    def test_the_last_five_may_not_come_back(self):
        somebody = person()
        for number in range(1, 7):
            passwords.change(somebody, f"Dragon-river-{number}")
        assert PasswordHash.objects.filter(person=somebody).count() == 5
        with pytest.raises(ValidationError, match="最近 5 次"):
            validate_password("Dragon-river-2", somebody)
        validate_password("Dragon-river-1", somebody)

    def test_an_old_or_given_password_must_be_changed_first(self):
        with time_machine.travel(START) as clock:
            somebody = person()
            posting(somebody, "fast-03", "clerk")
            clock.shift(timedelta(days=91))
            client, _ = log_in(somebody.staff_number)
            assert client.get("/").url == client.get("/inbox/").url == "/password/"
            given = {"old_password": PASSWORD, "new_password1": "Dragon-river-1", "new_password2": "Dragon-river-1"}
            assert client.post("/password/", given).url == "/"
            assert client.get("/workbench/").status_code == 200
            passwords.change(somebody, "Dragon-river-2", must_change=True)
            client, _ = log_in(somebody.staff_number, "Dragon-river-2")
            assert client.get("/").url == "/password/"

    def test_messages_are_chinese(self):
        client, _ = log_in("3302")
        given = {"old_password": "wrong", "new_password1": "abc", "new_password2": "abc"}
        text = words(client.post("/password/", given))
        assert "原密码不正确" in text
        assert "三类" in text


class TestSessionLimits:
    def test_idle_quarter_of_an_hour_ends_it(self):
        with time_machine.travel(START) as clock:
            client, _ = log_in("3302")
            clock.shift(timedelta(minutes=14))
            assert client.get("/inbox/").status_code == 200
            clock.shift(timedelta(minutes=14))
            assert client.get("/inbox/").status_code == 200
            clock.shift(timedelta(minutes=16))
            answer = client.get("/inbox/")
            assert answer.url == "/login/?ended=idle&next=%2Finbox%2F"
            assert "较长时间没有操作" in words(client.get(answer.url))

    def test_live_requests_are_no_activity(self):
        with time_machine.travel(START) as clock:
            client, _ = log_in("3302")
            for _ in range(2):
                clock.shift(timedelta(minutes=7))
                assert client.get("/inbox/", headers={"X-Live": "1"}).status_code == 200
            clock.shift(timedelta(minutes=2))
            assert client.get("/inbox/", headers={"X-Live": "1"}).status_code == 401  # the page keeps what was typed

    def test_eight_hours_end_it_however_busy(self):
        with time_machine.travel(START) as clock:
            client, _ = log_in("3302")
            for _ in range(47):
                clock.shift(timedelta(minutes=10))
                assert client.get("/inbox/").status_code == 200
            clock.shift(timedelta(minutes=11))
            assert "ended=absolute" in client.get("/inbox/").url

    def test_a_new_log_in_ends_the_older_session_with_a_word(self):
        first, _ = log_in("3302")
        second, _ = log_in("3302")
        answer = first.get("/inbox/")
        assert "ended=elsewhere" in answer.url
        assert "另一处登录" in words(first.get(answer.url))
        assert second.get("/inbox/").status_code == 200


class TestDemoAccounts:
    def test_listed_in_demo_mode(self, settings):
        settings.DEMO = True
        found = demo.accounts()
        assert len(found) == 20
        assert {"number": "3302", "post": "书记员", "team": "快执三团队", "password": PASSWORD}.items() <= found[
            9
        ].items()
        assert "3302" in words(Client().get("/login/"))

    def test_never_in_court_mode(self, settings):
        settings.DEMO = False
        assert demo.accounts() == []
        assert "3302" not in words(Client().get("/login/"))
        assert PASSWORD not in words(Client().get("/login/"))
        with pytest.raises(CommandError):
            call_command("demo_accounts")


class TestMoment:
    def test_set_outside_refused_inside_a_request(self):
        with moment.at(START):
            assert moment.now() == START
            assert f"{moment.now():%H:%M}" == "09:10"
        token = moment.in_request.set(True)
        try:
            with pytest.raises(RuntimeError), moment.at(START):
                pass
        finally:
            moment.in_request.reset(token)

    def test_requests_run_with_the_clock_closed(self):
        assert moment.in_request.get() is False
        log_in("3302")
        assert moment.in_request.get() is False
