"""The rules of the house find what breaks them, and nothing in the sources does."""

import pytest

from ops import house


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Case.objects.filter(pk=1).update(stage='fast')", "passes the door by"),
        ("Case.objects.all().update(clues='x', head='')", "passes the door by"),
        ("case.pass_on(now)", "is a step"),
        ("self.case.report_closing(now, mode='x')", "is a step"),
        ("Case(number='x')", "creates a case"),
        ("Case.objects.bulk_create(rows)", "creates a case"),
        ("JournalEntry.objects.filter(pk=1).delete()", "writes the journal"),
        ("timezone.now()", "a clock of its own"),
        ("datetime.date.today()", "a clock of its own"),
    ],
)
def test_what_breaks_a_rule_is_found(line, why):
    ((_, said),) = house.check("reception/services.py", line)
    assert why in said


@pytest.mark.parametrize("line", ["Case.objects.update(clues='x')", "connection.close()", "steps.resume(case)"])
def test_what_breaks_none_is_not(line):
    assert house.check("reception/services.py", line) == []


def test_the_sources_keep_the_rules(capsys):
    assert house.main() == 0, capsys.readouterr().out
