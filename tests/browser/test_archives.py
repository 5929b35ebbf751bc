"""The archive centre at its keys: one scan a bundle, one key a page, no case number typed."""

import pytest

from archives.models import ScanBatch
from cases.models import Material
from documents import custody
from documents.dossier import placing
from tests import make
from tests.archives.helpers import clerk, scanned, sheet, work_off
from tests.browser.looking import log_in, shot
from tests.cases.signing_helpers import fast_case, fresh_roster

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bundle(page, settings, tmp_path):
    settings.FILES_DIR, settings.OCR = tmp_path, False
    fresh_roster()
    by = make.actor("fast-03", "clerk")
    made = custody.make(fast_case("fast-03"), by, kind="papers", title="调解笔录等", pieces=2, pages=3)
    custody.give(made, clerk().team_id, by)
    return made


def test_the_scanner_types_and_the_bundle_is_received_with_its_count(page, bundle):
    log_in(page, clerk())
    page.goto(f"{page.base}/archive/")
    shot(page, "receive0")
    assert page.evaluate("document.activeElement.id") == "id_code"
    page.mouse.click(700, 700)
    page.keyboard.type(custody.code_of(bundle))
    page.keyboard.press("Enter")
    page.wait_for_selector("text=收到：")
    assert page.locator("tr", has_text="调解笔录等").locator(".tag.gr", has_text="一致").count() == 1
    page.fill("input[name=counted]", "1")
    page.click("text=改实收")
    page.wait_for_selector("text=应 2 实 1")
    shot(page, "receive")
    page.goto(f"{page.base}/bundles/{bundle.pk}/")
    shot(page, "bundle")
    page.goto(f"{page.base}/archive/?tab=scan")
    shot(page, "scan")
    assert page.faults == []


def test_a_batch_is_catalogued_by_keys_alone(page, bundle):
    custody.take(bundle, clerk())
    batch = scanned(bundle, sheet("笔录一"), sheet("笔录二"), sheet(), sheet("收据", turned=90))
    log_in(page, clerk())
    page.goto(f"{page.base}/archive/batch/{batch.pk}/")
    on = lambda number: page.wait_for_selector(f"h2:has-text('第 {number} / 4 页')")  # noqa: E731
    on(1)
    shot(page, "catalogue1")
    page.keyboard.type("11")
    page.keyboard.press("Enter")
    on(2)
    page.keyboard.press(" ")
    on(3)
    page.keyboard.press("x")
    on(4)
    page.keyboard.press("]")
    page.wait_for_selector("img[src*='turned=90']")
    page.keyboard.type("23")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=已分 2 份")
    shot(page, "catalogue2")
    page.click("form.form button.pri")
    page.wait_for_selector("text=正在入卷")
    work_off()
    assert ScanBatch.objects.get(pk=batch.pk).state == "filed"
    papers = list(Material.objects.filter(case=bundle.case, kind="scan").order_by("pk"))
    assert [placing.places(bundle.case, papers)[paper.pk].number for paper in papers] == [11, 23]
    assert page.faults == []
