"""A sample of any paper for a case that exists: composed and drawn as the real one, but kept nowhere."""

from cases.models import Case, Party
from cases.workflow import Kind as CaseKind
from cases.workflow import Stage
from documents import composing, contexts, samples
from documents.drawing import draw
from documents.kinds import PERSONS, Kind
from documents.models import Document

MARK = "样张"


def case_for(number: str = "") -> Case | None:
    """The case of that number, else the newest first case with handler, creditor and debtor that is open to all; of a
    team that enforces, if there is one."""
    if number:
        return Case.objects.filter(number=number).first()
    cases = Case.objects.filter(kind=CaseKind.FIRST, confidential=False, state_secret=False, handler__isnull=False)
    cases = cases.filter(parties__role=Party.Role.CREDITOR).filter(parties__role=Party.Role.DEBTOR).order_by("-pk")
    return cases.filter(stage__in=(Stage.FAST, Stage.REGULAR)).first() or cases.first()


def compose(kind: Kind, case: Case, across: str = MARK) -> composing.Composed:
    """The paper about the case's first debtor, or the creditor it is for, every question answered."""
    creditor = kind.about == "creditor" or (kind.about == "party" and kind.owners == ("reception",))
    role = Party.Role.CREDITOR if creditor else Party.Role.DEBTOR
    party = case.parties.filter(role=role).order_by("position").first()
    subject = party.subject if party and kind.about in PERSONS else ""
    given = samples.answers(kind.key, contexts.of(kind.key, case, subject))
    return composing.compose(Document(case=case, kind=kind.key, subject=subject, asked=given), across=across)


def pdf(kind: Kind, case: Case) -> bytes:
    return draw(compose(kind, case).paper).pdf
