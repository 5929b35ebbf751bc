"""The supervisor: however it is ended, what it started ends with it."""

import os
import pty
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WAIT = threading.Event()
RUN = f"""
import asyncio, sys
sys.path.insert(0, {str(ROOT)!r})
from ops import run
run.PROCESSES = {{"child": [sys.executable, "-c", "import signal, sys; open(sys.argv[1], 'w').write('up'); signal.pause()", sys.argv[1]]}}
run.opens = lambda url: False
run.die_with_make()
asyncio.run(run.main(""))
"""
LEADER = "import signal, subprocess, sys; signal.signal(1, lambda *_: None); subprocess.run(sys.argv[1:])"


def running(mark: Path) -> list[str]:
    """The processes that carry the mark: the supervisor and its child."""
    done = subprocess.run(["pgrep", "-f", str(mark)], capture_output=True, text=True)
    return done.stdout.split()


def until(condition) -> bool:
    for _ in range(150):
        if condition():
            return True
        WAIT.wait(0.1)
    return False


@pytest.fixture
def mark(tmp_path):
    yield tmp_path / "up"
    for number in running(tmp_path / "up"):
        os.kill(int(number), signal.SIGKILL)


def command(mark: Path) -> list[str]:
    return [sys.executable, "-c", RUN, str(mark)]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_told_to_stop_or_killed_it_takes_all_with_it(mark, how):
    hears = lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL)  # noqa: E731  the tests themselves may run under nohup
    process = subprocess.Popen(
        command(mark), start_new_session=True, env={**os.environ, "REDIS_URL": ""}, preexec_fn=hears
    )
    assert until(mark.exists)
    process.send_signal(how)
    process.wait(20)
    assert until(lambda: not running(mark))


def test_a_closed_terminal_stops_it_even_when_another_leads_the_session(mark):
    leader, terminal = pty.fork()
    if not leader:
        os.environ["REDIS_URL"] = ""
        os.execv(sys.executable, [sys.executable, "-c", LEADER, *command(mark)])
    assert until(mark.exists)
    os.close(terminal)
    os.waitpid(leader, 0)
    assert until(lambda: not running(mark))


def test_under_nohup_it_outlives_its_terminal(mark):
    leader, terminal = pty.fork()
    if not leader:
        os.environ["REDIS_URL"] = ""
        os.chdir(mark.parent)  # for its nohup.out
        os.execvp("nohup", ["nohup", *command(mark)])
    assert until(mark.exists)
    os.close(terminal)
    assert not gone_within(mark, 2)
    os.kill(leader, signal.SIGTERM)
    os.waitpid(leader, 0)
    assert until(lambda: not running(mark))


def gone_within(mark: Path, seconds: float) -> bool:
    for _ in range(int(seconds * 10)):
        if not running(mark):
            return True
        WAIT.wait(0.1)
    return False


@pytest.mark.parametrize(
    ("host", "port", "words"),
    [
        ("127.0.0.1", "", "已被占用"),
        ("203.0.113.7", "8000", "写本机的地址"),
        ("no.such.host.invalid", "8000", "写本机的地址"),
    ],
)
def test_where_it_cannot_listen_it_says_why_before_it_starts_anything(host, port, words):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        env = {**os.environ, "HOST": host, "PORT": port or str(taken.getsockname()[1])}
        done = subprocess.run([sys.executable, "-m", "ops.run"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 1
    assert words in done.stderr


def test_a_killed_make_takes_it_along(mark):
    env = {**os.environ, "REDIS_URL": "", "MAKELEVEL": "1"}
    make = subprocess.Popen([sys.executable, "-c", LEADER, *command(mark)], env=env, start_new_session=True)
    assert until(mark.exists)
    make.kill()
    make.wait()
    assert until(lambda: not running(mark))


def test_without_its_embedded_servers_it_stops_and_says_so(mark, tmp_path):
    address = str(tmp_path / "redis")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen()
        env = {**os.environ, "REDIS_URL": f"unix://{address}"}
        process = subprocess.Popen(command(mark), env=env, stdout=subprocess.PIPE, text=True)
        assert until(mark.exists)
    assert "请重新启动" in process.communicate(timeout=20)[0]
    assert not running(mark)
