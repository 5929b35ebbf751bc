"""当日文书: the standard set for every debtor in few acts, the duties met by what happens, who is not reached by the platform."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import clock, jobs, work
from cases.models import Job, Party, WorkItem
from documents import delivery_runs, issuing, serving
from documents.models import Document, Service
from quality import day_jobs, standard_set
from teams.actor import SYSTEM
from tests import make
from tests.archives.helpers import browser
from tests.cases.signing_helpers import fast_case, fresh, fresh_roster
from tests.documents.helpers import work_off
from tests.quality.triage_helpers import clerk, parties, passed_on

pytestmark = pytest.mark.django_db
KINDS = {"acceptance_notice", "execution_notice", "report_order", "asset_declaration"}


@pytest.fixture(autouse=True)
def _here(settings, tmp_path):
    settings.FILES_DIR, settings.EXCHANGE_DIR = tmp_path / "files", tmp_path / "exchange"
    fresh_roster()


def agreed(case, *roles: str) -> None:
    case.parties.filter(role__in=roles).update(e_service=True, e_service_to="13800138000")


def drafted(case) -> list[Document]:
    found = standard_set.draft(standard_set.items_of(clerk()).filter(case=case), clerk())
    assert found.refused == []
    return list(Document.objects.filter(pk__in=found.documents))


def issue(documents) -> None:
    _, results = issuing.issue_many(documents, clerk())
    assert [result.refusal for result in results if result.refusal] == []
    work_off()


def open_rules(case) -> set[str]:
    return set(fresh(case).items.filter(open=True).values_list("rule", flat=True))


def test_every_debtor_gets_his_set_and_nothing_is_drafted_twice():
    (case,) = passed_on(1)
    Party.objects.create(case=case, role="debtor", position=2, type="natural_person", name="张三")
    gone = Party.objects.create(
        case=case, role="debtor", position=3, type="natural_person", name="李四", standing="performed"
    )
    documents = drafted(case)
    assert len(documents) == 1 + 2 * 3
    assert {row.kind for row in documents} == KINDS
    assert gone.subject not in {row.subject for row in documents}
    assert standard_set.draft(standard_set.items_of(clerk()).filter(case=case), clerk()).made == 0
    assert Document.objects.filter(case=case).count() == 7


def test_the_last_paper_issued_meets_the_duty_and_not_the_one_before():
    (case,) = passed_on(1)
    agreed(case, "creditor", "debtor")
    first, *others = drafted(case)
    issue(others)
    assert standard_set.RULE in open_rules(case)
    issue([first])
    assert standard_set.RULE not in open_rules(case)
    event = case.journal.get(what="event", key="documents_issued")
    assert event.facts["papers"] == 4
    assert "documents.e_service" in open_rules(case)


def test_nobody_agreed_to_electronic_service_so_all_goes_by_post_and_somebody_has_to_do_it():
    (case,) = passed_on(1)
    issue(drafted(case))
    assert open_rules(case).isdisjoint({standard_set.RULE, "documents.e_service"})
    (post,) = fresh(case).items.filter(rule="service.again", open=True)
    assert "2 人未同意" in post.title or "、" in post.title
    client = browser(clerk())
    assert client.get(f"/items/{post.pk}/serve/").url == f"/docs/?tab=to_serve&case={case.pk}"
    services = list(Service.objects.filter(document__case=case))
    for n, row in enumerate(services):
        assert WorkItem.objects.get(pk=post.pk).open == (n < len(services))
        serving.send(row, "post", clock.today(), clerk(), to="濮阳市", number=f"10000000000{n}")
    assert not WorkItem.objects.get(pk=post.pk).open


def test_who_agreed_is_served_electronically_the_other_has_one_item_of_post():
    (case,) = passed_on(1)
    agreed(case, "debtor")
    issue(drafted(case))
    assert "documents.e_service" in open_rules(case)
    assert fresh(case).items.filter(rule="service.again", open=True).count() == 1
    debtor = Service.objects.filter(document__case=case, party__role="debtor")
    assert delivery_runs.begin(debtor.select_related("document__case", "party"), clerk()).refused == []


def test_a_draft_that_lacks_something_says_so_and_is_not_issued_until_it_is_mended():
    (case,) = passed_on(1)
    case.parties.filter(role="debtor").update(name="某人")
    case.claims.all().delete()
    row = next(each for each in drafted(case) if each.kind == "execution_notice")
    assert row.problem.startswith("还缺：")
    client = browser(clerk())
    page = client.get("/documents-of-day/").content.decode()
    assert row.problem in page
    preview = client.get(f"/documents-of-day/preview/?case={case.pk}").content.decode()
    assert "1 份有缺项" in preview
    assert f'name="document" value="{row.pk}"' not in preview


def test_a_case_without_anybody_to_tell_is_refused_and_the_others_go():
    (bare,), (good,) = passed_on(1), passed_on(1, parties=parties("41"))
    bare.parties.all().delete()
    found = standard_set.draft(standard_set.items_of(clerk()), clerk())
    assert found.made == 4
    assert [number for number, _ in found.refused] == [bare.number]
    assert Document.objects.filter(case=good).count() == 4


@pytest.mark.parametrize("who", [("reception", "clerk"), ("fast-03", "clerk"), ("leadership", "bureau_director")])
def test_nobody_else_makes_the_papers_of_the_day(who):
    passed_on(1)
    client = browser(make.actor(*who))
    assert client.get("/documents-of-day/").status_code == 403
    assert client.post("/documents-of-day/draft/").status_code == 403
    assert Document.objects.count() == 0


def test_by_the_browser_draft_preview_issue_serve():
    (case,) = passed_on(1)
    agreed(case, "creditor", "debtor")
    client, item = browser(clerk()), case.items.get(rule=standard_set.RULE)
    assert client.get(f"/items/{item.pk}/day/").url == f"/documents-of-day/?item={item.pk}"
    running = client.post("/documents-of-day/draft/", {"item": [item.pk]}).url
    assert client.post("/documents-of-day/draft/", {"item": [item.pk]}).url == running, "a second click is the same job"
    assert "已拟制 0 / 1 件" in client.get(running).content.decode()
    assert browser(make.actor("fast-03", "clerk")).get(running).status_code == 403
    (job,) = Job.objects.filter(kind=day_jobs.JOB)
    assert jobs.run(job.pk)
    assert not jobs.run(job.pk)
    answer = client.get(running)
    assert answer.url == f"/documents-of-day/preview/?job={job.pk}"
    assert "第 1 / 4 份" in client.get(answer.url).content.decode()
    assert client.post("/documents-of-day/draft/", {"item": []}).status_code == 422


def test_a_worker_that_dies_has_drafted_nothing_and_the_next_drafts_all_of_it_once(monkeypatch):
    (bare,), (good,) = passed_on(1), passed_on(1, parties=parties("41"))
    bare.parties.all().delete()
    monkeypatch.setattr(day_jobs, "STEP", 1)
    job = day_jobs.ask(standard_set.items_of(clerk()), clerk())
    assert day_jobs.ask(standard_set.items_of(clerk()), clerk()) == job
    parts = day_jobs.parts_of(job)
    monkeypatch.setattr(standard_set, "note_gaps", lambda _: 1 / 0)
    assert [jobs.run(part.pk) for part in parts] == [
        True,
        False,
    ]  # each case by itself: the one without parties is over
    assert not Document.objects.exists()
    shown = browser(clerk()).get(f"/documents-of-day/drafting/{job.pk}/").content.decode()
    assert "已拟制 1 / 2 件" in shown
    monkeypatch.undo()
    assert jobs.run(parts[1].pk)
    assert Document.objects.filter(case=good).count() == 4
    page = browser(clerk()).get(f"/documents-of-day/drafting/{job.pk}/", follow=True).content.decode()
    assert f"{bare.number}：没有在执的当事人" in page, "who was refused is said beside what was made"
    Job.objects.filter(pk=parts[1].pk).update(state="failed", result={"error": "磁盘已满"})
    page = browser(clerk()).get(f"/documents-of-day/drafting/{job.pk}/", follow=True).content.decode()
    assert "另有 1 件：系统未能拟制，请重新拟制" in page


def test_two_hundred_papers_are_asked_for_by_as_many_statements_as_one():
    asked = []
    for tail in ("41", "42 43 44"):
        cases = [passed_on(1, parties=parties(each))[0] for each in tail.split()]
        papers = [paper for case in cases for paper in drafted(case)]
        with CaptureQueriesContext(connection) as queries:
            issuing.issue_many(papers, clerk())
        asked.append(len(queries))
    assert asked[0] == asked[1]


# 承办人告知


def arrived(**given):
    case = fast_case("fast-03", measured=False, **given)
    work.open(case, "documents.handler_notice", SYSTEM)
    return case


def test_the_receiving_team_tells_every_party_by_one_key_and_the_duty_ends_when_all_are_sent():
    by, case = make.actor("fast-03", "clerk"), arrived()
    agreed(case, "creditor")
    item = case.items.get(rule="documents.handler_notice", open=True)
    client = browser(by)
    assert client.get(f"/items/{item.pk}/tell/").url == f"/docs/handler-notices/?item={item.pk}"
    assert "阎怡娟" in client.get("/docs/handler-notices/").content.decode()
    answer = client.post("/docs/handler-notices/", {"item": [item.pk]})
    assert answer.url.startswith("/docs/batch/")
    work_off()
    assert Document.objects.filter(case=case, kind="handler_notice", state="issued").count() == 2
    by_wire = Service.objects.select_related("document__case", "party").get(document__case=case, party__role="creditor")
    delivery_runs.begin([by_wire], by)
    assert WorkItem.objects.get(pk=item.pk).open
    serving.send(Service.objects.get(document__case=case, party__role="debtor"), "post", clock.today(), by, to="濮阳市")
    done = WorkItem.objects.get(pk=item.pk)
    assert (done.open, done.outcome) == (False, "done")
    assert case.journal.filter(key="handler_told").count() == 1


def test_the_notice_names_why_and_a_second_key_makes_no_second_notice():
    by, case = make.actor("fast-03", "clerk"), arrived()
    client, item = browser(by), case.items.get(rule="documents.handler_notice", open=True)
    client.post("/docs/handler-notices/", {"item": [item.pk]})
    work_off()
    assert client.post("/docs/handler-notices/", {"item": [item.pk]}).status_code == 422
    assert Document.objects.filter(case=case, kind="handler_notice").count() == 2
    assert client.post("/docs/handler-notices/", {"item": []}).status_code == 422


def test_another_team_neither_sees_nor_tells():
    case = arrived()
    item = case.items.get(rule="documents.handler_notice", open=True)
    client = browser(make.actor("fast-05", "clerk"))
    assert case.number not in client.get("/docs/handler-notices/").content.decode()
    assert client.get(f"/items/{item.pk}/tell/").status_code == 404
    assert client.post("/docs/handler-notices/", {"item": [item.pk]}).status_code == 422
    assert Document.objects.filter(case=case).count() == 0


def test_where_an_act_alone_is_claimed_nobody_is_ordered_to_report_his_property():
    from cases.steps import ClaimData

    act, money, both = (passed_on(1, claims=claims)[0] for claims in (
        [ClaimData("conduct", text="停止侵害")], [ClaimData("money", Decimal(100))], [ClaimData("conduct", text="停止侵害"), ClaimData("money", Decimal(100))],
    ))  # fmt: skip
    found = {pk: {each.kind for each in papers} for pk, papers in standard_set.wanted([act, money, both]).items()}
    assert found[act.pk] == {"acceptance_notice", "execution_notice"}
    assert found[money.pk] == found[both.pk] == set(standard_set.KINDS)
