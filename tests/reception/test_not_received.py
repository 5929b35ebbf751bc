"""未接待说明, alone and in a batch; 移送核对, whose 说明 makes itself; the upload that follows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import clock, jobs, work
from cases.models import Case, Job, Tick, WorkItem
from documents.models import Document
from reception import day, not_received, noting
from reception.models import Contact, ReceptionRecord
from tests import make
from tests.cases.signing_helpers import item
from tests.reception.helpers import Counter, case, clerk, fine, work_off

pytestmark = pytest.mark.django_db


def ticks(made: Case) -> dict[str, str]:
    return {row.rule.partition(".")[2]: row.state for row in Tick.objects.filter(item__case=made)}


def test_a_note_says_why_and_whom_one_tried_is_filed_and_waits_to_be_uploaded():
    made, counter = case(), Counter()
    counter.post(f"/reception/{made.pk}/contact/", result="no_answer")
    counter.post(f"/reception/{made.pk}/contact/", result="off", way="电话 0393-4412345")
    counter.post("/reception/notes/", case=made.pk, reason="no_answer")
    work_off()
    document = Document.objects.get(case=made, kind="no_reception_note")
    lines = document.asked["tries"].splitlines()
    assert [line.partition("｜")[2] for line in lines] == [
        "电话 13900080329｜无人接听",
        "电话 0393-4412345｜停机、空号",
    ]
    assert (document.state, ticks(made)) == (
        "issued", {"identity": "done", "filing_data": "done", "clues": "done", "originals": "na", "record": "done"},
    )  # fmt: skip
    upload = item(made, day.UPLOAD)
    assert counter.get(f"/reception/upload/{upload.pk}/").content.decode().count("复制") >= 6
    counter.post(f"/reception/upload/{upload.pk}/", 422, number="")
    counter.post(f"/reception/upload/{upload.pk}/", number="ZX2026112300017")
    upload.refresh_from_db()
    assert (upload.open, "ZX2026112300017" in upload.note) == (False, True)


def test_without_a_noted_attempt_the_one_that_is_stated_is_noted_and_says_the_reason_too():
    made = case()
    Counter().post("/reception/notes/", case=made.pk, result="refused")
    assert (Contact.objects.get().way, Contact.objects.get().result) == ("电话 13900080329", "拒绝到场")
    assert ReceptionRecord.objects.get().reason == "refused"
    other = case()
    Counter().post("/reception/notes/", case=other.pk, result="coming", way="微信")
    asked = Document.objects.get(case=other, kind="no_reception_note").asked
    assert "约定另行到院接待" in asked["reason"]
    assert asked["tries"].endswith("｜微信｜约定到院")


def test_no_attempt_is_read_out_of_a_reason():
    made, counter = case(), Counter()
    counter.post("/reception/notes/", case=made.pk, reason="no_answer")
    page = counter.get("/reception/").content.decode()
    assert "还没有联系记录：请选「刚才联系的结果」" in page
    assert not Contact.objects.exists()
    assert not ReceptionRecord.objects.exists()
    page = counter.get(f"/reception/{made.pk}/").content.decode()
    assert all(f'name="{name}"' in page for name in ("result", "way"))
    counter.post(f"/reception/{made.pk}/contact/", result="no_answer")
    counter.post("/reception/notes/", case=made.pk, reason="no_answer")
    assert Contact.objects.count() == 1
    assert ReceptionRecord.objects.get().kind == "note"


def test_who_left_no_telephone_is_reached_in_a_named_way_or_said_to_be_out_of_reach():
    one, two = make.cases(2)
    counter = Counter()
    counter.post("/reception/notes/", case=one.pk, result="no_answer")
    assert "请写明联系方式" in counter.get("/reception/").content.decode()
    counter.post(f"/reception/{one.pk}/contact/", 422, result="no_answer")
    counter.post("/reception/notes/", case=one.pk, result="no_answer", way="上门")
    counter.post("/reception/notes/", case=two.pk, reason="other", words="立案材料未留联系方式")
    assert Document.objects.get(case=one, kind="no_reception_note").asked["tries"].endswith("｜上门｜无人接听")
    assert (
        Document.objects.get(case=two, kind="no_reception_note").asked["tries"].endswith("｜立案材料未留电话｜无法联系")
    )
    assert Contact.objects.count() == 1


def test_a_clue_of_the_filing_list_runs_though_nobody_came():
    made = case(clues="豫J88888 小轿车")
    Counter().post("/reception/notes/", case=made.pk, result="away")
    assert made.items.filter(rule="enforcement.clue", open=True).count() == 1
    assert Case.objects.get(pk=made.pk).clues == "豫J88888 小轿车"


def test_other_wants_its_words_and_nothing_is_done_without_a_case():
    made, counter = case(), Counter()
    assert (
        "请写明未进行初次接待的原因"
        in counter.post("/reception/notes/", 422, case=made.pk, reason="other").content.decode()
    )
    assert "请先勾选" in counter.post("/reception/notes/", 422, reason="away").content.decode()
    counter.post("/reception/notes/", 422, case=made.pk)
    assert not ReceptionRecord.objects.exists()


def press(counter: Counter, made: list[Case]) -> str:
    """The button of the batch; gives the address of the run, and the page it leads to is whole."""
    url = counter.post("/reception/notes/", case=[each.pk for each in made], result="away").url
    counter.get(url)
    return f"/reception/notes/{url.partition('run=')[2]}/"


def parts() -> list[Job]:
    return list(Job.objects.filter(kind=noting.JOB).order_by("pk"))


def test_a_batch_does_what_can_be_done_and_says_why_not_the_rest():
    made, counter = [case() for _ in range(5)], Counter()
    counter.receive(made[0])
    run = press(counter, made)
    page = counter.get("/reception/?none").content.decode()
    assert "正在制作未接待说明" in page
    assert not ReceptionRecord.objects.filter(kind="note").exists()
    assert "已制作 0 件" in counter.htmx(run)
    counter.receive(made[4])  # a colleague is faster than the worker
    assert all(jobs.run(part.pk) for part in parts())
    told = counter.htmx(run)
    assert "已制作 3 件" in told
    assert f"{made[4].number}</a>：" in told
    assert "hx-trigger" not in told
    assert ReceptionRecord.objects.filter(kind="note").count() == 3
    work_off()
    assert WorkItem.objects.filter(rule=day.UPLOAD, open=True).count() == 3
    for each in made[1:4]:
        work.tick(day.item_of(each), day.QUERY, "done", clerk())
        assert Case.objects.get(pk=each.pk).stage == "preparation"
    Counter(clerk(1)).get(run, 302)
    Counter(clerk(1)).htmx(run, 404)


def test_a_batch_pressed_twice_is_one_run_and_a_killed_part_does_nothing_twice(monkeypatch):
    def killed(job, done, total):
        if done == 5:
            raise KeyboardInterrupt

    made, counter = [case() for _ in range(noting.STEP + 1)], Counter()
    run = press(counter, made)
    assert press(counter, made) == run
    assert len(parts()) == 2
    told = Counter(clerk(1)).post("/reception/notes/", case=[each.pk for each in made[:2]], result="away")
    assert "run=" not in told.url
    first = parts()[0]
    with monkeypatch.context() as at_the_fifth:
        at_the_fifth.setattr(jobs, "tell_progress", killed)
        with pytest.raises(KeyboardInterrupt):
            jobs.run(first.pk)
    assert not ReceptionRecord.objects.exists()
    assert "hx-trigger" in counter.htmx(run)
    Job.objects.filter(pk=first.pk).update(lease_until=clock.now() - timedelta(seconds=1))
    assert all(jobs.run(part.pk) for part in parts())
    noting.make(first)
    assert ReceptionRecord.objects.count() == Document.objects.filter(kind="no_reception_note").count() == len(made)


def test_to_ask_for_a_batch_costs_the_same_whatever_its_size():
    def cost(many: int) -> int:
        made = [case() for _ in range(many)]
        with CaptureQueriesContext(connection) as asked:
            noting.ask(made, {"reason": "away", "result": "away"}, clerk())
        return len(asked)

    cost(2)
    assert cost(2) == cost(8)


def test_the_cost_of_a_note_does_not_grow_with_the_batch():
    told = {"reason": "away", "result": "away"}

    def cost(many: int) -> int:
        made = [case() for _ in range(many)]
        with CaptureQueriesContext(connection) as asked:
            not_received.note_many(made, told, clerk())
        return len(asked)

    assert cost(1) <= 80
    assert cost(6) <= 6 * cost(1)


def test_situation_4_a_fine_is_checked_not_received_and_the_note_makes_itself(at):
    with at("2026-11-23 09:10"):
        made, counter = fine(), Counter()
        page = counter.get(f"/reception/{made.pk}/").content.decode()
        assert "移送执行表文号" in page
        assert "生成笔录并流转" not in page
        given = {
            "sender": "刑事审判庭", "sheet": "（2026）豫0902执移12号", "content": "罚金 20,000 元", "checked": "on", "originals": "0",
            "seals": "许大勇名下轿车｜查封｜2027-03-01", "things": "手机一部｜1｜公安局涉案财物库",
        }  # fmt: skip
        wrong = counter.post(f"/reception/{made.pk}/", 422, **{**given, "seals": "轿车｜查封"}).content.decode()
        assert "第 1 行应为「财产｜措施｜届满日」" in wrong
        counter.post(f"/reception/{made.pk}/", **given)
        work_off()
        assert set(Document.objects.filter(case=made).values_list("kind", "state")) == {
            ("transfer_check", "issued"), ("no_reception_note", "issued"),
        }  # fmt: skip
        assert ticks(made)["record"] == "done"
        check = Document.objects.get(case=made, kind="transfer_check")
        assert "2027-03-01" in check.asked["seals"]
        assert "无申请执行人" in Document.objects.get(case=made, kind="no_reception_note").asked["reason"]
        assert item(made, day.UPLOAD).open
        work.tick(day.item_of(made), day.QUERY, "done", clerk())
        assert Case.objects.get(pk=made.pk).stage == "preparation"
