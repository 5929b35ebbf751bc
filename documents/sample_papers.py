"""A sample of any paper for a case that exists: composed and drawn as the real one, but kept nowhere."""

from cases.models import Case, Party
from cases.workflow import Kind as CaseKind
from documents import composing, contexts, samples
from documents.drawing import draw
from documents.kinds import Kind
from documents.models import Document

MARK = "样张"


def case_for(number: str = "") -> Case | None:
    """The case of that number, else the newest first case that has a handler, a creditor and a debtor and is open to all."""
    if number:
        return Case.objects.filter(number=number).first()
    cases = Case.objects.filter(kind=CaseKind.FIRST, confidential=False, state_secret=False, handler__isnull=False)
    return (
        cases.filter(parties__role=Party.Role.CREDITOR).filter(parties__role=Party.Role.DEBTOR).order_by("-pk").first()
    )


def compose(kind: Kind, case: Case, across: str = MARK) -> composing.Composed:
    """The paper about the case's first debtor, every question answered."""
    debtor = case.parties.filter(role=Party.Role.DEBTOR).order_by("position").first()
    subject = debtor.subject if debtor and kind.about in ("debtor", "party") else ""
    given = samples.answers(kind.key, contexts.of(kind.key, case, subject))
    return composing.compose(Document(case=case, kind=kind.key, subject=subject, asked=given), across=across)


def pdf(kind: Kind, case: Case) -> bytes:
    return draw(compose(kind, case).paper).pdf
