"""Demo data: every stage, every team, every act; through the services, so the books are in order."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q

from cases import clock, hooks, verify
from cases.approvals import ACTS
from cases.models import Approval, Case, FilingSlip, WorkItem
from cases.workflow import Stage
from teams.models import Posting, Team
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeded(settings, tmp_path, django_capture_on_commit_callbacks):
    settings.FILES_DIR, settings.ARCHIVE_DIR = tmp_path / "files", tmp_path / "archive"
    call_command("seed_demo", verbosity=0)


def idle() -> set[str]:
    """Who works here and finds nothing on his first page; the batches of the scanners from outside come with the papers' room."""
    posted = Posting.objects.on(clock.today()).exclude(team__kind__in=("administration", "adjudication"))
    shown = Q(show_at__isnull=True) | Q(show_at__lte=clock.now())
    busy = WorkItem.objects.filter(shown, open=True, paused=False, wait_until=None)
    people = posted.exclude(post="contractor").values_list("person__staff_number", flat=True)
    return set(people) - set(busy.values_list("person__staff_number", flat=True))


def test_the_demo_shows_every_stage_every_team_every_act_and_work_for_everybody(seeded):
    stages = Counter(Case.objects.values_list("stage", flat=True))
    assert sum(stages.values()) >= 100
    assert {stage: stages[stage] for stage in Stage.values if stages[stage] < 5 and stage != "void"} == {}
    held = set(WorkItem.objects.filter(open=True).values_list("team__code", flat=True))
    assert (
        set(
            Team.objects.exclude(kind__in=("leadership", "administration", "adjudication")).values_list(
                "code", flat=True
            )
        )
        <= held
    )
    waiting = set(Approval.objects.filter(state="waiting").values_list("act", flat=True))
    assert {act.key for act in ACTS} - waiting == set()
    assert FilingSlip.objects.filter(answered_at=None).exists()
    assert idle() == set()
    assert not WorkItem.objects.filter(open=True, person__postings__post="contractor").exists()
    late = WorkItem.objects.filter(open=True, signals__kind="overdue").distinct().count()
    assert 0.05 <= late / WorkItem.objects.filter(open=True).count() <= 0.2
    assert not [*verify.chains(), *verify.heads()]
    assert [str(finding) for check in hooks.of("invariant") for finding in check()] == []


def test_the_demo_fills_only_an_empty_database_in_demo_mode(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="demo"):
        call_command("seed_demo", verbosity=0)


def test_a_demo_that_was_stopped_in_the_middle_says_so_at_the_next_start(monkeypatch):
    def stopped(*given):
        make.case()
        raise KeyboardInterrupt

    monkeypatch.setattr("huanglong_exec.seed.scenes.play", stopped)
    with pytest.raises(KeyboardInterrupt):
        call_command("seed_demo", verbosity=0)
    with pytest.raises(CommandError, match="make clean"):
        call_command("seed_demo", "--if-empty", verbosity=0)


def test_a_demo_that_was_finished_starts_as_it_is(monkeypatch):
    monkeypatch.setattr("huanglong_exec.seed.scenes.play", lambda *given: make.case())
    call_command("seed_demo", verbosity=0)
    call_command("seed_demo", "--if-empty", verbosity=0)
    with pytest.raises(CommandError, match="空库"):
        call_command("seed_demo", verbosity=0)
