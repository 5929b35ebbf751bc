"""下班前清零 promises a sheet only for what gets one: the rules marked ▲."""

import pytest

from cases.models import WorkItem
from tests import make
from tests.cases.signing_helpers import fresh_roster
from tests.reception.helpers import Counter

pytestmark = pytest.mark.django_db


def test_the_page_promises_a_sheet_for_the_marked_rules_alone(at):
    with at("2026-11-23 10:00"):
        fresh_roster()
        made, counter = make.case(), Counter()
        page = counter.get("/today/").content.decode()
        assert "立案当日接待 ▲" in page
        assert "标 ▲ 的事项（现余 1 件）按团队、事项出一张超期说明单" in page
        WorkItem.objects.filter(case=made, rule="reception.first_day").update(rule="reception.upload_note")
        page = counter.get("/today/").content.decode()
        assert "▲" not in page
        assert "不出超期说明单" in page
