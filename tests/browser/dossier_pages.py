"""The addresses of the e-dossier, and what must stand there for each."""

from cases import materials
from documents.dossier.uploads import UPLOADED
from documents.models import Document
from tests import make
from tests.cases.signing_helpers import pdf
from tests.documents.dossier_helpers import work_off

JUDGE, RECEPTION = ("fast-03", "judge"), ("reception", "clerk")

# fmt: off
PAGES = {
    "dossier_search": [(JUDGE, "/dossier-search/"), (JUDGE, "/dossier-search/?q=通知"), (JUDGE, "/dossier-search/?q=游艇")],
    "dossier":        [(JUDGE, "/cases/{fast}/dossier/?m={paper}"), (JUDGE, "/cases/{fast}/dossier/?q=通知"), (RECEPTION, "/cases/{case}/dossier/")],
    "dossier_catalogue": [(JUDGE, "/cases/{fast}/dossier/catalogue/")],
    "dossier_copies": [(JUDGE, "/cases/{fast}/dossier/copies/")],
    "dossier_phone":  [(JUDGE, "/cases/{fast}/dossier/phone/")],
    "dossier_place":  [(JUDGE, "/cases/{fast}/dossier/{paper}/place/")],
    "dossier_replace": [(JUDGE, "/cases/{fast}/dossier/{upload}/replace/")],
    "dossier_print":  [(JUDGE, "/cases/{fast}/dossier/{paper}/print/")],
}
NO_PAGE = {
    "dossier_sort", "dossier_copy", "dossier_upload", "dossier_begin", "dossier_piece", "dossier_page", "dossier_words",
    "dossier_shift", "dossier_note", "dossier_unnote",
}
ON_PAPER = ("dossier_print",)
# fmt: on


def world(fast) -> dict:
    """The page images of all papers, and one issued paper to be read."""
    work_off("dossier.render")
    uploaded = materials.file(fast, pdf("谈话笔录.pdf"), kind=UPLOADED, by=make.actor(*JUDGE), title="谈话笔录")
    return {
        "upload": uploaded.pk,
        "paper": Document.objects.filter(case=fast, state="issued").order_by("pk")[0].material_id,
    }
