"""How the quality room joins the spine: the pages of its duties, what follows the papers of the day."""

from cases.hooks import page
from documents.hooks import issued
from quality import matters, offline, standard_set

page("quality.triage", "quality:triage_item")
page(standard_set.RULE, "quality:day_item")
page(offline.RULE, "quality:offline_item")
page(matters.RULE, "quality:matter_item")


@issued(*standard_set.KINDS)
def the_set_is_out(document):
    standard_set.issued(document)
