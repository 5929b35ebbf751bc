"""已录入: copy card, package and export are three doors to one fact; the first counts, the later change nothing and say so."""

import pytest
from django.db import IntegrityError

from cases import clock, work
from cases.models import Case, JournalEntry, WorkItem
from cases.refusals import Refused, Stale
from documents import issuing
from documents.exchange import receiving
from documents.kinds import KINDS
from documents.models import Aside, Document, Entered, Outgoing, Sealing
from documents.national import cards, entering, uploading
from teams.actor import SYSTEM
from tests import make
from tests.cases.signing_helpers import fast_case, fresh_roster
from tests.documents.exchanging import boxes, peer, round_trip, work_off
from tests.documents.helpers import issued
from tests.documents.national import take
from tests.documents.test_exchange_format import fits
from tests.reception.helpers import Counter

pytestmark = pytest.mark.django_db
NOTE = "no_reception_note"


@pytest.fixture(autouse=True)
def people(settings):
    fresh_roster()
    settings.UPLOADS = False  # of a court where nobody reads the folder: each test says when it is otherwise


def noted(number: str = "", **given) -> tuple[Case, Document, WorkItem]:
    """A note of reception that waits to be uploaded; of a number that the peer takes or refuses."""
    case = make.case(**({"number": number} if number else {}), **given)
    document = issued(case, NOTE, make.actor("reception", "clerk"))
    if not WorkItem.objects.filter(case=case, rule="reception.upload_note").exists():
        work.record_event(case, "no_reception_noted", clock.now(), SYSTEM, subject=f"note:{document.pk}")
    return case, document, WorkItem.objects.get(case=case, rule="reception.upload_note")


def state(item: WorkItem) -> tuple[bool, str]:
    item.refresh_from_db()
    return item.open, item.note


def test_every_kind_of_paper_has_one_form_and_every_field_of_it_a_source():
    for kind in KINDS:
        assert cards.form_of(kind).fields
    for form in cards.FORMS:
        assert {value for _, value in form.fields if ":" not in value} <= cards.VALUES.keys()
        assert form.fields[0] == ("案号", "case")


def test_the_card_shows_the_form_in_its_order_and_the_number_ends_the_item_once():
    case, document, item = noted()
    counter = Counter()
    page = counter.get(f"/docs/{document.pk}/card/").content.decode()
    labels = [
        page.index(f">{label}<")
        for label in ("案号", "立案日期", "说明日期", "未接待原因", "联系经过", "后续安排", "登记人")
    ]
    assert labels == sorted(labels)
    assert "复制全部" in page
    empty = counter.post(f"/docs/{document.pk}/card/", 422, number=" ").content.decode()
    assert "请填写「执行系统回执号」" in empty
    with pytest.raises(Refused, match="没有回执号的，不能登记已录入"):
        entering.enter(document, " ", counter.actor, "card")
    counter.post(f"/docs/{document.pk}/card/", number=" zx 2026－1 ")
    assert state(item) == (False, "已上传执行系统，回执号 ZX2026-1（录入卡）")
    assert "ZX2026-1" in counter.get(f"/docs/{document.pk}/card/").content.decode()
    assert "已录入执行系统 ZX2026-1" in counter.get(f"/cases/{case.pk}/?tab=documents").content.decode()
    assert entering.forgotten() == []
    WorkItem.objects.filter(pk=item.pk).update(open=True, outcome="")
    assert entering.forgotten() == [item]
    WorkItem.objects.filter(pk=item.pk).update(open=False, outcome="done")
    again = counter.post(f"/docs/{document.pk}/card/", 409, number="ZX2").content.decode()
    assert "由" in again
    assert "没有再次登记" in again
    assert counter.get(f"/items/{item.pk}/enter/", 302).url == f"/docs/{document.pk}/card/"


def test_a_number_is_of_one_paper_and_the_refusal_names_only_what_may_be_seen():
    _, first, _ = noted()
    _, second, item = noted()
    clerk = make.actor("reception", "clerk")
    entering.enter(first, "ZX1", clerk, "card")
    with pytest.raises(Refused, match="已用于（"):
        entering.enter(second, "zx1 ", clerk, "card")
    Case.objects.filter(pk=first.case_id).update(confidential=True)
    with pytest.raises(Refused, match="已用于另一案件的文书"):
        entering.enter(second, "ZX1", make.actor("reception", "clerk", nth=1), "card")
    assert state(item)[0]
    with pytest.raises(IntegrityError):
        Entered.objects.create(document=second, number="ZX1", door="package", at=clock.now())


def test_only_what_is_issued_is_entered_and_who_may_not_is_told_why():
    case = fast_case()
    judge = make.actor("fast-03", "judge")
    document = issued(case, "handler_notice", judge, subject=case.parties.get(role="debtor").subject)
    other = Counter(make.actor("leadership", "bureau_director"))
    assert "由承办团队登记录入" in other.get(f"/docs/{document.pk}/card/").content.decode()
    other.post(f"/docs/{document.pk}/card/", 403, number="ZX5")
    issuing.void(document, "内容有误", judge)
    with pytest.raises(Refused, match="已作废"):
        entering.enter(document, "ZX5", judge, "card")


def test_a_package_leaves_by_itself_and_its_receipt_ends_the_item(settings):
    settings.UPLOADS = True
    counter = Counter()
    case = make.case(number="（2026）豫0902执760011号")
    counter.post("/reception/notes/", case=case.pk, result="away", way="电话 13900080329")
    work_off()
    item = WorkItem.objects.get(case=case, rule="reception.upload_note")
    sent = Outgoing.objects.get(kind="upload")
    fits("upload", sent.payload)
    assert (state(item)[0], sent.state, boxes()["out"]) == (True, "sent", 1)
    assert "已经发出，等待回执" in counter.post(f"/docs/{sent.key[7:]}/upload/", 422).content.decode()
    assert round_trip(repeat=2) == 1
    row = Entered.objects.get()
    assert (row.door, row.number[:2], state(item)) == (
        "package",
        "ZX",
        (False, f"已上传执行系统，回执号 {row.number}（交换目录）"),
    )
    take([{"案号": case.number, "节点名称": "未接待说明已上传", "完成日期": clock.today(), "回执号": "ZX777"}])
    assert Entered.objects.get().number == row.number


def test_what_is_refused_is_an_item_with_the_reason_and_may_leave_again():
    case, document, item = noted("（2026）豫0902执760017号")
    clerk = make.actor("reception", "clerk")
    uploading.send(document, clerk)
    assert round_trip() == 1
    again = WorkItem.objects.get(case=case, rule="documents.upload_again")
    assert "执行系统中没有本案" in again.title
    assert (again.person_id, again.team_id, state(item)[0]) == (clerk.user_id, clerk.team_id, True)
    row = uploading.send(document, clerk)
    uploading._refused(document, row, "文书名称不符")
    again.refresh_from_db()
    assert again.title.endswith("：文书名称不符"), "the newest reason, on the item that is open"
    Counter().post(f"/docs/{document.pk}/card/", number="ZX9")
    assert (state(item)[0], state(again)[0]) == (False, False)


def test_a_receipt_that_comes_after_the_card_changes_nothing_and_is_written_down():
    case, document, _ = noted("（2026）豫0902执760021号")
    clerk = make.actor("reception", "clerk")
    row = uploading.send(document, clerk)
    work_off()
    peer().answer_all()
    entering.enter(document, "ZX1", clerk, "card")
    row.refresh_from_db()
    assert (row.state, receiving.read_all(), Aside.objects.count()) == ("withdrawn", 1, 0)
    assert (Entered.objects.get().number, Entered.objects.get().door) == ("ZX1", "card")
    assert "没有再次登记" in JournalEntry.objects.get(case=case, what="national", key="late").label
    with pytest.raises(Stale):
        uploading.send(document, clerk)


def test_an_export_that_comes_first_is_the_door_and_the_card_says_so():
    case, document, item = noted()
    take([{"案号": case.number, "节点名称": "未接待说明已上传", "完成日期": clock.today(), "回执号": "ZX31"}])
    assert not state(item)[0]
    assert (Entered.objects.get().door, Entered.objects.get().number) == ("export", "ZX31")
    with pytest.raises(Stale, match="执行系统导出，回执号 ZX31"):
        entering.enter(document, "ZX32", make.actor("reception", "clerk"), "card")


def test_nothing_leaves_without_its_signature_or_seal_and_a_sensitive_case_only_on_a_click(settings):
    settings.UPLOADS = True
    hidden, document, _ = noted(confidential=True)
    assert uploading.offer(document, SYSTEM) is None
    case = fast_case()
    judge = make.actor("fast-03", "judge")
    paper = issued(case, "handler_notice", judge, subject=case.parties.get(role="debtor").subject)
    Sealing.objects.filter(document=paper).update(state="waiting", at=None)
    with pytest.raises(Refused, match="用印后才能上传"):
        uploading.send(paper, judge)
    draft = Document.objects.create(
        case=case, kind="handler_notice", title="告知书", made_at=clock.now(), changed_at=clock.now()
    )
    with pytest.raises(Refused, match="不能发出"):
        uploading.send(draft, judge)
    Document.objects.filter(pk=paper.pk).update(kind="closing_form")
    with pytest.raises(Refused, match="副卷材料"):
        uploading.send(Document.objects.get(pk=paper.pk), judge)
    assert not Outgoing.objects.filter(kind="upload", case__in=(case, hidden)).exists()
    Case.objects.filter(pk=hidden.pk).update(clerk_id=make.actor("reception", "clerk").user_id)
    uploading.send(document, make.actor("reception", "clerk"))
    assert Outgoing.objects.filter(kind="upload", case=hidden).count() == 1
    Case.objects.filter(pk=hidden.pk).update(state_secret=True)
    with pytest.raises(Refused, match="线下办理"):
        uploading.send(document, make.actor("reception", "clerk"))
