"""Triage at its keys: one a case, Shift+A for whatever is certain, a changed proposal asks for its reason."""

import pytest

from cases.models import Case
from quality.models import TriageDecision
from tests import make
from tests.browser.looking import log_in, shot, violations, wide
from tests.cases.signing_helpers import fresh_roster
from tests.quality.triage_helpers import parties, ready

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def four(page):
    fresh_roster()
    clues = ("", "有车停在楼下", "", "")
    return [ready(1, clues=clue, parties=parties(str(n)))[0] for n, clue in enumerate(clues)]


def test_each_case_takes_one_key_and_one_more_sends_them(page, four):
    log_in(page, make.actor("quality", "clerk"))
    page.goto(f"{page.base}/triage/")
    shot(page, "triage")
    for key in ("1", "1", "2"):
        page.keyboard.press(key)
        page.wait_for_timeout(50)
    assert page.evaluate("document.activeElement.className") == "why-changed wanted"
    assert violations(page) == []
    page.keyboard.type("当事人矛盾激化")
    shot(page, "triage-keys")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=已分流 3 件：快执 2 件，普执 1 件")
    stages = list(Case.objects.filter(pk__in=[case.pk for case in four]).order_by("pk").values_list("stage", flat=True))
    assert stages == ["fast", "fast", "regular", "preparation"]
    assert TriageDecision.objects.get(case=four[2]).reason == "当事人矛盾激化"
    assert page.faults == []


def test_shift_a_takes_what_is_certain_and_u_takes_one_back(page, four):
    log_in(page, make.actor("quality", "clerk"))
    page.goto(f"{page.base}/triage/")
    page.keyboard.press("Shift+A")
    assert page.locator("tr.decided").count() == 3
    page.keyboard.press("u")
    page.wait_for_timeout(50)
    assert page.locator("tr.decided").count() == 2
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=已分流 2 件")
    assert Case.objects.filter(pk__in=[case.pk for case in four], stage="fast").count() == 2
    assert Case.objects.get(pk=four[0].pk).stage == "preparation"


def test_the_doubtful_case_opens_beside_the_list_and_is_decided_there(page, four):
    log_in(page, make.actor("quality", "clerk"))
    page.goto(f"{page.base}/triage/")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel-body >> text=八项标准")
    shot(page, "triage-panel")
    assert wide(page) == []
    assert violations(page) == []
    page.locator("#panel-body button.pri").click()
    page.wait_for_selector("text=已分流快执")
    assert Case.objects.get(pk=four[1].pk).stage == "fast"
    assert page.faults == []
