"""A job that fails is tried again; after the fifth time its room gives back what waited for it."""

import pytest

from cases import hooks, jobs
from cases.models import Job
from cases.refusals import Refused
from tests import make

pytestmark = pytest.mark.django_db
KIND = "tests.fails"


@pytest.fixture
def hooked(monkeypatch):
    """Hooks of the test's own: what the handler raises, and what was given back."""
    monkeypatch.setitem(hooks._lists["job"], KIND, [])
    monkeypatch.setitem(hooks._lists["failed"], KIND, [])

    def hook(error: Exception) -> list[str]:
        given: list[str] = []

        def handler(job):
            raise error

        hooks.job(KIND)(handler)
        hooks.failed(KIND)(lambda job: given.append(jobs.why(job)))
        return given

    return hook


def run(times: int) -> Job:
    job = jobs.enqueue(KIND, "1", {}, make.actor("fast-03", "clerk"))
    for _ in range(times):
        assert not jobs.run(job.pk)
    job.refresh_from_db()
    return job


def test_what_waits_for_a_job_is_kept_until_its_last_failure_and_then_given_back_once(hooked):
    given = hooked(OSError("disk full"))
    job = run(jobs.ATTEMPTS - 1)
    assert (job.state, given) == ("waiting", [])
    job = run(1)
    assert (job.state, job.attempts, len(given)) == ("failed", jobs.ATTEMPTS, 1)
    assert f"任务号 {job.pk}" in given[0], "the officer reads no programmer's text"
    assert "disk full" not in given[0]
    assert not jobs.run(job.pk)
    assert len(given) == 1


def test_a_refusal_is_told_in_its_own_words(hooked):
    given = hooked(Refused("卷宗已变，请重新提起归档。"))
    run(jobs.ATTEMPTS)
    assert given == ["卷宗已变，请重新提起归档。"]


def test_a_job_has_failed_even_where_nothing_can_be_given_back(hooked):
    hooked(OSError("disk full"))

    def broken(job):
        raise ValueError("no such volume")

    hooks.failed(KIND)(broken)
    assert run(jobs.ATTEMPTS).state == "failed"
