"""Checks that need a database: migrations are complete, and the court's configuration passes `check --deploy`."""

import os
import secrets
import subprocess
import sys


def main() -> int:
    """Run both; the values of the court are made up here and thrown away."""
    env = {
        **os.environ,
        "EXEC_MODE": "court",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "exec.court.internal",
        "DB_OWNER_URL": os.environ["DATABASE_URL"],
    }
    codes = [
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], env=env).returncode,
        subprocess.run([sys.executable, "manage.py", "grant_app_role"], env=env, stdout=subprocess.DEVNULL).returncode,
        subprocess.run([sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"], env=env).returncode,
    ]
    app = {**env, "DATABASE_URL": env["DATABASE_URL"].replace("postgres://hl@", "postgres://exec_app@")}
    codes.append(
        subprocess.run(
            [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], env=app
        ).returncode
    )
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
