"""`make run` as it is: web, workers, beat and peer start together, and none outlives a killed launcher."""

import os
import signal
import socket
import subprocess
import sys
import threading

from tests.faults.servers import ROOT, until

PARTS = ("gunicorn huanglong_exec.wsgi", "-Q celery", "-Q ocr", "beat", "ops.peer")
ACCOUNT = "3302  Huanglong-2026"


def start(servers) -> tuple[subprocess.Popen, list[str]]:
    """The launcher on the servers of the test, once it has said where it is to be found; and what it said."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {**servers.env, "HOST": "127.0.0.1", "PORT": str(port)}
    process = subprocess.Popen(
        [sys.executable, "-m", "ops.run"], cwd=ROOT, env=env, start_new_session=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    said: list[str] = []
    threading.Thread(target=lambda: said.extend(process.stdout), daemon=True).start()
    assert until(lambda: any(f":{port}/" in line for line in said), 120), said
    return process, said


def started(servers) -> dict[str, list[int]]:
    """What runs on these servers, by part; known by their address in the environment."""
    found: dict[str, list[int]] = {part: [] for part in PARTS}
    mark = f"REDIS_URL={servers.env['REDIS_URL']}".encode()
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/environ", "rb") as environ, open(f"/proc/{name}/cmdline", "rb") as command:
                ours, words = mark in environ.read().split(b"\0"), command.read().replace(b"\0", b" ").decode()
        except OSError:
            continue
        for part in PARTS:
            if ours and part in words and "ops.run" not in words:
                found[part].append(int(name))
    return found


def test_everything_starts_says_where_and_with_which_accounts_and_a_killed_launcher_leaves_nothing_running(servers):
    servers.run("from tests import make\nmake.case()")  # a demo that has been made
    process, said = start(servers)
    assert any(ACCOUNT in line for line in said)
    assert until(lambda: all(started(servers).values()))
    process.send_signal(signal.SIGKILL)
    process.wait(20)
    assert until(lambda: not any(started(servers).values()), 60), started(servers)
    process, _ = start(servers)  # and nothing of the killed one stands in the way of the next
    process.terminate()
    assert process.wait(60) == 0
    assert until(lambda: not any(started(servers).values()), 30)
