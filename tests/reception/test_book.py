"""The queue of the counter, its numbers and its cost; the day's book on the screen, on paper and as a file."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cases.models import Party
from reception.models import Arrival
from tests import make
from tests.cases.signing_helpers import fast_case
from tests.reception.helpers import Counter, case, clerk, received

pytestmark = pytest.mark.django_db


def cost(counter: Counter, path: str) -> int:
    counter.get(path)
    with CaptureQueriesContext(connection) as asked:
        counter.get(path)
    return len(asked)


def test_the_page_asks_the_same_of_three_filings_and_of_forty():
    counter = Counter()
    first = [case() for _ in range(3)]
    before = cost(counter, f"/reception/{first[0].pk}/")
    make.cases(37)
    assert cost(counter, f"/reception/{first[0].pk}/") == before
    assert before <= 33, before


def test_who_has_come_stands_first_in_the_order_of_the_numbers():
    made, counter = [case() for _ in range(4)], Counter()
    for each in (made[2], made[1]):
        counter.post(f"/reception/{each.pk}/arrive/")
    counter.post(f"/reception/{made[2].pk}/arrive/")
    assert [(row.case_id, row.label) for row in Arrival.objects.order_by("number")] == [
        (made[2].pk, "A01"),
        (made[1].pk, "A02"),
    ]
    page = counter.get("/reception/").content.decode()
    assert (
        page.index(f"/reception/{made[2].pk}/")
        < page.index(f"/reception/{made[1].pk}/")
        < page.index(f"/reception/{made[0].pk}/")
    )
    assert f'href="/reception/{made[1].pk}/" data-key="n"' in page
    received(made[2])
    assert Arrival.objects.get(case=made[2]).served_at


def test_the_tabs_say_what_is_left_to_do():
    made, counter = [case() for _ in range(4)], Counter()
    received(made[0])
    counter.receive(made[1], signing="screen")
    counter.post("/reception/notes/", case=made[2].pk, result="away")
    page = counter.get("/reception/").content.decode()
    assert "未处理 <strong>1</strong>" in page
    done = counter.get("/reception/?tab=done").content.decode()
    assert "待签名，缺 1 项" in done
    assert made[2].number not in done
    assert made[2].number in counter.get("/reception/?tab=noted").content.decode()


def test_the_queue_looks_again_and_is_silent_where_nothing_has_changed():
    case()
    counter = Counter()
    page = counter.get("/reception/queue/").content.decode()
    mark = page.partition('data-mark="')[2].partition('"')[0]
    assert counter.get(f"/reception/queue/?have={mark}", 204).content == b""
    case()
    assert "未处理 <strong>2</strong>" in counter.get(f"/reception/queue/?have={mark}").content.decode()


def test_a_visitor_without_a_number_is_found_by_the_case_number():
    made, counter = fast_case(), Counter()
    assert counter.get(f"/reception/find/?q={made.number}", 302).url == f"/reception/{made.pk}/"
    assert "没有找到" in counter.get("/reception/find/?q=执1号", 422).content.decode()


def test_the_book_of_the_day_on_the_screen_on_paper_and_as_a_file(at):
    with at("2026-11-23 09:10"):
        made, counter = case(), Counter()
        Party.objects.filter(case=made, role="creditor").update(name="=1+1")
        received(made, name="=1+1")
        counter.post("/reception/notes/", case=case().pk, result="away")
        page = counter.get("/reception/book/").content.decode()
        assert "初次接待 <strong>1</strong>" in page
        assert "在外地" in page
        assert made.number in counter.get("/reception/book/print/?day=2026-11-23").content.decode()
        sheet = load_workbook(BytesIO(counter.get("/reception/book/export/?day=2026-11-23").content)).active
        rows = list(sheet.iter_rows(values_only=True))
        assert (len(rows), rows[1][7], sheet["H2"].data_type) == (3, "=1+1", "s")
    with at("2026-11-24 09:10"):
        counter = Counter()
        assert "没有接待登记" in counter.get("/reception/book/").content.decode()
        assert made.number in counter.get("/reception/book/?day=11-23").content.decode()
        assert "下周" in counter.get("/reception/book/?day=下周").content.decode()


def test_the_case_page_tells_its_receptions():
    made = case()
    received(made)
    page = Counter(make.actor("quality")).get(f"/cases/{made.pk}/?tab=reception").content.decode()
    assert "初次接待（现场）" in page
    assert "初次接待笔录" in page
    assert clerk().user.name in page
