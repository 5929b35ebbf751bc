"""Who has a volume is who came for it: one of several is chosen, and whoever never comes is taken off the list."""

import pytest
from django.db import IntegrityError, transaction

from archives import loans, volumes
from archives.models import Loan
from cases import signing
from cases.models import Case, JournalEntry
from cases.refusals import Refused, Stale
from teams.models import Notice
from tests import make
from tests.archives.helpers import browser, clerk
from tests.archives.test_volumes import lent
from tests.cases.signing_helpers import fast_case

pytestmark = pytest.mark.django_db


def second(first: Loan) -> Loan:
    """A colleague of the first borrower asks for the same file and is granted it."""
    judge = make.actor("fast-03", "judge")
    asked = signing.ask(Case.objects.get(pk=first.case_id), "file_loan", judge, proposal={"reason": "核对"})
    signing.sign(asked, make.actor("archives", "regular_officer"), opinion="同意")
    return Loan.objects.latest("pk")


def test_of_two_who_wait_the_scan_asks_whose_it_is_and_the_row_chosen_has_it(case):
    first = lent(case)
    later = second(first)
    code = volumes.code_of(first.volume)
    with pytest.raises(Refused, match="2 人待取卷"):
        loans.scan(code, clerk())
    client = browser(clerk())
    client.post(f"/archive/loans/{later.pk}/lend/", {"code": code})
    states = {loan.pk: loan.state for loan in Loan.objects.all()}
    assert states == {first.pk: "granted", later.pk: "out"}
    assert not Notice.objects.filter(person=first.borrower_id, text__contains="您借出了").exists()
    answer = client.post(f"/archive/loans/{first.pk}/lend/", {"code": code}, follow=True)
    assert "归还后才能再借" in answer.content.decode()
    assert loans.scan(code, clerk()).loan.pk == later.pk


def test_the_volume_of_another_case_is_not_lent_on_this_loan(case):
    loan = lent(case)
    Loan.objects.filter(pk=loan.pk).update(case=fast_case("fast-04"))
    with pytest.raises(Refused, match="请核对"):
        loans.scan(volumes.code_of(loan.volume), clerk(), to=Loan.objects.get(pk=loan.pk))


def test_a_loan_nobody_fetched_is_cancelled_with_its_reason_and_the_borrower_is_told(case):
    first = lent(case)
    later = second(first)
    client, address = browser(clerk()), f"/archive/loans/{first.pk}/cancel/"
    with pytest.raises(Refused, match="取消原因"):
        loans.cancel(first, " ", clerk())
    assert client.post(address, {"reason": "逾期未取"}).status_code == 302
    first.refresh_from_db()
    assert (first.state, first.cancel_reason) == ("cancelled", "逾期未取")
    assert "逾期未取" in Notice.objects.filter(person=first.borrower_id).latest("id").text
    assert JournalEntry.objects.filter(case=case, what="archive", key="loan_cancel").count() == 1
    assert loans.scan(volumes.code_of(first.volume), clerk()).loan.pk == later.pk
    assert loans.remind() == 0
    said = client.get("/archive/?tab=loans").content.decode()
    assert address not in said
    assert "已取消" in client.get(f"/cases/{case.pk}/?tab=archive").content.decode()


def test_what_is_out_or_back_is_not_cancelled_and_the_database_says_so_too(case):
    loan = lent(case)
    loans.scan(volumes.code_of(loan.volume), clerk())
    with pytest.raises(Stale, match="借出"):
        loans.cancel(loan, "不要了", clerk())
    with pytest.raises(IntegrityError), transaction.atomic():
        Loan.objects.filter(pk=loan.pk).update(state="cancelled")
