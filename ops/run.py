"""Run web, worker and beat together, and in the demonstration the reference peer:  python -m ops.run

Lines are prefixed; what dies is started again, later and later; a stop goes to each main process only (the worker
finishes its tasks), and whatever is left of a process group after the grace is killed. Killed itself, it takes all
with it; it stops when its terminal closes, when `make` is killed and when the embedded servers have gone. HOST and
PORT say where the web listens.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import errno
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from ops.services import answers

ROOT = Path(__file__).resolve().parent.parent
HOST, PORT = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
PLACE = f"[{HOST}]" if ":" in HOST else HOST
ANY = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # where one listens everywhere, this machine is asked
GRACE, FAILURES = 30, 5
PYTHON = [sys.executable, "-m"]
CELERY = [sys.executable, "-W", "ignore:You're running the worker", "-m", "celery", "-q", "-A", "huanglong_exec"]
GUNICORN = ["--workers", "2", "--threads", "4", "--preload", "--no-control-socket"]
PROCESSES = {
    "web": [*PYTHON, "gunicorn", "huanglong_exec.wsgi", "-b", f"{PLACE}:{PORT}", *GUNICORN, "--chdir", str(ROOT)],
    "worker": [*CELERY, "--workdir", str(ROOT), "worker", "-c", "2", "-l", "warning", "-Q", "celery", "-n", "w@%h"],
    "ocr": [*CELERY, "--workdir", str(ROOT), "worker", "-c", "1", "-l", "warning", "-Q", "ocr", "-n", "ocr@%h"],
    "beat": [
        *CELERY, "--workdir", str(ROOT), "beat", "-l", "warning", "-s", str(ROOT / "var" / "beat"), "--pidfile", "",
    ],
}  # fmt: skip
if os.environ.get("EXEC_MODE") == "demo":  # who answers the exchange folder where no court's service does
    PROCESSES["peer"] = [*PYTHON, "ops.peer"]
DIE_WITH_US = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []


def say(line: bytes) -> None:
    """Print; to a terminal that has closed nothing is said, and that is no fault."""
    with contextlib.suppress(OSError):
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()


async def relay(name: str, stream: asyncio.StreamReader | None) -> None:
    while stream and (line := await stream.readline()):
        say(f"{name:<7}| ".encode() + line)


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
        say(f"{name:<7}| ended with {status}, failure {failures}\n".encode())
        if failures >= FAILURES:
            stop.set()
            return status or 1
        try:
            await asyncio.wait_for(stop.wait(), 2**failures / 2)
            return 0
        except TimeoutError:
            pass


async def announce(accounts: str, stop: asyncio.Event) -> None:
    """When the web answers, say where, and with which accounts."""
    address = f"http://{ANY.get(HOST, PLACE)}:{PORT}/"
    while not stop.is_set():
        if await asyncio.to_thread(opens, address + "health/"):
            say(f"\n执行工作平台 {address}\n{accounts}Ctrl-C 停止\n\n".encode())
            return
        await asyncio.sleep(0.3)


def opens(url: str) -> bool:
    try:
        with urlopen(url, timeout=5) as page:
            return page.status == 200
    except (URLError, OSError):
        return False


async def watch_servers(stop: asyncio.Event) -> None:
    """The embedded servers die with their keeper, and then there is nothing left to work with."""
    url = os.environ.get("REDIS_URL", "")
    while url.startswith("unix:") and not stop.is_set():
        if not answers(Path(url.removeprefix("unix://"))):
            say("内嵌的 PostgreSQL 与 Redis 已停止，程序随之停止；请重新启动。\n".encode())
            stop.set()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 3)


def die_with_make() -> None:
    """A killed `make` cannot tell us; the kernel does (Linux)."""
    if "MAKELEVEL" in os.environ and sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def watch_terminal(closed) -> None:
    """Where `make` leads the session, the kernel tells of the closed terminal only `make`, which waits for us."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        return  # there is none

    def wait() -> None:
        poll = select.poll()
        poll.register(terminal, 0)  # hanging up is always reported
        poll.poll()
        closed()

    threading.Thread(target=wait, daemon=True).start()


def check_port() -> None:
    with socket.socket(socket.AF_INET6 if ":" in HOST else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, PORT))
        except OSError as error:
            raise SystemExit(cannot_listen(error)) from None


def cannot_listen(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"端口 {PORT} 已被占用：请停止占用它的程序，或换一个，如 PORT={PORT + 1} make run。"
    if error.errno == errno.EACCES:
        return f"端口 {PORT} 须由系统管理员使用：请换一个 1024 以上的，如 PORT=8000 make run。"
    return f"不能在 HOST={HOST} 上监听（{error.strerror or error}）：请写本机的地址，如 HOST=0.0.0.0 make run。"


def demo() -> str:
    """Demo data on the first run of the demo; gives the accounts."""
    if os.environ.get("EXEC_MODE") != "demo":
        return ""
    command = [*DIE_WITH_US, sys.executable, "manage.py", "seed_demo", "--if-empty", "--accounts"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode:  # it has said why
        raise SystemExit(done.returncode)
    return done.stdout


async def main(accounts: str) -> int:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as `nohup` asks
        loop.add_signal_handler(signal.SIGHUP, stop.set)
        watch_terminal(lambda: loop.call_soon_threadsafe(stop.set))
    others = [asyncio.ensure_future(task) for task in (announce(accounts, stop), watch_servers(stop))]
    codes = await asyncio.gather(*(supervise(name, command, stop) for name, command in PROCESSES.items()))
    await asyncio.gather(*others)
    return max(codes, key=abs)


if __name__ == "__main__":
    die_with_make()
    check_port()
    (ROOT / "var").mkdir(exist_ok=True)
    sys.exit(asyncio.run(main(demo())))
