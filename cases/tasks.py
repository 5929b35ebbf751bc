"""What Celery calls: thin, and safe to call twice."""

from celery import shared_task

from cases import jobs, journal, nightly, sweep


@shared_task(name="cases.tasks.run_job")
def run_job(job_id: int) -> None:
    jobs.run(job_id)


@shared_task(name="cases.tasks.send_jobs")
def send_jobs() -> None:
    jobs.send_waiting()


@shared_task(name="cases.tasks.sweep")
def sweep_items() -> None:
    sweep.run()


@shared_task(name="cases.tasks.seal")
def seal() -> None:
    journal.seal()


@shared_task(name="cases.tasks.nightly")
def nightly_work() -> None:
    nightly.run()
