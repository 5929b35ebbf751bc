"""立案原件移交: the part that a scan sets, because the form has counted the originals; nobody says so by hand."""

from django.urls import reverse

from cases.hooks import Reason
from cases.models import Tick, WorkItem
from documents import custody
from documents.models import Bundle


def by_scan(item: WorkItem, state: str) -> Reason | None:
    """Why the plain form does not set this part: a counted bundle is still here, or none was ever counted."""
    counted = Bundle.objects.filter(case=item.case_id, kind=Bundle.Kind.ORIGINALS).order_by("pk")
    if here := counted.filter(team_id=item.team_id, filed_at=None).select_related("team", "holder").first():
        said = f"「{here.title}」{here.pieces} 件{custody.where(here)}：扫码交接后本项自动办结，不在本表登记。"
        return Reason(said, "去交接", reverse("documents:bundle", args=[here.pk]))
    if state == Tick.State.DONE:
        said = "收了原件的，在接待表单填写件数、打印条码封面，扫码交出后本项自动办结；没有原件的，登记为不适用。"
        return Reason(said, "去登记", reverse("reception:receive", args=[item.case_id]))
    return None
