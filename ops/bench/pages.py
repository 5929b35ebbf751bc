"""First pages as an officer opens them, and the list beside a view that runs its query and nothing else."""

from functools import partial

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from cases.present import present
from ops.bench.figure import Figure, side_by_side, timed

FIRST_PAGES = {"first page of the case list": "/cases/", "workbench": "/workbench/", "team queue": "/queue/"}
LIST_SQL: list[str] = []


def query_only(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(LIST_SQL[0])
        return HttpResponse(str(len(cursor.fetchall())))


query_only.action = "public"  # type: ignore[attr-defined]
urlpatterns = [path("bench/query-only/", query_only), path("", include("huanglong_exec.urls"))]


def list_figure(rounds: int) -> Figure:
    """The page of fifty rows, rendered and with its frame, against its query alone: same client, same middleware."""
    client = browser()
    with CaptureQueriesContext(connection) as queries:
        open_page(client, "/cases/")
    listed = [query["sql"] for query in queries if 'FROM "cases_case"' in query["sql"] and "LIMIT" in query["sql"]]
    LIST_SQL[:] = [max(listed, key=len)]
    with override_settings(ROOT_URLCONF=__name__):
        page, bare = side_by_side(
            partial(open_page, client, "/cases/"), partial(open_page, client, "/bench/query-only/"), rounds
        )
    return Figure(
        "list page of 50 rows / its query alone", page / bare, 1 / 0.45, f"{bare / page:.2f} of its pages a second"
    )


COUNTER = 0.2  # seconds: nobody at the counter waits for his page


def counter_figure(rounds: int, filings: int) -> Figure:
    """接待登记 with the filings of a heavy day at the counter, and the form of the first."""
    from tests import make

    make.cases(filings)
    client = browser()
    open_page(client, "/reception/")
    spent = timed(partial(open_page, client, "/reception/"), rounds)
    return Figure(f"counter with {filings} filings / {COUNTER} s", spent / COUNTER, 1, f"{spent * 1000:.0f} ms")


def seconds(rounds: int) -> dict[str, float]:
    client = browser()
    return {name: timed(partial(open_page, client, address), rounds) for name, address in FIRST_PAGES.items()}


def browser():
    from tests import make

    client = Client()
    client.force_login(present(make.actor("reception", "clerk").user))
    return client


def open_page(client, path: str) -> None:
    if client.get(path).status_code != 200:
        raise SystemExit(f"{path} does not open")
