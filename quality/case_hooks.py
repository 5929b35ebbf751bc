"""How the quality room joins the spine: its duties' pages, what follows the papers of the day, the jobs of bulletins."""

from cases.hooks import after, approved, asks_again, brief, invariant, job, nightly, page, returned, step_page, tells
from cases.invariants import Finding
from documents.hooks import issued, ready, sheet, voided
from quality import day_jobs, kept, letters, matters, offline, seals, standard_set, supervision, triage_records

page("quality.triage", "quality:triage_item")
page(standard_set.RULE, "quality:day_item")
page(offline.RULE, "quality:offline_item")
page(matters.RULE, "quality:matter_item")
page(supervision.RULE, "quality:verify_supervision")
tells("bulletin", "质效通报", {"make": "生成", "issue": "发布"}, of_cases=False)


@issued(*standard_set.KINDS)
def the_set_is_out(document):
    standard_set.issued(document)


for step in triage_records.STEPS:
    step_page(step, "quality:triage_one")


@after(*triage_records.STEPS)
def triage_on_record(cases, by):
    triage_records.write(cases, by)


@invariant
def every_triage_has_its_decision():
    """A triaged case has what was proposed, what was decided and by which figures."""
    for pk, number in triage_records.missing():
        yield Finding(f"{number} 已分流，没有分流决定的记录", f"/cases/{pk}/?tab=journal")


brief("ruling")(seals.brief)
sheet(seals.SUBJECT)(seals.papers)
ready(seals.RULING)(seals.ruled)
ready(letters.KIND)(letters.sealed)
voided(letters.KIND)(letters.voided)


@asks_again(seals.SUBJECT)
def seal_anew(approval):
    return "财产仍可查封，在案件页重新提请", f"/cases/{approval.case_id}/seal/"


@approved("ruling")
def seal_ordered(approval, by):
    seals.signed(approval)


@returned("ruling")
def seal_given_up(approval, by):
    seals.sent_back(approval)


@job(day_jobs.JOB)
def draft_the_day(row):
    day_jobs.produce(row)


@job(kept.JOB)
def count_again(row):
    from quality.pages import stats_page

    stats_page.compute(row)


@nightly
def figures_of_the_week():
    kept.nightly()


@job("quality.bulletin")
def freeze_month(row):
    from quality import bulletin

    bulletin.make(row)


@job("quality.bulletin_issue")
def issue_bulletin(row):
    from quality import bulletin

    bulletin.issue(row)


@invariant
def bulletins_are_as_frozen():
    """Each version of a bulletin still has the contents and the paper that its hashes name."""
    from quality import bulletin

    for row, why in bulletin.broken():
        yield Finding(f"{row}{why}", f"/stats/bulletins/{row.pk}/")
