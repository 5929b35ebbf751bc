"""个人设置 and help: kept per person, obeyed on the next page, one page a post."""

import pytest

from teams.models import Preferences
from teams.views_me import HELP
from tests.journeys.test_walk import PASSWORD, Officer

pytestmark = pytest.mark.django_db


def test_settings_are_kept_and_obeyed_by_the_next_page():
    clerk = Officer("fast-03", "clerk")
    assert 'data-keys="on"' in clerk.get("/workbench/")
    clerk.post("/me/", density="compact", font_size="large", start_page="/cases/")
    page = clerk.get("/workbench/")
    assert 'data-keys="off"' in page
    assert 'class="compact large"' in page
    assert clerk.client.get("/").url == "/cases/"
    assert 'data-keys="on"' in Officer("fast-05", "clerk").get("/workbench/")


def test_a_start_page_is_where_the_log_in_leads(client):
    clerk = Officer("fast-03", "clerk")
    Preferences.objects.create(user=clerk.actor.user, start_page="/deadlines/")
    answer = client.post("/login/", {"username": clerk.actor.user.staff_number, "password": PASSWORD}, follow=True)
    assert answer.redirect_chain[-1][0] == "/deadlines/"


def test_what_is_not_offered_is_refused():
    Officer("fast-03", "clerk").post("/me/", 422, density="huge", font_size="standard", start_page="https://x/")
    assert not Preferences.objects.exists()


@pytest.mark.parametrize("slug", [slug for slug, _, _ in HELP])
def test_each_post_has_its_page(slug):
    page = Officer("fast-03", "clerk").get(f"/help/{slug}/")
    assert page.count("<h1>") == 1
    assert "每天的步骤" in page


def test_ones_own_page_stands_first_and_others_do_not_exist():
    clerk = Officer("terminal-02", "clerk")
    page = clerk.get("/help/")
    assert page.index("终本团队") < page.index("初次接待")
    assert "本岗位" in page
    clerk.get("/help/nobody/", 404)
