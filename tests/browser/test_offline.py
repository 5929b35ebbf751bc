"""The clerk back from the counters: nothing found is one key a person, everything else is typed along the row (ux 1.3)."""

import pytest

from assets.models import Asset, Query
from quality import offline
from tests import make
from tests.browser.looking import log_in, shot, violations
from tests.browser.test_journeys import Counted
from tests.cases.signing_helpers import fresh_roster
from tests.quality.triage_helpers import parties, passed_on

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_key_sends_the_list_and_one_key_a_person_answers_it(page):
    fresh_roster()
    cases = [passed_on(1, parties=parties(str(n)))[0] for n in range(4)]
    log_in(page, make.actor("quality", "clerk"))
    page.goto(f"{page.base}/assets/offline/")
    hand = Counted(page)
    hand.key("p")
    page.wait_for_url("**/assets/offline/list/**")
    assert Query.objects.filter(state="sent").count() == 4 * len(offline.COUNTERS)
    batch = Query.objects.filter(counter="vehicle").first().batch_id
    page.goto(f"{page.base}/assets/offline/{batch}/")
    for _ in range(3):
        hand.key("0")
        page.wait_for_timeout(50)
    assert page.evaluate("document.activeElement.id") == "person3"
    page.fill("#key-3", "豫J12345")
    assert violations(page) == []
    shot(page, "offline-grid")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("text=已录入 4 人的反馈")
    assert hand.count <= 4
    assert Query.objects.filter(batch=batch, state="nothing").count() == 3
    assert Asset.objects.get().case_id == cases[3].pk
    assert page.faults == []
