"""The page of 繁简分流: what it decides, keeps and exports."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from quality import triage
from quality.models import TriageDecision
from quality.triage import Wish
from teams.models import Team
from tests.archives.helpers import browser
from tests.cases.signing_helpers import fresh, fresh_roster
from tests.quality.triage_helpers import clerk, passed_on, ready

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _roster():
    fresh_roster()


def test_the_page_decides_keeps_what_was_typed_and_says_what_was_not_done():
    (good,), (bad,) = ready(1), ready(1)
    client = browser(clerk())
    page = client.get("/triage/").content.decode()
    assert good.number in page
    assert "未发现需处置的财产" in page
    answer = client.post(
        "/triage/", {"case": [good.pk, bad.pk], f"track-{good.pk}": "fast", f"track-{bad.pk}": "regular"}
    )
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "有 1 件没有分流" in text
    assert "须写明理由" in text
    assert f'name="track-{bad.pk}" value="regular" data-row-key="2" checked' in text
    assert fresh(good).stage == "fast"
    answer = client.post("/triage/", {"case": [bad.pk], f"track-{bad.pk}": "regular", f"reason-{bad.pk}": "敏感"})
    assert answer.status_code == 302
    assert fresh(bad).stage == "regular"
    assert client.post("/triage/", {"case": [bad.pk]}).status_code == 422
    done = client.get("/triage/?tab=done").content.decode()
    assert "改变的理由：敏感" in done


def test_without_a_script_one_button_accepts_what_is_certain():
    (certain,), (doubtful,) = ready(1, clues=""), ready(1, clues="有车停在楼下")
    client = browser(clerk())
    assert client.post("/triage/", {"accept": "certain", "case": [certain.pk, doubtful.pk]}).status_code == 302
    assert (fresh(certain).stage, fresh(doubtful).stage) == ("fast", "preparation")


def test_one_case_by_itself_with_its_team_by_hand():
    (case,) = ready(1)
    client, team = browser(clerk()), Team.objects.get(code="fast-06")
    page = client.get(f"/triage/{case.pk}/").content.decode()
    assert "八项标准" in page
    assert team.name in page
    wrong = client.post(f"/triage/{case.pk}/", {"track": "fast", "team": team.pk})
    assert wrong.status_code == 422
    assert "指定团队须写明理由" in wrong.content.decode()
    assert (
        client.post(f"/triage/{case.pk}/", {"track": "fast", "team": team.pk, "reason": "前案由其办理"}).status_code
        == 302
    )
    row = TriageDecision.objects.get()
    assert (row.team_id, row.how) == (team.pk, "hand")


def test_the_waiting_tab_and_the_route_form():
    (case,) = passed_on(1)
    client = browser(clerk())
    page = client.get("/triage/?tab=waiting").content.decode()
    assert "等待 3 项" in page
    assert client.post(f"/triage/{case.pk}/route/", {"ground": "withdrawn", "note": ""}).status_code == 422
    answer = client.post(f"/triage/{case.pk}/route/", {"ground": "withdrawn", "note": "申请人当面表示撤回"})
    assert answer.status_code == 302
    item = case.items.get(rule="quality.triage", open=True)
    assert client.get(f"/items/{item.pk}/triage/").url == f"/triage/{case.pk}/"


def test_the_register_is_a_file_that_executes_no_cell():
    (case,) = ready(1)
    triage.decide([Wish(case.pk, "regular", "=1+1")], clerk())
    answer = browser(clerk()).get("/triage/register/")
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    line = dict(zip(rows[0], rows[1], strict=True))
    assert line["案号"] == case.number
    assert (line["规则建议"], line["决定"], line["改变建议的理由"]) == ("快执", "普执", "=1+1")
    assert next(cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value == "=1+1").data_type == "s"
    empty = browser(clerk()).get("/triage/register/?from=2020-01-01&to=2020-01-02")
    assert len(list(load_workbook(BytesIO(empty.content)).worksheets[0].iter_rows())) == 1
