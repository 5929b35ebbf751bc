"""Nothing typed is lost: what a refused form carried is its writer's draft, and htmx is told what to do with the page."""

import pytest
from django.test import Client

from cases import clock
from cases.models import Draft, WorkItem
from tests import make
from tests.journeys.officers import Officer

pytestmark = pytest.mark.django_db
BESIDE = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "main", "HTTP_X_TYPED": "1"}


@pytest.fixture
def clue():
    return WorkItem.objects.get(case=make.case(), rule="enforcement.ask_clues")


def finish(clerk: Officer, item: WorkItem, **more):
    data = {"note": "已电话通知", "happened_on": "今天", "submission": "k1", "password": "secret"}
    return clerk.client.post(f"/items/{item.pk}/finish/", data, **more)


def test_a_form_that_comes_too_late_for_its_right_is_kept_without_passwords(clue):
    stranger = Officer("fast-03", "clerk")
    assert finish(stranger, clue).status_code == 404
    draft = Draft.objects.get()
    assert draft.user_id == stranger.actor.user_id
    assert draft.data == {"note": ["已电话通知"], "happened_on": ["今天"]}


def test_a_form_sent_after_the_session_ended_waits_for_the_next_log_in(clue, at):
    clerk = Officer("reception", "clerk")
    clerk.get("/workbench/")
    later = clock.now().replace(microsecond=0)
    with at(f"{later.replace(year=later.year + 1):%Y-%m-%d} 10:00"):
        answer = finish(clerk, clue)
    assert answer.status_code == 302
    assert answer.url.startswith("/login/")
    assert Draft.objects.get().data["note"] == ["已电话通知"]


def test_a_fault_keeps_what_was_typed(clue, monkeypatch):
    from cases import work

    def fail(*args, **more):
        raise RuntimeError("boom")

    monkeypatch.setattr(work, "finish", fail)
    clerk = Officer("reception", "clerk")
    clerk.client.raise_request_exception = False
    assert finish(clerk, clue).status_code == 500
    assert Draft.objects.get().data["note"] == ["已电话通知"]


def test_without_a_log_in_nothing_is_kept(clue):
    Client().post(f"/items/{clue.pk}/finish/", {"note": "x", "submission": "k"})
    assert not Draft.objects.exists()


def test_a_page_is_left_after_the_act_and_a_refusal_stands_above_its_form(clue):
    clerk = Officer("reception", "clerk")
    done = finish(clerk, clue, **BESIDE)
    assert (done.status_code, done.headers["HX-Redirect"]) == (200, f"/cases/{clue.case_id}/")
    assert not Draft.objects.exists()
    refused = finish(Officer("fast-03", "clerk"), clue, **BESIDE)
    assert refused.status_code == 404
    assert refused.headers["HX-Retarget"] == "form[data-sent] .form-said"


def test_a_form_with_errors_comes_back_whole(clue):
    clerk = Officer("reception", "clerk")
    answer = clerk.client.post(f"/items/{clue.pk}/finish/", {"note": "", "submission": "k2"}, **BESIDE)
    assert answer.status_code == 422
    assert "HX-Retarget" not in answer.headers
    assert "请填写「办理情况」。" in answer.content.decode()


def test_the_effect_of_an_event_is_what_recording_it_does():
    from tests.cases.signing_helpers import fast_case

    case, clerk = fast_case("fast-03"), Officer("fast-03", "clerk")
    data = {"anchor": "real_estate_sealed", "happened_on": "今天", "subject": "房产 1"}
    before = WorkItem.objects.filter(case=case).count()
    answer = clerk.client.post(f"/cases/{case.pk}/event/effect/", data)
    shown = answer.context["effect"]["opened"]
    assert shown
    assert WorkItem.objects.filter(case=case).count() == before
    clerk.post(f"/cases/{case.pk}/event/", **data)
    made = WorkItem.objects.filter(case=case, subject="房产 1").order_by("pk")
    assert [(item.title, f"{item.due_on:%Y-%m-%d}") for item in made] == [(s["title"], s["due"][:10]) for s in shown]
