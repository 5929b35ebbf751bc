"""How a paper of a dossier is reached: through its case, and its volume; a look into the 副卷 is told once a log-in."""

from django.core.cache import cache
from django.db import transaction
from django.shortcuts import get_object_or_404

from cases import journal
from cases.models import Case, Material
from cases.refusals import Forbidden
from cases.rights import sentence
from documents.dossier.volumes import may_secret
from teams.actor import Actor

TOLD = 8 * 3600  # seconds: a log-in lasts no longer


def paper_of(case: Case, material_id: int, actor: Actor, log_in: str) -> Material:
    """The paper, if the officer may open its volume. `log_in` is the session it is read in."""
    paper = get_object_or_404(Material.objects.select_related("by", "voided_by", "replaces"), pk=material_id, case=case)
    if paper.secret_volume:
        if not may_secret(case, actor):
            raise Forbidden(sentence(actor, "secret_volume"))
        if cache.add(f"dossier:{actor.user_id}:{log_in}:{paper.pk}", 1, TOLD):
            tell(paper, "secret_volume", f"打开副卷：{paper.title}", {}, actor)
    return paper


@transaction.atomic
def tell(paper: Material, key: str, text: str, facts: dict, actor: Actor) -> None:
    """What was read or printed, on the reader's own chain."""
    known = {"case": paper.case_id, "material": paper.pk, **facts}
    journal.write([journal.Line(None, "read", key, text, known)], actor)
