"""What browser tests do and look for: log in, axe, overflow, small targets, where the focus is."""

import os
import shutil
from functools import cache

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.cached_db import SessionStore
from django.utils.crypto import get_random_string

from cases import clock
from teams.models import User

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = settings.BASE_DIR / "var" / "vendor" / "test" / "axe.min.js"
PASSWORD = "Huanglong-2026"
SIZES = ((1440, 900), (1366, 768), (1280, 720))

VIOLATIONS = """(within) => axe.run(within || document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations']})
  .then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target).join(' | ')))"""
FRAME = {"exclude": [["header.top"], ["nav.side"]]}
WIDE = """[document.documentElement, ...document.querySelectorAll('main, .card, .card-b, .panel')]
  .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className || e.tagName)"""


def log_in(page, actor) -> None:
    """By a session of his own, made here: the log-in form has its own test. One more page of his is the same session."""
    user = User.objects.get(pk=actor.user.pk)
    if not user.session_token:
        user.session_token = get_random_string(32)
        user.save(update_fields=["session_token"])
    now = clock.now().timestamp()
    session = SessionStore()
    session.update(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: user.get_session_auth_hash(),
            "token": user.session_token,
            "began": now,
            "seen": now,
        }
    )
    session.save()
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": page.base, "httpOnly": True}]
    )


@cache
def axe() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page, *, frame: bool = True) -> list[str]:
    """What axe holds against the page as it stands (WCAG 2.2 A and AA), with the bar and the navigation around it or without."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe())
    return page.evaluate(VIOLATIONS, None if frame else FRAME)


def wide(page) -> list[str]:
    """The document, `main`, cards and panels whose content is wider than they are."""
    return page.evaluate(WIDE)


def on_body(page) -> bool:
    """Whether the focus is lost."""
    return page.evaluate("document.activeElement === document.body")


def check(page, path: str, *, sizes=SIZES) -> None:
    """What must hold of every page: quiet, one heading, Chinese, accessible, and nothing too wide at any size."""
    page.goto(page.base + path)
    assert page.faults == [], (path, page.faults)
    assert page.locator("h1").count() == 1, path
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        assert wide(page) == [], (path, width, wide(page))
    assert violations(page) == [], (path, violations(page))


def shot(page, name: str) -> None:
    """A picture for whoever looks while writing a journey: SHOTS=folder make test ARGS=…"""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png")
