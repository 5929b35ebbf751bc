"""No page is open by accident: every address names its action, and nobody gets in without a log-in."""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from cases.permissions import ROW

PUBLIC = {"login/", "health/", "favicon.ico", "phone/<str:token>/"}  # the phone's address is signed
OWN_FAMILY = {"step", "ask"}  # each step and each act is its own row of table 2


def walk(patterns, prefix=""):
    for pattern in patterns:
        address = prefix + str(pattern.pattern)
        if address.startswith("admin/"):
            continue
        if isinstance(pattern, URLPattern):
            yield address, pattern.callback
        else:
            yield from walk(pattern.url_patterns, address)


ADDRESSES = list(walk(get_resolver().url_patterns))


@pytest.mark.parametrize(("address", "view"), ADDRESSES, ids=[address for address, _ in ADDRESSES])
def test_every_view_names_its_action(address, view):
    assert hasattr(view, "action"), f"{address}: decorate the view"
    assert view.action in {*ROW, *OWN_FAMILY, None, "public"}
    assert (address in PUBLIC) == (view.action == "public")


@pytest.mark.django_db
@pytest.mark.parametrize("address", [address for address, view in ADDRESSES if address not in PUBLIC])
def test_without_a_log_in_there_is_only_the_log_in_page(address):
    from re import sub

    path = "/" + sub(r"<int:\w+>", "1", address)
    for place, value in (
        ("slug:act", "closing"),
        ("slug:step", "pass_on"),
        ("slug:role", "fast"),
        ("slug:kind", "date"),
        ("str:rule", "x"),
        ("uuid:upload_id", "00000000-0000-0000-0000-000000000000"),
        ("str:key", "cut_off"),
    ):
        path = path.replace(f"<{place}>", value)
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer.url.startswith("/login/")
