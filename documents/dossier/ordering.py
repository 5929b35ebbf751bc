"""The order of papers under one number: by the day they were made, or by hand."""

from django.db import transaction

from cases import context, materials
from cases.locks import lock_case
from cases.models import Case, Material
from cases.refusals import Stale
from documents.dossier import placing
from documents.dossier.volumes import Entry, arrange
from documents.models import Place
from teams.actor import Actor


@transaction.atomic
def shift(paper: Material, up: bool, by: Actor) -> bool:
    """Before or after its neighbour under the same number; whether it moved."""
    case = lock_case(paper.case_id or 0)
    entries = [entry for volume in arrange(case, secret=True) if volume.key != "gone" for entry in volume.entries]
    entry = next((each for each in entries if each.material.pk == paper.pk), None)
    if entry is None:
        raise Stale("该材料刚被作废或替换，请刷新后再看。")
    beside = [e for e in entries if (e.where.volume, e.where.number) == (entry.where.volume, entry.where.number)]
    at = beside.index(entry)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(beside):
        return False
    beside[at], beside[to] = beside[to], beside[at]
    _write(beside, by)
    placing.tell(
        case, f"编目：调整次序 {materials.called(entry.material)}", {"material": entry.material.pk, "order": to + 1}, by
    )
    return True


def _write(entries: list[Entry], by: Actor) -> None:
    """The order as it stands, as rows."""
    now = context.read().now
    rows = [
        Place(material=e.material, number=e.where.number or None, order=place, by_id=by.user_id, at=now)
        for place, e in enumerate(entries, 1)
    ]
    Place.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["material"], update_fields=["number", "order", "by", "at"]
    )


@transaction.atomic
def sort(case: Case, by: Actor) -> int:
    """自动排序: under every number the papers by the day they were made; the numbers stay. Gives how many moved."""
    locked = lock_case(case.pk)
    moved = Place.objects.filter(material__case=locked, order__gt=0).update(order=0)
    if moved:
        placing.tell(locked, "编目：按形成时间自动排序", {"papers": moved}, by)
    return moved
