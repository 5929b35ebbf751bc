"""Every page as each post sees it, at three sizes, into var/gallery/:  make gallery

Needs Chromium. The demo data stands in a throw-away database; nothing of it is kept but the pictures.
"""

from __future__ import annotations

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
COMMON = ["/workbench/", "/workbench/?tab=team", "/workbench/?tab=done", "/workbench/?tab=waiting", "/cases/", "/queue/",
          "/deadlines/", "/inbox/", "/me/", "/help/", "/search/?q=濮阳", "/workbench/print/"]  # fmt: skip
# staff number → pages of that post besides the common ones; {case} is the first case on its list, {item} its first item
ROLES = {
    "reception-clerk": ("2102", ["/import/", "/register/", "/slips/", "/today/", "{case}", "{case}visit/", "{item}", "{item}finish/", "{item}tick/reception.identity/", "{item}wait/", "/access/"]),
    "quality-leader": ("2201", ["/today/", "/escalations/", "{case}", "{case}?tab=journal", "{item}"]),
    "fast-judge": ("3301", ["/transfers/", "/sign/", "/sign/signed/", "{case}", "{case}?tab=items", "{case}?tab=approvals", "{case}?tab=materials", "{case}card/", "{case}hold/", "{case}standing/", "{case}pause/", "{case}material/"]),
    "fast-clerk": ("3302", ["{case}", "{case}event/", "{case}pause/", "{case}ask/transfer_to_regular/"]),
    "regular-judge": ("4101", ["/transfers/", "/sign/", "{case}", "{case}step/report_closing/"]),
    "terminal-leader": ("5101", ["/slips/", "{case}"]),
    "director": ("1003", ["/transfers/", "/sign/", "/sign/signed/", "/today/", "/escalations/", "/acting/", "/settings/", "/deadlines/?scope=all", "{case}"]),
    "president": ("1001", ["/sign/", "{case}"]),
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


def main() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("The gallery needs Chromium: as root, apt-get install chromium fonts-noto-cjk")
    os.environ["EXEC_MODE"] = "demo"
    for command in (["prepare"], ["collectstatic", "--noinput"], ["seed_demo", "--if-empty"]):
        subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "huanglong_exec.wsgi", "-b", f"127.0.0.1:{port}", "--threads", "4"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        await_server(f"http://127.0.0.1:{port}")
        print(f"{take(f'http://127.0.0.1:{port}', chromium)} pictures in {OUT.relative_to(ROOT)}")
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


def take(base: str, chromium: str) -> int:
    from playwright.sync_api import sync_playwright

    count = 0
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        for role, (number, pages) in {**ROLES, **ADMINISTRATORS}.items():
            page = browser.new_context(locale="zh-CN").new_page()
            log_in(page, base, number)
            wanted = pages if role in ADMINISTRATORS else [*COMMON, *pages]
            places = {} if role in ADMINISTRATORS else first_ones(page, base)
            for path in wanted:
                count += shoot(page, base, role, path.format(**places))
            page.context.close()
        browser.close()
    return count


def log_in(page, base: str, number: str) -> None:
    page.goto(f"{base}/login/")
    page.fill("#id_username", number)
    page.fill("#id_password", PASSWORD)
    page.click("form.sign-in button")
    page.wait_for_url(lambda url: "/login/" not in url)


def first_ones(page, base: str) -> dict[str, str]:
    found = {}
    for name, path, selector in (("case", "/cases/", "a.cn"), ("item", "/queue/", "a[data-panel]")):
        page.goto(base + path)
        link = page.query_selector(f"main {selector}")
        found[name] = link.get_attribute("href") if link else path
    return found


def shoot(page, base: str, role: str, path: str) -> int:
    sizes = [*SIZES, PHONE] if path in ON_PHONES else SIZES
    name = path.strip("/").replace("/", "-").replace("?", "_").replace("&", "_") or "home"
    page.goto(base + path)
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        page.screenshot(path=OUT / f"{role}--{name}--{width}.png")
    return len(sizes)


if __name__ == "__main__":
    main()
