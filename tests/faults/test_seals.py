"""Seals. In a phase of one process: what is finished is judged over the whole server, not over one database."""

import pytest
from django.db import connection, transaction

from cases import journal
from tests import make
from tests.cases.test_journal import entry, findings


@pytest.mark.django_db(transaction=True)
def test_seals_cover_what_is_finished_and_show_a_forged_chain(load_again):
    case = make.case()
    assert journal_seal() is not None
    entry(case, 1)
    assert journal_seal() is not None
    assert journal_seal() is None
    assert findings() == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_journalentry SET hash = repeat('0', 64) WHERE case_id = %s AND no = 2", [case.pk])
    assert any("封印" in text for text in findings())


def journal_seal():
    with transaction.atomic():
        return journal.seal()
