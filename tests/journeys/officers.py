"""Officers at the browser, and what they do to a case on its way: read by every journey."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from archives import volumes
from archives.models import Volume
from assets import operators
from assets.models import Operator
from cases import clock
from cases.models import Approval, Case, Material, WorkItem
from documents.dossier import placing
from teams.models import Team, User
from tests import make
from tests.archives.helpers import rendered, work_off
from tests.documents.helpers import work_off as draw
from tests.reception.helpers import form_of

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "intake" / "2026-11-20.xlsx"
PASSWORD = "Huanglong-2026"
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


def pdf(name: str = "材料.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


class Officer:
    """One officer at the browser."""

    def __init__(self, team: str, post: str = "", user: User | None = None, nth: int = 0):
        self.actor = make.actor(team, post, nth=nth) if user is None else None
        self.client = Client()
        self.client.force_login(user or self.actor.user)

    def post(self, path: str, status: int = 302, **data):
        answer = self.client.post(path, data)
        assert answer.status_code == status, (
            path,
            answer.status_code,
            answer.content.decode().partition("<main")[2][:1500],
        )
        return answer

    def get(self, path: str, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        return answer.content.decode()


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def item(case: Case, rule: str) -> WorkItem:
    return WorkItem.objects.get(case=case, rule=rule, open=True)


def team(code: str) -> int:
    return Team.objects.get(code=code).pk


def sign_all(case: Case) -> None:
    """Whoever's turn it is signs at the desk, with the password."""
    while approval := Approval.objects.filter(case=case, state="waiting").first():
        place = approval.places.get(state="waiting")
        Officer("", user=place.signer).post(
            f"/approvals/{approval.pk}/sign/", opinion="同意", place=place.order, password=PASSWORD
        )


def receive(case: Case) -> None:
    clerk = Officer("reception", "clerk")
    at_the_counter(clerk, case)
    ask_about(clerk, case)


def ask_about(clerk: Officer, case: Case, **given) -> None:
    """The debtors of the case in a batch of network queries."""
    if not Operator.objects.filter(user=clerk.actor.user).exists():
        operators.report(clerk.actor.user, clock.today(), "豫高法执报备2026-1", make.director())
    asked = list(case.parties.filter(role="debtor").values_list("pk", flat=True))
    clerk.post("/assets/queries/", party=asked, **{"do": "send", **given})


def at_the_counter(clerk: Officer, case: Case) -> None:
    """Received on the one screen: all but the query is set, the record when its paper is in the file."""
    clerk.post(f"/reception/{case.pk}/", **form_of(case))
    draw()


def to_fast(case: Case, code: str = "fast-03") -> None:
    receive(case)
    quality = Officer("quality", "clerk")
    for anchor in ("documents_issued", "e_served", "offline_sent"):
        quality.post(f"/cases/{case.pk}/event/", anchor=anchor, happened_on="今天")
    assert "网络查控尚未反馈" in quality.get(f"/cases/{case.pk}/")
    quality.post(f"/triage/{case.pk}/", 422, track="fast", team=team(code), reason="简案")
    quality.post(f"/cases/{case.pk}/event/", anchor="network_answered", happened_on="今天")
    answer = quality.post(f"/cases/{case.pk}/step/triage_fast/", 422, team=team(code), reason="简案")
    assert "在其专门页面办理" in answer.content.decode()
    quality.post(f"/triage/{case.pk}/", track="fast", team=team(code), reason="简案")
    assert fresh(case).stage == "fast"


def arrange(case: Case) -> None:
    clerk, duty = Officer("archives", "clerk"), item(case, "archives.pre_closing")
    clerk.post(f"/items/{duty.pk}/finish/", 422, note="齐全", happened_on="今天")
    clerk.post(f"/archive/arrange/{duty.pk}/", note="其余材料结案后补")


def shelve(case: Case) -> None:
    """Catalogued, checked by the machine and by a second person, packed by the worker, put on its shelf."""
    clerk, second = Officer("archives", "clerk"), Officer("archives", "regular_officer")
    clerk.post(f"/cases/{case.pk}/step/archive/", 422, shelf="A-03-12")
    for paper in Material.objects.filter(case=case):
        placing.put(paper, 2 if paper.secret_volume else 31, clerk.actor)
    rendered(case)
    clerk.post(f"/archive/case/{case.pk}/", retention="permanent")
    volume = Volume.objects.get(case=case, state="checking")
    second.post(f"/archive/volume/{volume.pk}/check/", do="pass")
    clerk.post(f"/archive/volume/{volume.pk}/pack/")
    work_off("archives.pack")
    clerk.post("/archive/shelve/", code=volumes.code_of(volume), shelf="JW-A-03-12")
