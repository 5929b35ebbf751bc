"""A new installation begins with three administrators, three people, and nobody above them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from teams.models import ADMINISTRATORS, Posting, User
from teams.moment import today

pytestmark = pytest.mark.django_db
THREE = ("--system", "a1", "张三", "--security", "a2", "李四", "--audit", "a3", "王五")


@pytest.fixture
def nobody():
    """The template's administrators are moved out of the way."""
    Posting.objects.filter(post__in=ADMINISTRATORS).delete()


def begin(*given: str) -> list[str]:
    out = StringIO()
    call_command("first_administrators", *(given or THREE), stdout=out)
    return out.getvalue().splitlines()


def test_each_of_the_three_logs_in_changes_his_password_and_finds_his_own_administration(nobody):
    said = begin()
    assert [line.split("　")[0] for line in said[:3]] == ["系统管理员", "安全管理员", "审计管理员"]
    for line in said[:3]:
        _, number, _, password = line.replace("首次登录密码 ", "").split("　")
        client = Client()
        answer = client.post("/login/", {"username": number, "password": password})
        assert answer.status_code == 302
        assert client.get("/admin/").headers["Location"].startswith("/password/"), number
        changed = {"old_password": password, "new_password1": f"Neu-{password}-9", "new_password2": f"Neu-{password}-9"}
        assert client.post("/password/", changed).status_code == 302
        assert client.get("/admin/").status_code == 200
    assert not User.objects.filter(is_superuser=True).exists()
    assert set(Posting.objects.filter(person__staff_number__in=("a1", "a2", "a3")).values_list("from_on")) == {
        (today(),)
    }


def test_where_there_are_administrators_it_changes_nothing(nobody):
    begin()
    with pytest.raises(CommandError, match="已有系统管理员张三（a1）"):
        begin("--system", "b1", "甲", "--security", "b2", "乙", "--audit", "b3", "丙")
    assert not User.objects.filter(staff_number__startswith="b").exists()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (("--system", "a1", "张三", "--security", "a1", "张三", "--audit", "a3", "王五"), "三个不同的工号"),
        (("--system", "a1", "张三", "--security", "a2", "李四", "--audit", "3301", "王五"), "工号"),
    ],
)
def test_two_posts_in_one_hand_or_a_number_that_is_taken_are_refused_whole(nobody, given, why):
    with pytest.raises(CommandError, match=why):
        begin(*given)
    assert not User.objects.filter(staff_number__in=("a1", "a2", "a3")).exists()
