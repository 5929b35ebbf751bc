"""How the quality room joins the spine: the pages of its duties, what follows the papers of the day."""

from cases.hooks import approved, brief, page, returned
from documents.hooks import issued, ready
from quality import matters, offline, seals, standard_set, supervision

page("quality.triage", "quality:triage_item")
page(standard_set.RULE, "quality:day_item")
page(offline.RULE, "quality:offline_item")
page(matters.RULE, "quality:matter_item")
page(supervision.RULE, "quality:verify_supervision")


@issued(*standard_set.KINDS)
def the_set_is_out(document):
    standard_set.issued(document)


brief("ruling")(seals.brief)
ready(seals.RULING)(seals.ruled)


@approved("ruling")
def seal_ordered(approval, by):
    seals.signed(approval)


@returned("ruling")
def seal_given_up(approval, by):
    seals.sent_back(approval)
