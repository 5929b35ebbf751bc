"""A whole round of the exchange folder in one process: our worker, the peer, our reading."""

from django.conf import settings

from cases import jobs
from cases.models import Job
from documents.exchange import receiving
from ops.peer.answering import Behaviour, Peer


def work_off() -> None:
    """Whatever waits for the worker, until nothing does."""
    while rows := list(Job.objects.filter(state="waiting").order_by("pk")):
        for job in rows:
            assert jobs.run(job.pk), job.kind


def peer(**behaviour) -> Peer:
    return Peer(settings.EXCHANGE_DIR, Behaviour(**behaviour))


def round_trip(**behaviour) -> int:
    """Out, answered, in; how many receipts were used."""
    work_off()
    peer(**behaviour).answer_all()
    return receiving.read_all()


def boxes() -> dict[str, int]:
    """How many packages lie where."""
    names = ("out", "in", "read", "aside")
    return {name: len(list((settings.EXCHANGE_DIR / name).glob("*"))) for name in names}
