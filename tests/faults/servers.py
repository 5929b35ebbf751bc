"""A PostgreSQL and a Redis of a test's own, to be stopped and started while the program works on them."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote, urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import psycopg2
import redis

from ops import services
from tests import databases

PASSWORDS = """
from django.contrib.auth.hashers import make_password
from teams.models import User
from tests.databases import PASSWORD
User.objects.update(password=make_password(PASSWORD))
"""  # as the program hashes them, which is not how the tests do
DUMPED = ("--no-owner", "--no-privileges", "--exclude-schema=kept")
ROOT = Path(__file__).resolve().parents[2]
SET_UP = "import os, django\nos.environ['DJANGO_SETTINGS_MODULE'] = 'huanglong_exec.settings'\ndjango.setup()\n"


# One process of the program that is handed pieces of code: it is started once, not for each of them.
SHELL = """
import contextlib, io, json, sys, traceback
from itertools import count
from django.db import connections
from tests import make
for line in sys.stdin:
    asked, said, failed = json.loads(line), io.StringIO(), ""
    make._next = count(asked["serials"])
    try:
        with contextlib.redirect_stdout(said):
            exec(asked["code"], {})
    except Exception:
        failed = traceback.format_exc()
    connections.close_all()
    print(json.dumps([said.getvalue(), failed]), flush=True)
"""
PAUSE = threading.Event()


def until(condition, seconds: float = 60) -> bool:
    """Wait for a condition, looking twenty times a second."""
    for _ in range(int(seconds * 20)):
        if condition():
            return True
        PAUSE.wait(0.05)
    return False


class Servers:
    """Both servers in a short private folder, the program's tables and people in it."""

    def __init__(self) -> None:
        self.sockets = Path(tempfile.mkdtemp(prefix="hlf-", dir="/tmp"))
        self.data = self.sockets / "pg"
        self.prefix, uid, gid = services.as_server()
        self.data.mkdir(mode=0o700)
        for path in (self.sockets, self.data):
            os.chown(path, uid, gid)
        self.programs = services.postgres_bin(self.data)
        self.system = {**os.environ, "LC_ALL": "C.UTF-8"}
        services.initialise(self.programs, self.data, self.prefix, self.system, sync=False)
        self.serials = 700_000
        self.running: dict[str, subprocess.Popen] = {}
        self.start_postgres()
        self.start_redis()
        services.sql(self.sockets, "CREATE DATABASE faults")
        self.fill()
        place = quote(str(self.sockets), safe="")
        url = f"postgres://{services.OWNER}@{place}/faults"
        self.env = {
            **os.environ,
            "DATABASE_URL": url,
            "DB_OWNER_URL": url,
            "REDIS_URL": f"unix://{self.sockets}/redis",
            "EXEC_MODE": "demo",
            "FILES_DIR": str(self.sockets / "files"),
            "EXCHANGE_DIR": str(self.sockets / "exchange"),
            "ARCHIVE_DIR": str(self.sockets / "archive"),
        }
        self.shell = subprocess.Popen(
            [sys.executable, "-c", SET_UP + SHELL], cwd=ROOT, env=self.env, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.run(PASSWORDS)

    def fill(self) -> None:
        """By a dump of the template of the tests, which takes a fraction of making it anew."""
        into = [
            str(self.programs / "psql"),
            "-qX",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            str(self.sockets),
            "-U",
            services.OWNER,
        ]
        with tempfile.TemporaryFile() as dump:
            subprocess.run([self.programs / "pg_dump", *DUMPED, databases.template_dsn()], stdout=dump, check=True)
            dump.seek(0)
            subprocess.run([*into, "faults"], stdin=dump, stdout=subprocess.DEVNULL, env=self.system, check=True)

    def start_postgres(self) -> None:
        options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={self.sockets}", "-c", "fsync=off"]
        command = [*self.prefix, str(self.programs / "postgres"), "-D", str(self.data), *options]
        ready = [str(self.programs / "pg_isready"), "-q", "-h", str(self.sockets)]
        started: list[subprocess.Popen] = []
        services.await_postgres(command, ready, started, self.system)
        self.running["postgres"] = started[-1]

    def start_redis(self) -> None:
        server = subprocess.Popen([*self.prefix, *services.redis_command(self.sockets)], cwd="/", env=self.system)
        services.wait_for(lambda: services.answers(self.sockets / "redis"), [server])
        self.running["redis"] = server

    def stop(self, name: str) -> None:
        """ "fast" for PostgreSQL: every session is ended, whatever it is doing."""
        server = self.running.pop(name)
        server.send_signal(signal.SIGINT)
        server.wait(30)

    def child(self, code: str, **given) -> subprocess.Popen:
        """Another process of the program on these servers, with case numbers of its own."""
        self.serials += 1000
        begin = f"from itertools import count\nfrom tests import make\nmake._next = count({self.serials})\n"
        return subprocess.Popen([sys.executable, "-c", SET_UP + begin + code], cwd=ROOT, env=self.env, **given)

    def celery(self, queues: str = "celery") -> subprocess.Popen:
        """A worker, leader of a process group of its own."""
        command = [sys.executable, "-m", "celery", "-q", "-A", "huanglong_exec", "worker", "-P", "solo", "-l", "error"]
        command += ["-Q", queues, "--without-gossip", "--without-mingle"]
        return subprocess.Popen(command, cwd=ROOT, env=self.env, start_new_session=True)

    def run(self, code: str):
        """What the code prints last, as JSON."""
        self.serials += 1000
        print(json.dumps({"code": code, "serials": self.serials}), file=self.shell.stdin, flush=True)
        said, failed = json.loads(self.shell.stdout.readline())
        assert not failed, failed
        return json.loads(said.splitlines()[-1]) if said.strip() else None

    def run_apart(self, code: str):
        """The same in a process of its own."""
        done = self.child(code, stdout=subprocess.PIPE, text=True)
        said, _ = done.communicate(timeout=120)
        assert done.returncode == 0, said
        return json.loads(said.splitlines()[-1]) if said.strip() else None

    def ask(self, query: str):
        link = self.link()
        try:
            cursor = link.cursor()
            cursor.execute(query)
            return cursor.fetchone()[0]
        finally:
            link.close()

    def tell(self, statement: str) -> None:
        link = self.link()
        link.autocommit = True
        try:
            link.cursor().execute(statement)
        finally:
            link.close()

    def link(self):
        """A session of the test's own, to hold a lock with."""
        return psycopg2.connect(host=str(self.sockets), user=services.OWNER, dbname="faults")

    def redis(self):
        return redis.Redis(unix_socket_path=str(self.sockets / "redis"))

    def blocked(self) -> bool:
        """Whether a session of the program waits for a lock."""
        return bool(self.ask("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"))

    def send_again(self) -> None:
        """The lease of killed workers runs out, and the sweep sends what nobody has."""
        self.tell("UPDATE cases_job SET lease_until = '2000-01-01' WHERE state = 'running'")
        self.tell("UPDATE cases_job SET created_at = '2000-01-01' WHERE state = 'waiting'")
        self.run("from cases import jobs\njobs.send_waiting()")

    def close(self) -> None:
        self.shell.communicate(timeout=30)
        for name in list(self.running):
            self.stop(name)
        shutil.rmtree(self.sockets, ignore_errors=True)


class Web:
    """gunicorn as `make run` starts it, and an officer's browser in front of it."""

    def __init__(self, servers: Servers):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.servers, self.opener = servers, build_opener(HTTPCookieProcessor(jar := CookieJar()))
        self.jar = jar
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "huanglong_exec.wsgi", "-b", f"127.0.0.1:{self.port}"]
        command += ["--threads", "4", "--no-control-socket", "--log-level", "error"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.servers.env, start_new_session=True)
        assert until(self.answers)

    def answers(self) -> bool:
        try:
            return self.opener.open(self.address("/health/"), timeout=5).status == 200
        except (URLError, OSError):
            return False

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def post(self, path: str, **fields) -> str:
        """The address one ends at."""
        token = next((cookie.value for cookie in self.jar if cookie.name == "csrftoken"), "")
        fields["csrfmiddlewaretoken"] = token
        request = Request(self.address(path), urlencode(fields).encode(), {"Referer": self.address("/")})
        return self.opener.open(request, timeout=60).url

    def log_in(self, number: str, password: str) -> None:
        self.opener.open(self.address("/login/"), timeout=60)
        assert "/login/" not in self.post("/login/", username=number, password=password)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
