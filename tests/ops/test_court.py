"""The court's mode as the containers run it: collected files, gunicorn, and the health check that nginx waits for."""

import json
import os
import re
import socket
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from django.conf import settings
from django.db import connection

from ops import health

ROOT = Path(__file__).resolve().parents[2]
HOST = "exec.court.internal"
PAUSE = threading.Event()
STATIC = re.compile(r"""\{% static ["']([^"']+)["']""")


@pytest.fixture(scope="module")
def court(tmp_path_factory, django_db_setup):
    """The environment of the court, with its files collected."""
    place = urlsplit(settings.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    env = {key: value for key, value in os.environ.items() if key not in ("EXEC_MODE", "DJANGO_DEBUG")}
    env |= {"SECRET_KEY": "court" * 12, "ALLOWED_HOSTS": HOST, "DATABASE_URL": place}
    env["STATIC_ROOT"] = str(tmp_path_factory.mktemp("court") / "static")
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"], cwd=ROOT, env=env, check=True
    )
    return env


def test_every_file_that_a_page_names_is_collected_under_its_hash(court):
    manifest = json.loads(Path(court["STATIC_ROOT"], "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    pages = [
        path.read_text(encoding="utf-8") for path in ROOT.glob("**/templates/**/*.html") if ".venv" not in path.parts
    ]
    named = {name for page in pages for name in STATIC.findall(page) if not name.endswith(("/", "."))}
    assert named
    assert named - manifest.keys() == set()
    assert all(Path(court["STATIC_ROOT"], file).exists() for file in manifest.values())


@pytest.mark.django_db
def test_the_container_is_healthy_as_the_compose_file_asks_and_answers_no_other_name(court, monkeypatch):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "huanglong_exec.wsgi",
        "-b",
        f"127.0.0.1:{port}",
        "--no-control-socket",
    ]
    web = subprocess.Popen(command, cwd=ROOT, env=court, stderr=subprocess.DEVNULL)
    try:
        monkeypatch.setenv("ALLOWED_HOSTS", HOST)
        assert any(health.main(port) == 0 or PAUSE.wait(0.2) for _ in range(200))
        monkeypatch.setenv("ALLOWED_HOSTS", "other.example")
        assert health.main(port) == 1
        with urlopen(
            Request(f"http://127.0.0.1:{port}/login/", headers={"Host": HOST, "X-Forwarded-Proto": "https"})
        ) as page:
            text = page.read().decode()
            assert "max-age" in page.headers["Strict-Transport-Security"]
        assert "演示" not in text
        assert re.search(r"/static/theme\.[0-9a-f]{12}\.css", text)
    finally:
        web.terminate()
        web.wait(30)
