"""An export is as of its own moment: an older one that comes late covers nothing that a newer one said."""

from datetime import datetime, timedelta

import pytest

from cases import clock
from cases.periods import local
from cases.refusals import Refused
from documents.models import Difference
from documents.national import moments
from documents.pages import differences_page
from tests.cases.signing_helpers import fast_case, fresh_roster
from tests.documents.national import clerk, filing, open_ones, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people():
    fresh_roster()


def test_an_older_export_never_covers_what_a_newer_one_said(at):
    with at("2026-11-25 10:00"):
        case, other = fast_case(), fast_case()
        early, late = clock.now() - timedelta(days=2), clock.now() - timedelta(hours=1)
        take([filing(case, 案由="合同纠纷"), filing(other)], at=late)
        found = take([filing(case, 案由="买卖合同纠纷", 承办法官="某甲"), filing(other, 案由="合同纠纷")], at=early)
        assert found.counts == {"differs": 1, "older": 1, "new": 1}  # of the judge only the old one has spoken
        assert ("cause", "民间借贷纠纷", "合同纠纷") in open_ones()
        assert "案由：较新的导出（2026-11-25 09:00）已有，没有采用" in {words for _, _, words in found.problems}
        row = Difference.objects.get(field="cause")
        assert row.export.taken_at == late
        newest = take([filing(case, 案由="合同纠纷")])
        row.refresh_from_db()
        assert row.export == newest  # the last that says so
        page = differences_page.one(row, clerk())["difference"]
        assert (page["file"], page["taken"]) == ("导出.xlsx", "今日 10:00")
        with pytest.raises(Refused, match="不能晚于现在"):
            take([filing(case)], at=clock.now() + timedelta(hours=1))


@pytest.mark.parametrize(
    ("above", "said"),
    [
        (("执行案件收案清单　导出时间：2026-11-20 16:05:33",), "2026-11-20 16:05"),
        (("制表人：某", "制表日期", "2026年11月20日"), "2026-11-20 17:30"),
        (("导出时间", datetime(2026, 11, 20, 9, 0)), "2026-11-20 09:00"),
        (("统计截止时间：2027-01-01",), ""),
        (("立案日期自 2026-01-01 至 2026-11-20",), ""),
    ],
)
def test_the_moment_of_an_export_is_read_above_its_headings(above, said, at):
    with at("2026-11-25 10:00"):
        found = moments.stated([above])
        assert (f"{local(found):%Y-%m-%d %H:%M}" if found else "") == said
