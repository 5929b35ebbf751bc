"""The reference peer is a process of its own, and only for demonstrations."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from documents.exchange import manifest

ROOT = Path(__file__).resolve().parents[2]
LONG_AGO = datetime(2026, 1, 5, tzinfo=UTC)  # the peer reads its own clock
PAYLOAD = {"recipient": {"name": "张三", "role": "被执行人", "to": "13800138000"}}


def run(folder: Path, *options: str, mode: str = "demo") -> subprocess.CompletedProcess:
    given = {**os.environ, "EXEC_MODE": mode, "SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "localhost"}
    command = [sys.executable, "-m", "ops.peer", "--once", "--folder", str(folder), *options]
    return subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=120)


def package(folder: Path) -> None:
    manifest.write(folder / "out", "delivery", PAYLOAD, {"paper.pdf": b"%PDF-"}, id="a-1", created=LONG_AGO)


def test_it_answers_and_takes_the_package_away(tmp_path):
    package(tmp_path)
    (tmp_path / "out" / "rubbish").mkdir()
    assert run(tmp_path, "--repeat", "2").returncode == 0
    answers = [manifest.read(path) for path in manifest.waiting(tmp_path / "in")]
    assert [(each.id, each.answers, each.payload["status"]) for each in answers] == [("R-a-1", "a-1", "delivered")] * 2
    assert manifest.waiting(tmp_path / "out") == []


def test_it_refuses_where_it_is_told_to(tmp_path):
    package(tmp_path)
    run(tmp_path, "--refuse", "delivery")
    (path,) = manifest.waiting(tmp_path / "in")
    assert json.loads((path / "payload.json").read_text())["status"] == "failed"


def test_it_does_not_run_for_a_court(tmp_path):
    package(tmp_path)
    done = run(tmp_path, mode="court")
    assert done.returncode == 2
    assert "只用于演示" in done.stderr
    assert not (tmp_path / "in").exists()
