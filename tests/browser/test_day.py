"""The document clerk's day from nothing: twenty papers drafted, looked through, issued and sent in six acts (ux 1.2)."""

import pytest

from documents.models import Document, Service
from quality import standard_set
from tests import make
from tests.browser.looking import log_in, shot, violations
from tests.browser.test_journeys import Counted
from tests.cases.signing_helpers import fresh_roster
from tests.documents.exchanging import round_trip, work_off
from tests.quality.triage_helpers import parties, passed_on

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_papers_of_five_cases_in_six_acts(page, settings, tmp_path):
    settings.FILES_DIR, settings.EXCHANGE_DIR = tmp_path / "files", tmp_path / "exchange"
    fresh_roster()
    cases = [passed_on(1, parties=parties(str(n)))[0] for n in range(5)]
    for case in cases:
        case.parties.update(e_service=True, e_service_to="13800138000")
    log_in(page, make.actor("quality", "clerk"))
    page.goto(f"{page.base}/documents-of-day/")
    shot(page, "day")
    hand = Counted(page)
    hand.key("p")
    page.wait_for_url("**/documents-of-day/drafting/**")
    shot(page, "day-drafting")
    work_off()
    page.wait_for_url("**/documents-of-day/preview/**")
    shot(page, "day-preview")
    assert "第 1 / 20 份" in page.inner_text(".sub")
    hand.key("ArrowRight")
    page.wait_for_selector("text=第 2 / 20 份")
    assert violations(page) == []
    hand.key("p")
    page.wait_for_url("**/docs/batch/**")
    work_off()
    page.reload()
    assert "已制发 20 份" in page.inner_text("#progress")
    hand.key("e")
    page.wait_for_url("**/docs/serve/**")
    assert hand.count <= 6
    assert "正在提交送达平台" in page.inner_text("#progress")
    work_off()
    page.wait_for_selector("#progress:has-text('等待回执')")
    shot(page, "day-service")
    assert round_trip() == Service.objects.filter(way="electronic").count()
    assert Document.objects.filter(state="issued", kind__in=standard_set.KINDS).count() == 20
    for case in cases:
        assert not case.items.filter(rule__in=("documents.standard_set", "documents.e_service"), open=True).exists()
    assert page.faults == []
