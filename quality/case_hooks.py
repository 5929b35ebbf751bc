"""How the quality room joins the spine: the pages of its duties."""

from cases.hooks import page

page("quality.triage", "quality:triage_item")
