"""Every page as each post sees it, at three sizes, into var/gallery/:  make gallery

Narrower, and beside what is there already:  make gallery ARGS="--post director --post president --width 1440"
Needs Chromium. The demo data stands in a throw-away database; nothing of it is kept but the pictures.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "var" / "gallery"
SIZES = ((1440, 900), (1366, 768), (1280, 720))
PHONE = (390, 844)
PASSWORD = "Huanglong-2026"
# Besides what its navigation offers and every tab of its first case.
COMMON = ["/workbench/?tab=team", "/workbench/?tab=done", "/workbench/?tab=waiting", "/me/", "/help/", "/search/?q=濮阳",
          "/workbench/print/"]  # fmt: skip
# staff number → pages of that post alone; {case} is the first case on its list, {item} its first item, {paper} its first paper
ROLES = {
    "reception-clerk": ("2102", ["/reception/book/", "{item}", "{item}finish/", "{item}tick/reception.originals/", "{item}wait/", "/access/"]),
    "quality-leader": ("2201", ["{item}", "{paper}"]),
    "document-clerk": ("2202", ["{paper}", "{paper}service/"]),
    "archive-leader": ("2301", ["{case}dossier/", "{item}", "/archive/rounds/"]),
    "archive-clerk": ("2302", ["{case}dossier/", "{item}"]),
    "contractor": ("2306", []),
    "preservation-judge": ("2401", []),
    "preservation-clerk": ("2502", []),
    "coercion-judge": ("2601", []),
    "fast-judge": ("3301", ["{case}dossier/", "{case}card/", "{case}hold/", "{case}standing/", "{case}pause/", "{case}material/", "{paper}"]),
    "fast-clerk": ("3302", ["{case}event/", "{case}pause/", "{case}ask/transfer_to_regular/", "{case}docs/new/"]),
    "regular-judge": ("4101", ["{case}step/report_closing/"]),
    "terminal-leader": ("5101", []),
    "petitions-leader": ("6101", []),
    "adjudicator": ("1011", []),
    "director": ("1003", ["/sign/signed/", "/acting/", "/deadlines/?scope=all"]),
    "vice-president": ("1002", []),
    "president": ("1001", []),
}  # fmt: skip
ADMINISTRATORS = {
    "system-admin": (
        "9001",
        ["/admin/", "/admin/teams/user/", "/settings/", "/settings/cut_off/", "/settings/calendar/"],
    ),
    "security-admin": (
        "9002",
        ["/admin/", "/admin/teams/posting/", "/admin/teams/posting/add/", "/staffing/", "/inbox/"],
    ),
    "audit-admin": ("9003", ["/admin/", "/admin/teams/postingevent/", "/audit/", "/help/administration/"]),
}
ON_PHONES = ("/sign/", "/inbox/", "/workbench/")


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="pictures of the pages, post by post")
    parser.add_argument("--post", action="append", choices=[*ROLES, *ADMINISTRATORS], help="only this post; may repeat")
    widths = [width for width, _ in (*SIZES, PHONE)]
    parser.add_argument("--width", action="append", type=int, choices=widths, help="only this size; may repeat")
    return parser.parse_args()


def main() -> None:
    only = options()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("The gallery needs Chromium: as root, apt-get install chromium fonts-noto-cjk")
    os.environ["EXEC_MODE"] = "demo"
    for command in (["prepare"], ["collectstatic", "--noinput"], ["seed_demo", "--if-empty"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    if not (only.post or only.width):
        shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True, exist_ok=True)
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "huanglong_exec.wsgi", "-b", f"127.0.0.1:{port}", "--threads", "4"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        await_server(f"http://127.0.0.1:{port}")
        print(f"{take(f'http://127.0.0.1:{port}', chromium, only)} pictures in {OUT.relative_to(ROOT)}")
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_server(base: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{base}/health/")
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def take(base: str, chromium: str, only: argparse.Namespace) -> int:
    from playwright.sync_api import sync_playwright

    count = 0
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        for role, (number, pages) in {**ROLES, **ADMINISTRATORS}.items():
            if only.post and role not in only.post:
                continue
            page = browser.new_context(locale="zh-CN").new_page()
            log_in(page, base, number)
            for path in wanted(page, base, pages, common=role not in ADMINISTRATORS):
                count += shoot(page, base, role, path, only.width)
            page.context.close()
        browser.close()
    return count


def log_in(page, base: str, number: str) -> None:
    page.goto(f"{base}/login/")
    page.fill("#id_username", number)
    page.fill("#id_password", PASSWORD)
    page.click("form.sign-in button")
    page.wait_for_url(lambda url: "/login/" not in url)


def wanted(page, base: str, pages: list[str], *, common: bool) -> list[str]:
    """The addresses of one post, each once: its navigation, what all share, its own, the tabs of its first case."""
    found = links(page, base, "/me/", "nav a[href^='/']")
    if common:
        places = {
            name: next(iter(links(page, base, path, selector)), "")
            for name, path, selector in (
                ("case", "/cases/", "main a.cn"),
                ("item", "/queue/", "main a[data-panel]"),
                ("paper", "/docs/?tab=all", "main a[href^='/docs/']:not([href*='?'])"),
            )
        }
        own = [path.format(**places) for path in pages if all(places[name] for name in places if f"{{{name}}}" in path)]
        tabs = links(page, base, places["case"], "main a[href*='?tab=']") if places["case"] else []
        found += [*COMMON, *own, places["case"], *tabs]
    else:
        found += pages
    return [path for path in dict.fromkeys(found) if path]


def links(page, base: str, path: str, selector: str) -> list[str]:
    """Addresses on a page, as the officer finds them; none where he may not open it."""
    response = page.goto(base + path)
    if not response or not response.ok:
        return []
    found = page.eval_on_selector_all(
        selector, "all => all.map(a => new URL(a.href).pathname + new URL(a.href).search)"
    )
    return [address for address in found if "/logout" not in address]


def shoot(page, base: str, role: str, path: str, widths: list[int] | None) -> int:
    sizes = [*SIZES, PHONE] if path in ON_PHONES else SIZES
    sizes = [size for size in sizes if not widths or size[0] in widths]
    if not sizes:
        return 0
    name = path.strip("/").replace("/", "-").replace("?", "_").replace("&", "_") or "home"
    page.goto(base + path)
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=OUT / f"{role}--{name}--{width}.png")
    return len(sizes)


if __name__ == "__main__":
    main()
