"""The assets room at the browser: from the debtors of the day to the request for a freeze, by clicks."""

import pytest

from assets.models import ControlMeasure, Query
from cases.models import Approval, Case
from tests import make
from tests.assets.helpers import counter, work_off
from tests.browser import asset_pages
from tests.browser.looking import log_in, violations, wide
from tests.cases.signing_helpers import fast_case, fresh_roster

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_day_of_queries_and_freezes(page):
    fresh_roster()
    made = {**asset_pages.world(), "fast": fast_case("fast-03").pk}
    counter("温一"), counter("温二")
    log_in(page, make.actor("reception", "clerk"))
    page.goto(f"{page.base}/cases/{made['frozen_case']}/?tab=assets")
    assert [*wide(page), *violations(page)] == []
    page.goto(f"{page.base}/assets/")
    page.click("text=发出网络查询")
    page.wait_for_url("**/assets/queries/*/")
    assert Query.objects.filter(party__name__startswith="温", state="sent").count() == 2
    before = ControlMeasure.objects.count()
    page.goto(f"{page.base}/assets/?tab=freeze")
    page.click("text=提出冻结并报请签发")
    page.wait_for_url("**/assets/freezes/*/")
    assert ControlMeasure.objects.count() > before
    assert Case.objects.filter(measures__isnull=False).distinct().count() == 2
    work_off()
    assert Approval.objects.filter(act="ruling", state="waiting").count() == 2
