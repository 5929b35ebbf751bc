"""重新扫描: asked for once a paper, done by the centre, ended by the new version."""

import pytest

from archives import rescanning
from cases import materials, work
from cases.models import Material, WorkItem
from cases.refusals import Forbidden, Refused
from documents.models import Page
from tests import make
from tests.archives.helpers import browser, clerk
from tests.cases.signing_helpers import fast_case
from tests.documents.dossier_helpers import file, pdf, picture, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return fast_case()


@pytest.fixture
def paper(case):
    return file(case, judge(), pdf("第一页", "第二页"), title="执行笔录", kind="record")


def judge():
    return make.actor("fast-03", "judge")


def asked(paper) -> WorkItem:
    return rescanning.ask(paper, "第 2 页缺字", judge())


def test_whoever_reads_a_damaged_paper_asks_from_the_page_and_the_centre_has_one_duty(case, paper):
    Page.objects.filter(number=2).update(problem="本页已损坏，不能显示")
    reader, address = browser(judge()), f"/cases/{case.pk}/dossier/{paper.pk}/rescan/"
    assert address in reader.get(f"/cases/{case.pk}/dossier/?m={paper.pk}").content.decode()
    assert "第 2 页已损坏" in reader.get(address).content.decode()
    assert reader.post(address, {"why": ""}).status_code == 422
    assert reader.post(address, {"why": "第 2 页已损坏"}).status_code == 302
    item = WorkItem.objects.get(rule=rescanning.RULE)
    assert (item.team.kind, item.title, item.note) == ("archives", "重新扫描：执行笔录", "第 2 页已损坏")
    assert item.due_on is not None
    assert "已请求重新扫描" in reader.get(f"/cases/{case.pk}/dossier/?m={paper.pk}").content.decode()
    assert browser(make.actor("fast-03", "clerk")).post(address, {"why": "还是看不清"}).status_code == 302
    assert WorkItem.objects.filter(rule=rescanning.RULE).count() == 1
    assert browser(make.actor("fast-05", "judge")).get(address).status_code == 404


def test_the_new_scan_is_the_next_version_in_the_same_place_and_ends_the_duty(case, paper):
    item, centre = asked(paper), browser(clerk())
    address = f"/archive/rescan/{item.pk}/"
    assert centre.get(f"/items/{item.pk}/finish/").status_code in (302, 403, 409, 422), "one way to finish a duty"
    page = centre.get(address).content.decode()
    assert "第 2 页缺字" in page
    assert f"/cases/{case.pk}/dossier/?m={paper.pk}" in page
    answer = centre.post(address, {"paper": upload(pdf("第一页", "第二页清楚"), "重扫.pdf"), "why": ""})
    new = Material.objects.get(replaces=paper)
    assert answer.url.endswith(f"m={new.pk}")
    assert (new.title, new.kind, new.version, new.secret_volume) == ("执行笔录", "record", 2, False)
    assert new.happened_at == paper.happened_at
    item.refresh_from_db()
    assert (item.open, item.outcome, item.finished_by_id) == (False, "done", clerk().user_id)
    assert "第 2 版" in item.note


def test_any_new_version_ends_it_and_another_paper_does_not(case, paper):
    item = asked(paper)
    file(case, judge(), pdf("别的"), title="别的")
    item.refresh_from_db()
    assert item.open
    file(case, judge(), pdf("新版"), title="执行笔录", kind="record", replaces=paper)
    item.refresh_from_db()
    assert not item.open


def test_where_there_is_nothing_to_scan_the_reason_ends_it(paper):
    item, centre = asked(paper), browser(clerk())
    address = f"/archive/rescan/{item.pk}/"
    assert centre.post(address, {"why": ""}).status_code == 422
    both = {"paper": upload(pdf("x"), "x.pdf"), "why": "没有原件"}
    assert centre.post(address, both).status_code == 422
    assert centre.post(address, {"why": "原件已退还当事人"}).status_code == 302
    item.refresh_from_db()
    assert (item.open, item.note) == (False, "原件已退还当事人")


def test_the_same_file_and_what_is_no_scan_change_nothing(case, paper):
    item = asked(paper)
    same = materials.open_file(paper).read()
    for content, name, said in ((same, "同一份.pdf", "相同"), (b"PK\x03\x04" + b"0" * 40, "表.xlsx", "表.xlsx")):
        with pytest.raises(Refused, match=said):
            rescanning.file(item, upload(content, name), clerk())
    item.refresh_from_db()
    assert item.open
    assert Material.objects.filter(case=case, title="执行笔录").count() == 1
    materials.void(paper, "重复", judge())
    with pytest.raises(Refused):
        rescanning.ask(Material.objects.get(pk=paper.pk), "看不清", judge())


def test_a_paper_of_the_secret_volume_is_not_named_and_others_do_not_finish_it(case):
    paper = file(case, judge(), picture(), "评议.jpg", kind="deliberation")
    item = asked(paper)
    assert item.title == "重新扫描：副卷材料"
    with pytest.raises(Forbidden):
        work.finish([item], make.actor("fast-03", "clerk"))
    assert browser(judge()).get(f"/archive/rescan/{item.pk}/").status_code == 403
    assert browser(clerk()).get(f"/archive/rescan/{item.pk}/").status_code == 200
    quality = browser(make.actor("quality", "clerk"))
    assert quality.get(f"/cases/{case.pk}/dossier/{paper.pk}/rescan/").status_code == 403
