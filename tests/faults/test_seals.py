"""Seals. In a phase of one process: what is finished is judged over the whole server, not over one database."""

import pytest
from django.db import connection, transaction

from cases import journal, verify
from tests import make
from tests.cases.test_journal import entry, findings


@pytest.mark.django_db(transaction=True)
def test_seals_cover_what_is_finished_and_show_a_forged_chain(transactional_db):
    case = make.case()
    assert journal_seal() is not None
    entry(case, 1)
    assert journal_seal() is not None
    assert journal_seal() is None
    assert findings() == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_journalentry SET hash = repeat('0', 64) WHERE case_id = %s AND no = 2", [case.pk])
    assert any("封印" in text for text in findings())


@pytest.mark.django_db(transaction=True)
def test_a_chain_forged_from_end_to_end_does_not_fit_its_seal(transactional_db):
    """Whoever changes an entry and computes every hash and the head anew is told by the seal alone."""
    case = make.case()
    entry(case, 1)
    entry(case, 2)
    assert journal_seal() is not None
    rows = [row for row in verify.rows() if row["stream"] == f"case:{case.pk}"]
    rows[1]["label"], prev = "另一说法", ""
    with connection.cursor() as cursor:
        for row in rows:
            row["prev"], row["hash"] = prev, None
            row["hash"] = prev = journal.digest(row)
        for row in reversed(rows):
            cursor.execute(
                "UPDATE cases_journalentry SET label = %s, prev = %s, hash = %s WHERE id = %s",
                [row["label"], row["prev"] or "", row["hash"], row["pk"]],
            )
        cursor.execute("UPDATE cases_case SET head = %s WHERE id = %s", [prev, case.pk])
    assert not [*verify.chains(), *verify.heads()]
    assert any("封印" in text for text in findings())


def journal_seal():
    with transaction.atomic():
        return journal.seal()
