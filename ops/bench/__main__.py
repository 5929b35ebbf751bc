"""`make bench`: a database of its own, the figures one after the other, and the database is dropped."""

import logging
import os
import sys

import django
from django.db import connection


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huanglong_exec.settings")
    os.environ |= {"TEST_DB": "bench", "DATABASE_URL": os.environ["DB_OWNER_URL"]}
    django.setup()
    from huanglong_exec import garbage
    from ops.bench import course
    from tests.databases import load

    logging.disable(logging.WARNING)
    name = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    missed = 0
    try:
        load()
        garbage.spare()  # as the web and the workers do
        for figure in course.run(small="--small" in sys.argv):
            print(figure, flush=True)
            missed += figure.value > figure.goal
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
    print(f"{missed} over their goals")
    return 0


if __name__ == "__main__":
    sys.exit(main())
