"""From the arranging before the closing to the shelf, the second person, the package that another program can check."""

import json
import shutil
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from archives import contents, loans, package_check, packages, packing, pre_closing, volumes
from archives.models import Loan, Volume
from cases import clock, jobs, signing, steps, work
from cases.models import Approval, Case, Job
from cases.refusals import Forbidden, Refused, Stale
from documents import codes
from documents.dossier import completeness
from tests import make
from tests.archives.helpers import at_the_centre, browser, clerk, work_off
from tests.cases.signing_helpers import fast_case

pytestmark = pytest.mark.django_db


def closed(case) -> Case:
    """Closed by the people whose it is, as any case."""
    judge = make.actor("fast-03", "judge")
    steps.take_step(Case.objects.get(pk=case.pk), "report_closing", judge, mode="fully_enforced", reason="履行完毕")
    pre_closing.finish(case.items.get(rule=pre_closing.RULE, open=True), "材料在外调取，结案后补", clerk())
    while approval := Approval.objects.filter(case=case, state="waiting").first():
        place = approval.places.filter(state="waiting").select_related("signer").get()
        from teams.actor import Actor

        signing.sign(approval, Actor.of(place.signer, None, clock.today()), opinion="同意")
    return Case.objects.get(pk=case.pk)


def asked(case, retention: str = "permanent") -> Volume:
    return volumes.ask(case, clerk(), retention=retention)


def packed(case) -> Volume:
    volume = volumes.decide(asked(case), True, "", clerk(1))
    volumes.pack(volume, clerk())
    work_off("archives.pack")
    return Volume.objects.get(pk=volume.pk)


def test_missing_papers_go_back_to_whose_they_are_and_end_by_themselves_when_they_come(case, monkeypatch):
    judge = make.actor("fast-03", "judge")
    steps.take_step(Case.objects.get(pk=case.pk), "report_closing", judge, mode="fully_enforced", reason="履行完毕")
    item = case.items.get(rule=pre_closing.RULE, open=True)
    due = completeness.report(item.case).due
    assert due
    assert pre_closing.send_back(item, clerk()) == len(due)
    assert pre_closing.send_back(item, clerk()) == 0
    pieces = case.items.filter(rule=pre_closing.PIECE, open=True)
    assert {piece.team_id for piece in pieces} <= {row.team_id or case.team_id for row in due}
    with pytest.raises(Refused, match="写明不能补齐的原因"):
        pre_closing.finish(item, "", clerk())
    assert not Approval.objects.filter(case=case, state="waiting").exists()
    gone = completeness.report(item.case)._replace(missing=due[1:])
    monkeypatch.setattr(completeness, "report", lambda case: gone)
    pre_closing.settle(item.case)
    first = case.items.get(rule=pre_closing.PIECE, subject=pre_closing.subject_of(due[0]))
    assert (first.open, first.note) == (False, "材料已入卷")


def test_arranged_the_closing_is_asked_and_its_signer_reads_what_is_missing_and_why(case):
    judge = make.actor("fast-03", "judge")
    steps.take_step(Case.objects.get(pk=case.pk), "report_closing", judge, mode="fully_enforced", reason="履行完毕")
    item = case.items.get(rule=pre_closing.RULE, open=True)
    client = browser(clerk())
    assert client.post(f"/items/{item.pk}/finish/", {"note": "齐", "happened_on": "今天"}).status_code == 422
    page = client.get(f"/archive/arrange/{item.pk}/").content.decode()
    assert "缺" in page
    answer = client.post(f"/archive/arrange/{item.pk}/", {"note": "送达回证在途"})
    assert answer.status_code == 302
    approval = Approval.objects.get(case=case, act="closing", state="waiting")
    told = dict(approval.facts)["卷宗整理"] if isinstance(approval.facts, list) else str(approval.facts)
    assert "送达回证在途" in told


def test_a_file_is_asked_checked_by_another_packed_and_put_on_its_shelf(case):
    case = closed(case)
    volume = asked(case)
    assert volume.state == Volume.State.CHECKING, "permanent ones are always checked"
    with pytest.raises(Forbidden, match="另一人"):
        volumes.decide(volume, True, "", clerk())
    with pytest.raises(Refused, match="写明问题"):
        volumes.decide(volume, False, "", clerk(1))
    volume = volumes.decide(volume, True, "页面清晰", clerk(1))
    volumes.pack(volume, clerk())
    work_off("archives.pack")
    volume.refresh_from_db()
    assert volume.state == Volume.State.PACKED
    assert packages.wrong(volume) == []
    assert "尚未系统归档" in str(steps.blockers([case], "archive")[case.pk][0].text)
    volumes.shelve(volume, "JW-A-03-12", clerk())
    case.refresh_from_db()
    assert case.stage == "archived"
    assert volumes.shelved([case.pk]) == {case.pk}
    assert not case.items.filter(rule="archives.file_case", open=True).exists()


def test_red_lines_of_the_machines_check_stop_the_archiving(case, settings):
    from cases import materials
    from cases.models import Material
    from documents.dossier import office

    case = closed(case)
    paper = Material.objects.filter(case=case, kind="scan").first()
    path = materials.path_of(paper.sha256)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"X")
    with pytest.raises(Refused, match="与入卷时不一致"):
        asked(case)
    path.write_bytes(whole)
    Material.objects.filter(pk=paper.pk).update(content_type=office.WORD)
    with pytest.raises(Refused, match="请另存为 PDF 入卷"):
        asked(case)
    Material.objects.filter(pk=paper.pk).update(content_type=paper.content_type)
    late = at_the_centre(fast_case("fast-04"))
    late.case = case
    late.save(update_fields=["case"])
    with pytest.raises(Refused, match="尚未扫描入卷"):
        asked(case)
    assert not Volume.objects.exists()


def test_one_in_ten_is_drawn_by_lot_and_the_share_is_a_setting(case, monkeypatch):
    import secrets

    case = closed(case)
    monkeypatch.setattr(secrets, "randbelow", lambda below: 10)
    volume = asked(case, "long")
    assert volume.state == Volume.State.PASSED
    volumes.withdraw(volume, "重来", clerk())
    monkeypatch.setattr(secrets, "randbelow", lambda below: 9)
    assert asked(case, "long").state == Volume.State.CHECKING


@pytest.fixture
def no_lot(monkeypatch):
    """From now on the lot falls on no file."""
    import secrets

    return lambda: monkeypatch.setattr(secrets, "randbelow", lambda below: 99)


def test_whoever_asked_does_not_return_a_drawn_file_to_draw_another_lot(case, monkeypatch, no_lot):
    import secrets

    case = closed(case)
    monkeypatch.setattr(secrets, "randbelow", lambda below: 0)
    drawn = asked(case, "long")
    no_lot()
    volumes.withdraw(drawn, "重来", clerk())
    again = asked(case, "long")
    assert (again.sampled, again.state) == (True, Volume.State.CHECKING)


def test_what_failed_its_check_or_was_returned_after_it_is_checked_again(case, no_lot):
    case = closed(case)
    no_lot()
    volumes.decide(asked(case), False, "第 2 页歪斜", clerk(1))
    passed = volumes.decide(asked(case, "long"), True, "", clerk(1))
    assert passed.state == Volume.State.PASSED
    volumes.withdraw(passed, "补一页", clerk())
    assert asked(case, "short").state == Volume.State.CHECKING


def test_the_database_refuses_a_check_by_whoever_asked(case):
    volume = asked(closed(case))
    with pytest.raises(IntegrityError), transaction.atomic():
        Volume.objects.filter(pk=volume.pk).update(checked_by=volume.asked_by)


def test_what_changes_after_the_check_is_not_packed(case):
    from cases.models import Material
    from documents.dossier import placing

    case = closed(case)
    volume = volumes.decide(asked(case), True, "", clerk(1))
    placing.put(Material.objects.filter(case=case, kind="scan").first(), 5, clerk())
    with pytest.raises(Stale, match="有变化"):
        volumes.pack(volume, clerk())


def test_the_package_is_whole_and_any_change_of_it_is_found_by_another_program(case, tmp_path):
    volume = packed(closed(case))
    folder = packages.folder_of(volume)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["case"] == volume.case.number
    assert manifest["pages"] == {"main": 3, "secret": 0}
    assert [row["number"] for row in manifest["files"]] == [11, 23]
    call_command("verify_package", folder)
    done = subprocess.run([sys.executable, "-I", package_check.__file__, str(folder)], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "归档包完整")
    first = folder / manifest["files"][0]["path"]

    def broken(change) -> list[str]:
        copy = tmp_path / "copy"
        shutil.copytree(folder, copy)
        change(copy)
        found = package_check.faults(copy)
        shutil.rmtree(copy)
        return found

    one = first.relative_to(folder)
    assert "不一致" in broken(lambda f: (f / one).write_bytes(first.read_bytes()[:-1] + b"X"))[0]
    assert "缺少文件" in broken(lambda f: (f / one).unlink())[0]
    assert "清单之外" in broken(lambda f: (f / "多余.txt").write_text("x"))[0]
    assert "卷内目录" in broken(lambda f: (f / "index.json").write_text("{}"))[0]
    changed = {**manifest, "files": [{**manifest["files"][0], "first": 2}, *manifest["files"][1:]]}
    assert any("页次" in text for text in broken(lambda f: (f / "manifest.json").write_text(json.dumps(changed))))
    (folder / one).write_bytes(b"X")
    with pytest.raises(CommandError):
        call_command("verify_package", folder)
    assert packages.wrong(volume)


def test_a_worker_killed_while_packing_leaves_no_package_and_the_next_one_makes_it(case, monkeypatch, settings):
    case = closed(case)
    volume = volumes.decide(asked(case), True, "", clerk(1))
    volumes.pack(volume, clerk())
    job, real = Job.objects.get(kind="archives.pack"), packing._store

    def dies(path, told):
        if path.name == "manifest.json":
            raise SystemExit("killed")
        return real(path, told)

    monkeypatch.setattr(packing, "_store", dies)
    with pytest.raises(SystemExit):
        jobs.run(job.pk)
    volume.refresh_from_db()
    assert (volume.state, volume.package) == (Volume.State.PACKING, "")
    assert not list(settings.ARCHIVE_DIR.glob("*/AJ*"))
    monkeypatch.setattr(packing, "_store", real)
    Job.objects.filter(pk=job.pk).update(state="waiting")
    assert jobs.run(job.pk)
    volume.refresh_from_db()
    assert packages.wrong(volume) == []
    assert not list(settings.ARCHIVE_DIR.glob("*/.AJ*"))


def shelved(case) -> Volume:
    volumes.shelve(packed(closed(case)), "A-03-12", clerk())
    return Volume.objects.get()


def lent(case, until: str = "") -> Loan:
    shelved(case)
    by = make.actor("fast-03", "clerk")
    given = {"reason": "评估", **({"until": until} if until else {})}
    approval = signing.ask(Case.objects.get(pk=case.pk), "file_loan", by, proposal=given)
    signing.sign(approval, make.actor("archives", "regular_officer"), opinion="同意")
    return Loan.objects.get()


def test_a_signed_loan_goes_out_and_comes_back_by_scan_and_is_watched_between(case):
    loan = lent(case)
    code = codes.of(codes.VOLUME, loan.volume_id)
    assert loan.state == Loan.State.GRANTED
    assert loans.scan(code, clerk()).verb == "出借"
    loan.refresh_from_db()
    item = case.items.get(rule="archives.loan", open=True)
    assert (loan.until, item.subject) == (item.due_on, f"loan:{loan.pk}")
    assert loans.scan(code, clerk()).verb == "归还"
    loan.refresh_from_db()
    assert loan.state == Loan.State.BACK
    assert not case.items.filter(rule="archives.loan", open=True).exists()
    with pytest.raises(Refused, match="没有已同意的借阅"):
        loans.scan(code, clerk())


def test_the_borrower_is_reminded_once_a_day_from_two_days_before(case):
    from datetime import timedelta

    from teams.models import Notice

    loan = lent(case, until=str(clock.today() + timedelta(days=2)))
    loans.scan(codes.of(codes.VOLUME, loan.volume_id), clerk())
    assert loans.remind() == 1
    assert loans.remind() == 0
    assert "请归还" in Notice.objects.filter(person=loan.borrower_id).latest("id").text


def test_a_file_sent_up_is_watched_until_it_is_back(case):
    judge = make.actor("fast-03", "judge")
    work.record_event(Case.objects.get(pk=case.pk), "file_called_up", clock.now(), judge)
    item = case.items.get(rule="archives.send_up", open=True)
    client = browser(clerk())
    answer = client.post(f"/archive/send-up/{item.pk}/", {"court": "濮阳市中级人民法院", "reason": "复议调卷"})
    assert answer.status_code == 302
    item.refresh_from_db()
    assert not item.open
    assert case.items.filter(rule="archives.return_watch", open=True).exists()
    loan = Loan.objects.get(kind="sent_up")
    client.post(f"/archive/loans/{loan.pk}/back/", {"condition": "完好"})
    assert not case.items.filter(rule="archives.return_watch", open=True).exists()


def test_over_the_pages_a_closed_case_is_archived(case):
    case = closed(case)
    client, second = browser(clerk()), browser(clerk(1))
    assert "机器核验" in client.get(f"/archive/case/{case.pk}/").content.decode()
    client.post(f"/archive/case/{case.pk}/", {"retention": "permanent"})
    volume = Volume.objects.get()
    assert client.post(f"/archive/volume/{volume.pk}/check/", {"do": "pass"}).status_code == 403
    second.post(f"/archive/volume/{volume.pk}/check/", {"do": "pass"})
    client.post(f"/archive/volume/{volume.pk}/pack/", {})
    work_off("archives.pack")
    assert client.get(f"/archive/volume/{volume.pk}/print/").status_code == 200
    assert client.get("/archive/sheets/?shelf=A-03-12").status_code == 200
    answer = client.post(f"/archive/volume/{volume.pk}/verify/", follow=True)
    assert "归档包完整" in answer.content.decode()
    client.post("/archive/shelve/", {"code": volumes.code_of(volume), "shelf": "JW-A-03-12"})
    case.refresh_from_db()
    assert case.stage == "archived"
    assert "A-03-12" in client.get(f"/cases/{case.pk}/?tab=archive").content.decode()


def test_what_is_bound_has_a_mark_that_changes_with_any_paper_of_it(case):
    from cases.models import Material
    from documents.dossier import placing

    before = contents.of(case).mark
    assert before == contents.of(case).mark
    placing.put(Material.objects.filter(case=case, kind="scan").first(), 6, clerk())
    assert contents.of(case).mark != before
