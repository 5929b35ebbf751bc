"""What changes on a party after registration: a debtor's standing, by a document; and looks at masked data."""

from datetime import datetime

from django.db import transaction

from cases import journal, rights
from cases.certificates import mask_certificate
from cases.locks import lock_case
from cases.models import JournalEntry, Material, Party
from cases.refusals import Refused
from teams.actor import Actor


@transaction.atomic
def set_standing(party: Party, standing: str, by: Actor, *, material: Material | None) -> Party:
    """Only a debtor has a standing, and only a document changes it."""
    case = lock_case(party.case_id)
    rights.require(by, case, "standing")
    party = Party.objects.select_for_update().get(pk=party.pk)
    if party.role != Party.Role.DEBTOR:
        raise Refused("只有被执行人有执行地位。")
    if material is None:
        raise Refused("变更被执行人地位须有文书：请上传裁定书或证明。")
    before = party.get_standing_display()
    party.standing, party.standing_material = standing, material
    party.save(update_fields=["standing", "standing_material"])
    label = f"{party.name}：{before} → {party.get_standing_display()}"
    journal.write([journal.Line(case, "event", "standing", label, {"party": party.pk, "material": material.pk})], by)
    return party


def last_standing(case, party_id: str) -> tuple[str, datetime] | None:
    """Who changed the debtor's standing last, and when."""
    rows = JournalEntry.objects.filter(case=case, key="standing", facts__party=int(party_id))
    last = rows.order_by("-pk").first()
    return (last.by_label, last.happened_at) if last else None


@transaction.atomic
def reveal(party: Party, by: Actor) -> dict[str, str]:
    """Full certificate, telephone and addresses of one party; the read goes to the officer's own chain."""
    facts = {"case": party.case_id, "party": party.pk}
    label = f"查看证件电话：{mask_certificate(party.certificate_number)}"
    journal.write([journal.Line(None, "read", "reveal", label, facts)], by)
    return {
        "certificate": party.certificate_number or "未提供",
        "phone": party.phone or "未提供",
        "address": party.address or "未提供",
        "e_service_to": party.e_service_to,
    }
