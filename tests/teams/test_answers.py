"""Refusals and faults in Chinese: what happened, what to do, who can help, a number; as a page and as a fragment."""

from unittest import mock
from urllib.parse import unquote

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404
from django.test import Client

from cases.refusals import Forbidden, Refused, Stale, Unseen
from teams.answers import WORDS
from tests.teams.people import browser, person, user

pytestmark = pytest.mark.django_db
FAULTS = (
    (SuspiciousOperation("x"), 400),
    (PermissionDenied("本页只对局长开放。"), 403),
    (Forbidden("由承办团队办理。"), 403),
    (Http404(), 404),
    (Unseen("x"), 404),
    (Stale("周明远 10:41 已办理。"), 409),
    (RequestDataTooBig("x"), 413),
    (Refused("还缺送达回证。"), 422),
    (ZeroDivisionError(), 500),
    (OperationalError("server closed the connection"), 503),
)


def answer_to(fault: Exception, **headers):
    client = browser("3302")
    client.raise_request_exception = False
    with mock.patch("teams.notices.page", side_effect=fault):
        return client.get("/inbox/", headers=headers)


@pytest.mark.parametrize(("fault", "status"), FAULTS, ids=[f"{s}-{type(f).__name__}" for f, s in FAULTS])
def test_each_is_a_page_and_a_fragment_with_the_way_on(fault, status):
    page = answer_to(fault)
    text, number = page.content.decode(), page["X-Request-Number"]
    assert page.status_code == status
    for words in WORDS[status]:
        assert words in text
    assert number in text
    assert text.count("<h1>") == 1
    assert "主导航" in text  # still inside the workbench
    fragment = answer_to(fault, **{"HX-Request": "true"})
    assert fragment.status_code == status
    assert "<html" not in fragment.content.decode()
    assert WORDS[status].title in fragment.content.decode()
    assert fragment["X-Request-Number"] in unquote(fragment["X-Told"])
    if str(fault) and status in (403, 409, 422):
        assert str(fault) in text
        assert str(fault) in fragment.content.decode()


def test_a_fault_says_nothing_of_the_program():
    text = answer_to(ZeroDivisionError("division by zero")).content.decode()
    assert "division" not in text
    assert "Traceback" not in text


def test_with_the_database_away_the_page_needs_none():
    client = browser("3302")
    client.raise_request_exception = False
    with mock.patch("cases.frame._counts", side_effect=OperationalError("gone")):
        answer = client.get("/inbox/")
    assert answer.status_code == 503
    assert "暂时不能使用" in answer.content.decode()


def test_a_button_s_address_opened_by_hand_is_explained():
    answer = browser("3302").get("/posting/")
    assert answer.status_code == 405
    assert "点页面上的按钮" in answer.content.decode()


def test_a_form_that_is_too_big_is_told_so(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = browser("3302").post("/inbox/", {"text": "长" * 200})
    assert answer.status_code == 413
    assert "拆分" in answer.content.decode()


def test_an_expired_form_says_what_to_do():
    client = Client(enforce_csrf_checks=True)
    client.force_login(user("3302"), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/inbox/")
    assert answer.status_code == 403
    assert "表单已失效" in answer.content.decode()
    assert "主导航" in answer.content.decode()


def test_no_page_for_somebody_without_a_posting_is_no_fault():
    answer = browser(person()).get("/nowhere/")
    assert answer.status_code == 404
    assert "没有这个页面" in answer.content.decode()


def test_a_locked_account_reads_what_to_do():
    from tests.teams.people import log_in

    client = Client()
    for _ in range(5):
        answer = log_in("3303", "wrong", client)[1]
    assert answer.status_code == 429
    assert answer.content.decode().count("<h1>") == 1
    assert "请 30 分钟后再试" in answer.content.decode()
