"""The preview of an export marks the cell that says otherwise: of a node its day, not its name."""

import re
from datetime import timedelta

import pytest

from cases import clock, work
from cases.models import Case
from teams.actor import SYSTEM
from tests.cases.signing_helpers import fast_case, fresh_roster
from tests.documents.exchanging import work_off
from tests.documents.national import clerk, filing, upload
from tests.reception.helpers import Counter

pytestmark = pytest.mark.django_db
MARKED = re.compile(r'<td class="mark doubt" title="([^"]*)">([^<]*)</td>')


@pytest.fixture(autouse=True)
def people():
    fresh_roster()


def marked(row: dict) -> list[tuple[str, str]]:
    """(why, what stands in the cell) of the marked cells of the row's preview."""
    page = Counter(clerk())
    seen = page.post("/national/", file=upload([row]), taken_on="今天")
    work_off()
    return MARKED.findall(page.get(seen.url).content.decode())


def test_of_a_node_the_date_is_marked():
    row = {"案号": fast_case().number, "节点名称": "启动传统查控", "完成日期": clock.today()}
    assert marked(row) == [("节点日期：启动传统查控：本程序 未登记", f"{clock.today()}")]


def test_of_a_payment_the_column_with_its_day_is_marked():
    case, yesterday = fast_case(), clock.today() - timedelta(days=1)
    Case.objects.filter(pk=case.pk).update(filed_on=yesterday)
    work.record_event(case, "money_arrived", clock.now(), SYSTEM, subject="S-1")
    row = {"案号": case.number, "流水号": "S-1", "到账日期": yesterday, "认领日期": ""}
    assert marked(row) == [(f"节点日期：案款到账：本程序 {clock.today()}", f"{yesterday}")]


def test_of_an_archiving_its_date_and_of_a_filing_the_field_itself():
    case = fast_case()
    (archived,) = marked({"案号": case.number, "归档日期": clock.today()})
    assert archived == ("归档：本程序 未归档", f"{clock.today()}")
    assert marked(filing(case, 案由="合同纠纷")) == [("案由：本程序 民间借贷纠纷", "合同纠纷")]
