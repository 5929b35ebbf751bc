"""Every address of the staffing site × each administrator: open as `teams.reference.MAY` says, and closed otherwise."""

import pytest
from django.contrib import admin
from django.urls import reverse

from teams import moment
from teams.models import Acting, Post
from teams.reference import MAY
from tests.teams.people import browser, user

pytestmark = pytest.mark.django_db
NUMBERS = {Post.SYSTEM_ADMIN: "9001", Post.SECURITY_ADMIN: "9002", Post.AUDIT_ADMIN: "9003"}
# Changed on a page of its own, or by nobody: the site only shows them, whatever the table gives.
TAKEN_BACK = {"leave": "from_on", "dutyjudge": "from_on", "pairedjudge": "from_on", "dutybailiff": "from_at"}
SHOWN = ("acting", "courtsetting", "calendaryear", "restday", "login", "failedlogin")


def _to_come(model) -> bool:
    begin = getattr(model._default_manager.order_by("pk").first(), TAKEN_BACK[model._meta.model_name])
    return (begin.date() if hasattr(begin, "date") else begin) >= moment.today()


@pytest.fixture
def everything(at):
    """At least one row of each kind, so that there is something to open."""
    from datetime import date

    from cases.models import CourtSetting

    CourtSetting.objects.create(key="cut_off", value="17:00")
    day = date(2026, 11, 27)
    holder, deputy = user("1003"), user("1002")
    Acting.objects.create(
        holder=holder, deputy=deputy, post="bureau_director", from_on=day, to_on=day, reason="出差", granted_by=holder
    )


def verbs(post: Post, model) -> tuple[str, ...]:
    return MAY[post].get(model._meta.app_label, {}).get(model._meta.model_name, ())


def addresses(model):
    """(what it is, address) of the list, the form, one row and its history, and the deletion nobody has."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    yield "view", reverse(f"{name}_changelist")
    yield "add", reverse(f"{name}_add")
    row = model._default_manager.order_by("pk").first()
    if row is not None:
        yield "view", reverse(f"{name}_change", args=[row.pk])
        yield "view", reverse(f"{name}_history", args=[row.pk])
        yield "delete", reverse(f"{name}_delete", args=[row.pk])


@pytest.mark.parametrize("post", NUMBERS, ids=NUMBERS.values())
def test_each_address_is_open_as_the_table_says(post, everything):
    client = browser(NUMBERS[post])
    wrong = []
    for model in admin.site._registry:
        shown = model._meta.model_name in SHOWN or model._meta.model_name.endswith("event")
        for verb, address in addresses(model):
            may = verb in verbs(post, model) and not (shown and verb != "view")
            if verb == "delete":  # taken back only by whoever may change it, and as long as no day of it is over
                may = model._meta.model_name in TAKEN_BACK and "change" in verbs(post, model) and _to_come(model)
            found = client.get(address).status_code
            if found != (200 if may else 403):
                wrong.append((address, verb, found))
    assert wrong == []


def test_every_model_of_the_site_is_somebody_s_and_stands_in_a_section():
    from teams.admin_site import SECTIONS

    listed = {key for _, lines in SECTIONS for key, _ in lines}
    for model in admin.site._registry:
        assert any("view" in verbs(post, model) for post in NUMBERS), model
        assert model._meta.model_name in listed
        assert not model._meta.verbose_name.isascii(), model  # its name on the screen is Chinese


def test_writing_obeys_the_table_too(everything):
    """A form posted to a page one may only look at changes nothing."""
    for post, number in NUMBERS.items():
        client = browser(number)
        for model in admin.site._registry:
            if {"add", "change"} & set(verbs(post, model)):
                continue
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            assert client.post(reverse(f"{name}_add"), {}).status_code == 403, (number, name)
            row = model._default_manager.order_by("pk").first()
            if row is not None:
                assert client.post(reverse(f"{name}_change", args=[row.pk]), {}).status_code == 403, name


def test_bulk_actions_obey_it_as_well():
    chosen = {"action": "unlock", "_selected_action": [user("3302").pk]}
    page = browser("9002").post("/admin/teams/user/", chosen, follow=True).content.decode()
    assert "已解除" not in page
    assert "已解除" in browser("9001").post("/admin/teams/user/", chosen, follow=True).content.decode()
    assert browser("9003").post("/admin/teams/user/", chosen).status_code == 403
    for model in admin.site._registry.values():
        assert "delete_selected" not in model.get_actions(_request("9001"))


def _request(number: str):
    from django.test import RequestFactory

    request = RequestFactory().get("/admin/")
    request.user = user(number)
    return request
