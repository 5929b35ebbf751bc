"""One Chromium for all browser tests; a page of its own for each test, which keeps what went wrong in `page.faults`."""

import os

import pytest

from tests.browser.looking import CHROMIUM

# The browser's own pages (two for its address bar, in each window) cost more than the page under test. The switch
# replaces the driver's own, so what that one leaves out is left out here too: a page then costs a fifth less.
WITHOUT = (
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,RenderDocument,PaintHolding,Translate,OptimizationHints,HttpsUpgrades,"
    "MediaRouter,DestroyProfileOnBrowserClose,AcceptCHFrame,GlobalMediaControls,LensOverlay,ThirdPartyStoragePartitioning"
)
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", f"--disable-features={WITHOUT}"]


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        pytest.skip("no Chromium: as root, apt-get install chromium fonts-noto-cjk")
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def another_page(chromium, live_server, transactional_db):
    """`another_page()` opens a page in a browser context of its own: another officer, another computer."""
    contexts = []

    def make(**options):
        context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.base, page.faults = live_server.url, []
        page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("request", lambda request: abroad(page, request))
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(another_page):
    return another_page()


def abroad(page, request) -> None:
    """Nothing may be asked of anybody else: neither a font nor a picture."""
    if not request.url.startswith((page.base, "data:", "blob:")):
        page.faults.append(request.url)
