"""Every shared page for every post that may open it: accessible, no overflow, quiet console, within its budgets."""

import pytest

from cases.models import WorkItem
from tests import make
from tests.browser.looking import check, log_in
from tests.cases.signing_helpers import fast_case, fresh_roster, transfer

pytestmark = pytest.mark.django_db(transaction=True)
COMMON = (
    "/workbench/",
    "/workbench/?tab=copied",
    "/cases/?least=1万",
    "/deadlines/",
    "/inbox/",
    "/me/",
    "/help/",
    "/search/?q=梁",
)


@pytest.fixture
def world():
    fresh_roster()
    make.cases(12)
    case = fast_case("fast-03")
    transfer(case)
    WorkItem.objects.filter(case=case, open=True).update(team_id=case.team_id, person_id=case.handler_id)
    return case


def visit(page, actor, paths) -> None:
    log_in(page, actor)
    for path in paths:
        page.faults.clear()
        check(page, path)
        nodes = page.evaluate("document.getElementsByTagName('*').length")
        assert nodes <= 1500, (path, nodes)


def test_reception(page, world):
    visit(page, make.actor("reception", "clerk"), (*COMMON, "/import/", "/register/", "/queue/", "/today/", "/access/"))


def test_a_fast_team(page, world):
    case = f"/cases/{world.pk}/"
    visit(
        page,
        make.actor("fast-03", "judge"),
        ("/workbench/?tab=team", case, f"{case}?tab=items", f"{case}event/", "/help/fast/"),
    )


def test_leadership(page, world):
    paths = (
        "/workbench/",
        "/sign/",
        "/sign/signed/",
        "/acting/",
        "/deadlines/?scope=all",
        "/settings/",
        "/escalations/",
    )
    visit(page, make.director(), paths)


def test_audit(page, world):
    visit(page, make.actor("administration", "audit_admin"), ("/audit/", "/help/administration/"))


def test_signing_and_notices_fit_a_phone(page, world):
    log_in(page, make.director())
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/sign/", "/sign/signed/", "/inbox/", "/workbench/"):
        page.goto(page.base + path)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, (path, wide)
        small = page.evaluate(
            "[...document.querySelectorAll('main button, main a.bt, .top a, .top button')]"
            ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 24).map(e => e.textContent.trim())"
        )
        assert small == [], (path, small)


def test_a_list_costs_few_requests_and_little_weight(page, world):
    log_in(page, make.actor("reception", "clerk"))
    context = page.context.browser.new_context(storage_state=page.context.storage_state(), locale="zh-CN")
    cold = context.new_page()
    seen = []
    cold.on("requestfinished", lambda request: seen.append(request))
    cold.goto(f"{page.base}/workbench/")
    cold.wait_for_load_state("networkidle")
    assert len(seen) <= 8, [request.url for request in seen]
    html = next(request for request in seen if request.url.endswith("/workbench/"))
    assert len(html.response().body()) <= 120_000
    context.close()
