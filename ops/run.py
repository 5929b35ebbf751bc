"""Run web, worker and beat together:  python -m ops.run

Lines are prefixed; what dies is started again, later and later; a stop goes to each main process only (the worker
finishes its tasks), and whatever is left of a process group after the grace is killed. Killed itself, it takes all
with it. HOST and PORT say where the web listens.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
HOST, PORT = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
GRACE, FAILURES = 30, 5
PYTHON = [sys.executable, "-m"]
CELERY = [*PYTHON, "celery", "-A", "huanglong_exec", "--workdir", str(ROOT)]
PROCESSES = {
    "web": [
        *PYTHON,
        "gunicorn",
        "huanglong_exec.wsgi",
        "-b",
        f"{HOST}:{PORT}",
        "--workers",
        "2",
        "--threads",
        "4",
        "--chdir",
        str(ROOT),
    ],
    "worker": [*CELERY, "worker", "-c", "2", "-l", "warning"],
    "beat": [*CELERY, "beat", "-l", "warning", "-s", str(ROOT / "var" / "beat"), "--pidfile", ""],
}
DIE_WITH_US = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []


async def relay(name: str, stream: asyncio.StreamReader) -> None:
    while line := await stream.readline():
        sys.stdout.buffer.write(f"{name:<7}| ".encode() + line)
        sys.stdout.flush()


def kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


async def supervise(name: str, command: list[str], stop: asyncio.Event) -> int:
    failures = 0
    while True:
        began = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            *DIE_WITH_US, *command, cwd=ROOT, start_new_session=True, stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, limit=2**22,
        )  # fmt: skip
        output = asyncio.ensure_future(relay(name, process.stdout))
        ended, stopped = asyncio.ensure_future(process.wait()), asyncio.ensure_future(stop.wait())
        await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set() and not ended.done():
            process.terminate()
            await asyncio.wait({ended}, timeout=GRACE)
        kill_group(process.pid)
        status = await ended
        await output
        stopped.cancel()
        if stop.is_set():
            return 0
        failures = failures + 1 if time.monotonic() - began < 10 else 1
        print(f"{name:<7}| ended with {status}, failure {failures}", flush=True)
        if failures >= FAILURES:
            stop.set()
            return status or 1
        try:
            await asyncio.wait_for(stop.wait(), 2**failures / 2)
            return 0
        except TimeoutError:
            pass


async def announce(stop: asyncio.Event) -> None:
    """When the web answers, say where, and with which accounts."""
    address = f"http://{'127.0.0.1' if HOST == '0.0.0.0' else HOST}:{PORT}/"
    while not stop.is_set():
        if await asyncio.to_thread(answers, address + "health/"):
            accounts = subprocess.run(
                [sys.executable, "manage.py", "demo_accounts"], cwd=ROOT, capture_output=True, text=True
            )
            print(f"\n执行工作平台 {address}\n{accounts.stdout}Ctrl-C 停止\n", flush=True)
            return
        await asyncio.sleep(0.3)


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as page:
            return page.status == 200
    except (URLError, OSError):
        return False


def check_port() -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, PORT))
        except OSError:
            raise SystemExit(
                f"端口 {PORT} 已被占用：请停止占用它的程序，或换一个，如 PORT={PORT + 1} make run。"
            ) from None


def seed() -> None:
    """Demo data on the first run of the demo."""
    if os.environ.get("EXEC_MODE") == "demo":
        subprocess.run([sys.executable, "manage.py", "seed_demo", "--if-empty"], cwd=ROOT, check=True)


async def main() -> int:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    told = asyncio.ensure_future(announce(stop))
    codes = await asyncio.gather(*(supervise(name, command, stop) for name, command in PROCESSES.items()))
    await told
    return max(codes, key=abs)


if __name__ == "__main__":
    check_port()
    (ROOT / "var").mkdir(exist_ok=True)
    seed()
    sys.exit(asyncio.run(main()))
