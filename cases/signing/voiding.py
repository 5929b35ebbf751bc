"""撤销登记 of a whole import: one signature of a second person strikes every case of the batch, or none."""

from cases import clock, hooks
from cases.models import Approval, ImportBatch
from cases.refusals import Refused
from cases.steps import take_steps
from cases.workflow import Stage
from teams.actor import Actor


@hooks.approved("case_void")
def void_import(approval: Approval, by: Actor) -> None:
    """Subject `import:17`. A single case is struck by its own step."""
    kind, _, pk = approval.subject.partition(":")
    if approval.case_id or kind != "import":
        return
    batch = ImportBatch.objects.select_for_update().get(pk=pk)
    cases = batch.cases.exclude(stage=Stage.VOID).order_by("pk")
    outcome = take_steps(cases, "void", by, approval=approval, reason=approval.proposal.get("reason", ""))
    if outcome.refused:
        raise Refused(*(str(refusal) for refusal in outcome.refused.values()))
    batch.undone_at = clock.now()
    batch.save(update_fields=["undone_at"])
