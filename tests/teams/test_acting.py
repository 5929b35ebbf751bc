"""授权代签: given by the holder or the next post up, to somebody who may sign it, for named acts and days."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from teams import hooks, moment, queries
from teams.models import Acting, Leave, Notice
from teams.services import grant_acting, revoke_acting
from tests.teams.people import actor, browser, user

pytestmark = pytest.mark.django_db

PRESIDENT, VICE, DIRECTOR, JUDGE, OTHER_JUDGE, CLERK, COMMISSAR = "1001", "1002", "1003", "3301", "4101", "3302", "6101"


def grant(by: str, holder: str, deputy: str, post: str, **given) -> Acting:
    day = moment.today()
    fields = {"acts": ["transfer_to_regular"], "from_on": day, "to_on": day + timedelta(days=3), "reason": "出差"}
    return grant_acting(holder=user(holder), deputy=user(deputy), post=post, by=actor(by), **{**fields, **given})


@pytest.mark.parametrize(
    ("by", "holder", "deputy", "post"),
    [
        (DIRECTOR, DIRECTOR, VICE, "bureau_director"),
        (VICE, DIRECTOR, COMMISSAR, "bureau_director"),
        (PRESIDENT, DIRECTOR, JUDGE, "bureau_director"),
        (PRESIDENT, VICE, DIRECTOR, "vice_president"),
        (PRESIDENT, PRESIDENT, VICE, "court_president"),
        (JUDGE, JUDGE, OTHER_JUDGE, "judge"),
        (DIRECTOR, JUDGE, OTHER_JUDGE, "judge"),
    ],
)
def test_the_holder_or_a_post_above_may_grant(by, holder, deputy, post):
    acting = grant(by, holder, deputy, post)
    assert acting.granted_by == user(by)
    assert queries.acting_for(user(holder).pk, "transfer_to_regular", moment.today()) == user(deputy)
    assert Notice.objects.filter(key=f"acting:{acting.pk}").count() == 2


@pytest.mark.parametrize(
    ("by", "holder", "deputy", "post"),
    [
        (CLERK, DIRECTOR, VICE, "bureau_director"),
        (JUDGE, DIRECTOR, VICE, "bureau_director"),
        (DIRECTOR, VICE, DIRECTOR, "vice_president"),
        (DIRECTOR, PRESIDENT, VICE, "court_president"),
        (VICE, PRESIDENT, VICE, "court_president"),
        (OTHER_JUDGE, JUDGE, OTHER_JUDGE, "judge"),
        ("9002", DIRECTOR, VICE, "bureau_director"),
        (DIRECTOR, CLERK, JUDGE, "judge"),
    ],
)
def test_nobody_else_may(by, holder, deputy, post):
    with pytest.raises(ValidationError, match="本人"):
        grant(by, holder, deputy, post)
    assert not Acting.objects.exists()


def test_a_judge_s_power_goes_to_a_judge():
    for deputy in (CLERK, "5101"):
        with pytest.raises(ValidationError, match="员额法官"):
            grant(JUDGE, JUDGE, deputy, "judge")


def test_never_backwards_never_to_oneself():
    with pytest.raises(ValidationError, match="不溯及既往"):
        grant(DIRECTOR, DIRECTOR, VICE, "bureau_director", from_on=moment.today() - timedelta(days=1))
    with pytest.raises(ValidationError):
        grant(DIRECTOR, DIRECTOR, DIRECTOR, "bureau_director")


def test_only_acts_that_may_be_delegated(monkeypatch):
    monkeypatch.setattr(hooks, "acts", [("transfer_to_regular", "移交普执")])
    with pytest.raises(ValidationError, match="不得授权"):
        grant(DIRECTOR, DIRECTOR, VICE, "bureau_director", acts=["detention"])


def test_no_acts_means_all_of_them_and_only_on_its_days():
    grant(DIRECTOR, DIRECTOR, VICE, "bureau_director", acts=[])
    holder, day = user(DIRECTOR).pk, moment.today()
    assert queries.acting_for(holder, "retriage", day) == user(VICE)
    assert queries.acting_for(holder, "retriage", day + timedelta(days=4)) is None


def test_a_deputy_on_leave_is_passed_over():
    grant(DIRECTOR, DIRECTOR, VICE, "bureau_director")
    Leave.objects.create(person=user(VICE), from_on=moment.today(), to_on=moment.today())
    assert queries.acting_for(user(DIRECTOR).pk, "transfer_to_regular", moment.today()) is None


def test_taken_back_by_the_holder_not_by_a_stranger():
    acting = grant(VICE, DIRECTOR, COMMISSAR, "bureau_director")
    with pytest.raises(ValidationError):
        revoke_acting(acting, actor(JUDGE))
    revoke_acting(acting, actor(DIRECTOR))
    assert queries.acting_for(user(DIRECTOR).pk, "transfer_to_regular", moment.today()) is None
    assert [event.pgh_label for event in acting.events.order_by("pgh_id")] == ["insert", "update"]


class TestPage:
    def fields(self, holder=DIRECTOR, deputy=VICE) -> dict:
        power = user(holder).postings.get().pk
        day = moment.today()
        return {"power": power, "deputy": user(deputy).pk, "from_on": day, "to_on": day, "reason": "出差"}

    def test_the_director_grants_and_revokes(self):
        client = browser(DIRECTOR)
        assert client.post("/acting/", self.fields()).status_code == 302
        acting = Acting.objects.get()
        assert "出差" in client.get("/acting/").content.decode()
        client.post(f"/acting/{acting.pk}/revoke/")
        acting.refresh_from_db()
        assert acting.revoked_on == moment.today()

    def test_a_clerk_has_nothing_to_give(self):
        client = browser(CLERK)
        assert "没有可授权" in client.get("/acting/").content.decode()
        client.post("/acting/", self.fields())
        assert not Acting.objects.exists()

    def test_a_judge_cannot_give_the_director_s_power(self):
        client = browser(JUDGE)
        assert client.post("/acting/", self.fields()).status_code == 422
        assert not Acting.objects.exists()


def test_a_power_granted_twice_by_one_form_is_granted_once_and_leaves_no_draft():
    client, day = browser(DIRECTOR), moment.today()
    page = client.get("/acting/").content.decode()
    assert 'name="submission"' in page
    data = {
        "power": page.split('name="power"')[1].split('value="')[2].split('"')[0], "deputy": user(VICE).pk, "from_on": day,
        "to_on": day, "reason": "出差", "acts": ["transfer_to_regular", "retriage"], "submission": "k1",
    }  # fmt: skip
    client.post("/drafts/", {"path": "/acting/", "data": '{"reason": ["出差"]}'})
    assert client.post("/acting/", data).status_code == 302
    assert client.post("/acting/", data).status_code == 302
    assert Acting.objects.count() == 1
    assert client.get("/drafts/?path=/acting/").json() == {}
