"""A PostgreSQL and a Redis of a test's own, to be stopped and started while the program works on them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

import psycopg2

from ops import services

ROOT = Path(__file__).resolve().parents[2]
SET_UP = "import os, django\nos.environ['DJANGO_SETTINGS_MODULE'] = 'huanglong_exec.settings'\ndjango.setup()\n"


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
        place = quote(str(self.sockets), safe="")
        url = f"postgres://{services.OWNER}@{place}/faults"
        self.env = {
            **os.environ,
            "DATABASE_URL": url,
            "DB_OWNER_URL": url,
            "REDIS_URL": f"unix://{self.sockets}/redis",
            "EXEC_MODE": "demo",
        }
        self.run("from django.core.management import call_command\ncall_command('migrate', verbosity=0)\n"
                 "from tests.conftest import load\nload()\n")  # fmt: skip

    def start_postgres(self) -> None:
        options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={self.sockets}", "-c", "fsync=off"]
        command = [*self.prefix, str(self.programs / "postgres"), "-D", str(self.data), *options]
        ready = [str(self.programs / "pg_isready"), "-q", "-h", str(self.sockets)]
        started: list[subprocess.Popen] = []
        services.await_postgres(command, ready, started, self.system)
        self.running["postgres"] = started[-1]

    def start_redis(self) -> None:
        redis = subprocess.Popen([*self.prefix, *services.redis_command(self.sockets)], cwd="/", env=self.system)
        services.wait_for(lambda: services.answers(self.sockets / "redis"), [redis])
        self.running["redis"] = redis

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

    def run(self, code: str):
        """What the code prints last, as JSON."""
        done = self.child(code, stdout=subprocess.PIPE, text=True)
        said, _ = done.communicate(timeout=120)
        assert done.returncode == 0, said
        return json.loads(said.splitlines()[-1]) if said.strip() else None

    def ask(self, query: str):
        link = psycopg2.connect(host=str(self.sockets), user=services.OWNER, dbname="faults")
        try:
            cursor = link.cursor()
            cursor.execute(query)
            return cursor.fetchone()[0]
        finally:
            link.close()

    def close(self) -> None:
        for name in list(self.running):
            self.stop(name)
        shutil.rmtree(self.sockets, ignore_errors=True)
