"""The embedded servers: theirs is the command's own exit; nothing stays behind; two folders, odd paths."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WAIT = threading.Event()
CLEAN = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "REDIS_URL", "DB_OWNER_URL")}


@pytest.fixture
def folder(tmp_path):
    """A copy of ops/ in a folder with blanks and Chinese characters."""
    home = tmp_path / "执行 平台"
    shutil.copytree(ROOT / "ops", home / "ops", ignore=shutil.ignore_patterns("__pycache__"))
    return home


def launch(home: Path, *command: str, **more) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "ops.services", "--test", "--", *command],
        cwd=home,
        env=CLEAN,
        stdout=subprocess.PIPE,
        text=True,
        **more,
    )


def gone(home: Path) -> bool:
    """The keeper has stopped both servers and cleared its sockets."""
    for _ in range(150):
        if not (home / "var/services/test/urls").exists() and not (home / "var/services/test/sockets").is_symlink():
            return True
        WAIT.wait(0.1)
    return False


ASK = "import os,psycopg2,redis;c=psycopg2.connect(os.environ['DATABASE_URL'].replace('postgres://','postgresql://'));redis.Redis.from_url(os.environ['REDIS_URL']).ping();print('both answer')"


def test_the_command_has_both_servers_and_its_own_exit_status(folder):
    done = launch(folder, sys.executable, "-c", ASK + ";raise SystemExit(7)")
    assert done.communicate(timeout=60)[0].strip() == "both answer"
    assert done.returncode == 7
    assert gone(folder)


def test_a_killed_command_leaves_nothing_running(folder):
    process = launch(folder, sys.executable, "-c", ASK + ";import signal,sys;sys.stdout.flush();signal.pause()")
    assert process.stdout.readline().strip() == "both answer"
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert gone(folder)


def test_two_folders_at_once_do_not_meet(folder, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(folder / "ops", other / "ops")
    show = "import os;print(os.environ['DATABASE_URL'])"
    urls = {
        process.communicate(timeout=60)[0]
        for process in [launch(home, sys.executable, "-c", show) for home in (folder, other)]
    }
    assert len(urls) == 2


def test_a_sites_own_servers_win(folder):
    env = {**CLEAN, "DATABASE_URL": "postgres://a/b", "REDIS_URL": "redis://c"}
    done = subprocess.run(
        [sys.executable, "-m", "ops.services", "--", "printenv", "DATABASE_URL"],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == "postgres://a/b"
    assert not (folder / "var").exists()
