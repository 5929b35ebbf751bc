"""Every page for every post that sees it otherwise: accessible, nothing too wide, quiet, light, within its budgets."""

import gzip
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from playwright.sync_api import TimeoutError

from tests import make
from tests.browser import archive_pages, dossier_pages, quality_pages, reception_pages
from tests.browser.looking import SIZES, log_in, violations, wide
from tests.browser.pages import NO_PAGE, OWN_TEST, PAGES, world
from tests.databases import made_once

pytestmark = pytest.mark.django_db(transaction=True)
ROOMS = ("teams", "cases", "reception", "archives", "preservation", "coercion", "petitions")
READING = (
    5  # more requests where papers are read: their images as they come into sight, and a sheet and scripts of its own
)
PARTS = 8
REQUESTS, HTML, ALL, QUERIES = 8, 25_000, 150_000, 15
FORMS = ("finish", "record_event", "register", "pause", "import", "ask", "set_hold", "access")
ON_PAPER = (
    "print_slip",
    "card",
    "cards",
    "story",
    "handover",
    "print_today",
    "sheet",
    *archive_pages.ON_PAPER,
    *dossier_pages.ON_PAPER,
    *quality_pages.ON_PAPER,
    *reception_pages.ON_PAPER,
)
MORE = {  # no lists: a case or a decision with all its parts, each by its own query
    "detail": 32, "sign": 38, "ask": 22, "approval": 30, "transfer": 24, "accept_transfer": 24, "staffing": 22, "story": 32,
    "dossier": 36, "handover": 30, "card": 24, "cards": 24, "arrange": 22, "archive_case": 28, "reception_desk": 30, "receive": 34,
    "stats": 22, "stats_screen": 22, "triage": 20, "triage_one": 28, "triage_route": 20,
}  # fmt: skip

STANDS = """() => {
  const wrong = [], all = (s) => [...document.querySelectorAll(s)], seen = (e) => e.getClientRects().length > 0;
  if (document.documentElement.lang !== 'zh-CN') wrong.push('lang');
  if (all('h1').length !== 1) wrong.push(`${all('h1').length} h1`);
  if (!/^[^\\s-].* - 执行工作平台$/.test(document.title)) wrong.push(`title ${document.title}`);
  const first = all('a[href], button, input:not([type=hidden]), select, textarea, summary').find((e) => !e.closest('[hidden]'));
  if (!first || !first.matches('a.skip')) wrong.push('skip link');
  for (const table of all('table')) if (!table.caption) wrong.push(`table without caption ${table.className}`);
  for (const light of all('.lt')) if (!light.querySelector('svg *') || !light.textContent.trim()) wrong.push('light without shape or words');
  for (const nav of all('nav a.on, .tabs a.on, .steps .now')) if (!nav.hasAttribute('aria-current')) wrong.push(`no aria-current on ${nav.textContent.trim()}`);
  if (location.search.includes('sort=') && !all('th[aria-sort]').length) wrong.push('no aria-sort');
  const named = (e) => e.labels && e.labels.length || e.getAttribute('aria-label') || e.getAttribute('aria-labelledby') || e.title;
  for (const e of all('input:not([type=hidden]), select, textarea')) if (seen(e) && !named(e)) wrong.push(`no label on ${e.name}`);
  const nodes = document.getElementsByTagName('*').length;
  if (nodes > 1500) wrong.push(`${nodes} nodes`);
  return wrong;
}"""
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');
  document.adoptedStyleSheets = [sheet];
  document.body.classList.add('large');
  const clipped = [...document.querySelectorAll('main button, main .bt, main .tag, main label, main th, main h1, main h2, main .tabs a')]
    .filter((e) => e.getClientRects().length && getComputedStyle(e).overflow !== 'visible' && !e.matches('.visually-hidden, .visually-hidden *')
      && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1));
  const wide = document.documentElement.scrollWidth > innerWidth + 1;
  document.adoptedStyleSheets = [];
  document.body.classList.remove('large');
  return [...clipped.map((e) => e.textContent.trim().slice(0, 20)), ...(wide ? ['document'] : [])];
}"""


def named(patterns, room=""):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            inner = getattr(pattern, "app_name", "") or room
            if inner != "admin":
                yield from named(pattern.url_patterns, inner)
        elif pattern.name:
            yield pattern.name


def test_every_named_address_is_on_the_list():
    names = set(named(get_resolver().url_patterns))
    known = {*PAGES, *OWN_TEST, *NO_PAGE}
    assert names - known == set(), "a new address: put it into tests/browser/pages.py"
    assert known - names == set(), "gone: take it out of tests/browser/pages.py"


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page(page, part):
    """A walk by the posts one after another, in one world: all that is wrong is told at once."""
    made, wrong, came = made_once(world), [], None
    visits = sorted((who, name, path.format(**made)) for name, rows in PAGES.items() for who, path in rows)
    share = -(-len(visits) // PARTS)
    for who, name, path in visits[part * share : (part + 1) * share]:
        if who != came:
            log_in(page, make.actor(*who))
        wrong += [(*who, path, *said) for said in look(page, name, path, frame=who != came)]
        came = who
    assert not wrong, "\n".join(map(str, wrong))


def counted(request) -> bool:
    """What the page itself needs; the images of papers are its matter, not its weight (ux §6.4), and the icon of the tab
    is fetched once, with whatever page happens to be the first."""
    image = request.resource_type == "image" and "/page" in request.url
    return request.resource_type not in ("fetch", "xhr") and not image and not request.url.endswith("/mark.svg")


def look(page, name: str, path: str, *, frame: bool):
    """What is wrong with one page; the frame around it, which is the same on all pages of a post, is looked at once."""
    page.faults.clear()
    seen = []
    note = lambda request: seen.append(request) if counted(request) else None  # noqa: E731
    page.on("request", note)
    page.set_viewport_size({"width": 1440, "height": 900})
    answer = page.goto(page.base + path)
    page.remove_listener("request", note)
    if answer.status != 200:
        yield ("status", answer.status)
        return
    html = len(gzip.compress(answer.body()))
    if html > HTML:
        yield ("html", html)
    if len(seen) > REQUESTS + (READING if name == "dossier" else 0):
        yield ("requests", [request.url for request in seen])
    if name in ON_PAPER:
        yield from ((("axe", found),) if (found := violations(page)) else ())
        return
    if found := page.evaluate(STANDS):
        yield ("stands", found)
    for width, height in SIZES[1:]:
        page.set_viewport_size({"width": width, "height": height})
        if found := wide(page):
            yield (width, found)
    if found := page.evaluate(SPACED):
        yield ("spaced", found)
    page.set_viewport_size({"width": 640, "height": 720})
    if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
        yield ("at 200 %", "too wide")
    if name in ("sign", "signed", "inbox", "workbench"):
        yield from on_a_phone(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    if found := [*wide(page), *violations(page, frame=frame)]:
        yield ("axe", found)
    if name in FORMS:
        yield from refused(page)
    faults = [fault for fault in page.faults if "422" not in fault]
    if faults:
        yield ("faults", faults)


def refused(page):
    """The form sent empty: a summary with the focus, errors tied to their fields, the title says so."""
    page.evaluate(
        "for (const e of document.querySelectorAll('main form.form [required]:not([type=radio])')) e.value = ''"
    )
    page.click("main form.form .form-bar .pri")
    page.wait_for_load_state()
    try:
        page.wait_for_selector("main .errors, main .refusal", timeout=8000)
    except TimeoutError:
        yield ("sent empty", page.url)
        return
    if page.evaluate("document.activeElement.className") not in ("errors", "refusal"):
        yield ("focus of errors", page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    if not page.title().startswith("错误："):
        yield ("title of errors", page.title())
    loose = page.evaluate(
        """[...document.querySelectorAll('main .field.bad')].filter((f) => { const e = f.querySelector('[name]');
        return e.getAttribute('aria-invalid') !== 'true' }).map((f) => f.textContent.trim().slice(0, 20))"""
    )
    if loose:
        yield ("errors not tied", loose)
    if found := [*wide(page), *violations(page, frame=False)]:
        yield ("axe with errors", found)


def test_no_page_asks_the_database_more_than_fifteen_times(transactional_db):
    """Besides the session, the officer and his posting, which every request reads; and no two pages have one title."""
    made, much, titles = made_once(world), {}, {}
    come(*PAGES["workbench"][0], made)  # what a process reads once, it has read
    for name, rows in PAGES.items():
        who, path = rows[0]
        answer, asked = come(who, path, made)
        if name not in ON_PAPER and (title := re.search("<title>(.*?)</title>", answer.content.decode())):
            titles.setdefault(title[1], set()).add(name)
        if len(asked) > MORE.get(name, QUERIES) + 3:
            much[name] = len(asked)
    assert much == {}
    assert [names for names in titles.values() if len(names) > 1] == []


def come(who, path: str, made: dict):
    """The answer, and what was asked for it."""
    client = Client()
    client.force_login(make.actor(*who).user)
    client.get("/inbox/")
    with CaptureQueriesContext(connection) as asked:
        return client.get(path.format(**made)), asked


def on_a_phone(page):
    """Signing, notices and the workbench are used on phones too."""
    page.set_viewport_size({"width": 390, "height": 844})
    across = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if across > 0:
        yield ("on a phone", f"{across} px too wide")
    small = page.evaluate(
        "[...document.querySelectorAll('main button, main a.bt, .top a, .top button')]"
        ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 24).map(e => e.textContent.trim())"
    )
    if small:
        yield ("small on a phone", small)


def test_the_log_in_fits_a_phone(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{page.base}/login/")
    assert wide(page) == []


def test_a_cold_list_weighs_little(another_page):
    make.cases(12)
    page = another_page()
    log_in(page, make.actor("reception", "clerk"))
    seen = []
    page.on("requestfinished", lambda request: seen.append(request))
    page.goto(f"{page.base}/workbench/")
    page.wait_for_load_state("networkidle")
    assert len(seen) <= REQUESTS, [request.url for request in seen]
    assert sum(len(gzip.compress(request.response().body())) for request in seen) <= ALL


def test_the_stylesheet_keeps_to_what_old_browsers_know(settings):
    found = {}
    for sheet in (settings.BASE_DIR / "static_src").glob("*.css"):
        css = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)
        found[sheet.name] = re.findall(r"color-mix\(|:has\(|@layer|@container|light-dark\(|[{;}]\s*&", css)
    assert set(map(len, found.values())) == {0}, found
