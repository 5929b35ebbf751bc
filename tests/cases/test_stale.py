"""What an officer sends from a page that has grown old, or with what nobody types: told, never done over, never a fault."""

from io import BytesIO
from urllib.parse import urlencode

import pytest
from openpyxl import load_workbook

from cases import dates, excel, signing, work
from cases.models import Case, Party, WorkItem
from tests import make
from tests.cases.signing_helpers import fast_case, fresh_roster, transfer
from tests.journeys.officers import Officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    fresh_roster()


def clues(many: int, holder) -> list[WorkItem]:
    found = [WorkItem.objects.get(case=case, rule="enforcement.ask_clues") for case in make.cases(many)]
    WorkItem.objects.filter(pk__in=[item.pk for item in found]).update(person_id=holder.user_id)
    return found


def test_a_stale_row_or_batch_takes_nothing_from_the_colleague_who_was_quicker():
    holder, third = make.actor("reception", "clerk"), make.actor("reception", "regular_officer")
    other = Officer("reception", "clerk", nth=1)
    first, second = clues(2, holder)
    page = other.get("/queue/")
    assert f'name="held-{first.pk}" value="{holder.user_id}"' in page
    assert f'name="held" value="{holder.user_id}"' in page
    work.take_over(WorkItem.objects.get(pk=first.pk), third)
    told = other.post(f"/items/{first.pk}/take/", 409, held=holder.user_id)
    assert third.name in told.content.decode()
    held = {f"held-{item.pk}": holder.user_id for item in (first, second)}
    page = other.post("/items/batch/", 200, act="take", item=[first.pk, second.pk], **held).content.decode()
    assert "成功 1，未办 1" in page
    assert f"已由{third.name}" in page
    first.refresh_from_db()
    assert first.person_id == third.user_id


def test_a_batch_names_what_is_out_of_sight_by_then_without_its_title():
    clerk, rule = Officer("fast-05", "clerk"), "transfer.three_days"
    mine, gone = (fast_case(team).items.get(rule=rule, open=True) for team in ("fast-05", "fast-03"))
    gone.case.sights.all().delete()
    Case.objects.filter(pk=gone.case_id).update(confidential=True)
    page = clerk.post("/items/batch/", 200, act="wait", item=[mine.pk, gone.pk], until="+1", reason="等寄回")
    page = page.content.decode()
    assert "成功 1，未办 1" in page
    assert "看不到的事项" in page
    assert gone.case.number not in page


def test_a_batch_of_cases_counts_those_out_of_sight_and_offers_no_retry_it_has_not():
    clerk, case, other = Officer("quality", "clerk"), make.case(), fast_case("fast-03")
    other.sights.all().delete()
    Case.objects.filter(pk=other.pk).update(confidential=True)
    page = clerk.post("/cases/batch/", 200, act="livelihood", case=[case.pk, other.pk]).content.decode()
    assert "看不到的案件" in page
    assert other.number not in page
    assert "重试未办" not in page


@pytest.mark.parametrize(
    "cursor", ["abc~5", "~5", "2026-99-99~5", "<abc~5", "abc", "1~99999999999999999999999", "None~5"]
)
@pytest.mark.parametrize("page", ["/workbench/?", "/cases/?sort=filed&", "/cases/?sort=amount&", "/queue/?"])
def test_a_broken_cursor_is_the_first_page(page, cursor):
    make.cases(2)
    officer = Officer("reception", "clerk")
    assert officer.get(f"{page}after={cursor}").count("data-row") == officer.get(page).count("data-row") > 0


def test_a_nul_is_left_out_of_what_was_asked_and_sent():
    officer = Officer("reception", "clerk")
    (item,) = clues(1, officer.actor)
    for path in ("/cases/?q=%00", "/workbench/?q=a%00b", "/search/?q=%00%E5%BC%A0", "/drafts/?path=%00"):
        assert officer.client.get(path).status_code == 200, path
    form = urlencode({"note": "已\x00电话", "happened_on": "今天"})
    path, kind = f"/items/{item.pk}/finish/", "application/x-www-form-urlencoded"
    assert officer.client.post(path, form, content_type=kind).status_code == 302
    item.refresh_from_db()
    assert item.note == "已电话"
    assert officer.client.post("/drafts/", {"path": "/x/", "data": '{"note": "a\\u0000b"}'}).status_code == 200


def test_a_workbook_has_more_columns_than_letters():
    columns = [(f"列{n}", "short") for n in range(30)]
    content = excel.workbook("宽表", columns, [{f"列{n}": n for n in range(30)}], make.actor("reception", "clerk"))
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    assert sheet.cell(2, 30).value is not None
    assert sheet.column_dimensions["AD"].width == sheet.column_dimensions["A"].width


@pytest.mark.parametrize("typed", ["1026-11-20", "1948-12-31", "10261120"])
def test_a_year_before_the_republic_is_a_slip_of_the_finger(typed):
    with pytest.raises(ValueError, match="早于 1949 年：请核对"):
        dates.read_date(typed)


def test_taking_a_hand_over_back_is_not_offered_once_the_director_has_opened_it():
    approval, clerk = transfer(fast_case("fast-03")), Officer("fast-03", "clerk")
    assert "/withdraw/" in clerk.get(f"/transfers/{approval.pk}/")
    signing.opened(approval, make.director())
    assert "/withdraw/" not in clerk.get(f"/transfers/{approval.pk}/")


def test_addresses_of_a_party_are_masked_until_somebody_asks_and_is_written_down():
    case, clerk = make.case(), Officer("reception", "clerk")
    party = case.parties.get(role="debtor")
    told = {"address": "濮阳市华龙区开州路一号楼二单元", "e_service": True, "e_service_to": "lianghanhao@example.cn"}
    Party.objects.filter(pk=party.pk).update(**told)
    page = clerk.get(f"/cases/{case.pk}/?tab=parties")
    assert "濮阳市华龙区****" in page
    assert "li****@example.cn" in page
    assert told["address"] not in page
    assert told["e_service_to"] not in page
    shown = clerk.post(f"/cases/{case.pk}/party/{party.pk}/reveal/", 200).content.decode()
    assert told["address"] in shown
    assert told["e_service_to"] in shown
