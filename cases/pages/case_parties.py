"""The parties of a case as the page shows them: certificates, telephones and addresses masked, sex and age derived."""

from datetime import date

from django.db.models import prefetch_related_objects
from django.urls import reverse

from cases.amounts import yuan
from cases.certificates import mask_address, mask_certificate, mask_phone, mask_reach
from cases.models import Case, Party
from cases.pages.lights import short


def parties(case: Case, today: date, *, may_amend: bool = False) -> list[dict]:
    rows = sorted(case.parties.all(), key=lambda row: (row.role, row.position))
    prefetch_related_objects(rows, "agents")
    return [party(row, today, may_amend) for row in rows]


def party(row: Party, today: date, may_amend: bool) -> dict:
    return {
        "id": row.pk,
        "role": row.get_role_display(),
        "debtor": row.role == Party.Role.DEBTOR,
        "name": row.name,
        "type": row.get_type_display(),
        "personal": personal(row, today),
        "certificate": mask_certificate(row.certificate_number) or "未提供",
        "kind": row.get_certificate_display() if row.certificate_number else "",
        "doubt": row.certificate_doubt,
        "phone": mask_phone(row.phone),
        "address": mask_address(row.address),
        "representative": row.representative,
        "e_service": "同意电子送达" if row.e_service else "",
        "e_service_to": mask_reach(row.e_service_to),
        "standing": row.get_standing_display() if row.role == Party.Role.DEBTOR else "",
        "active": row.standing == Party.Standing.ACTIVE,
        "agents": [agent(each, today, may_amend) for each in row.agents.all()],
        "reveal": reverse("cases:reveal", args=[row.case_id, row.pk]),
        "amend": reverse("cases:amend_party", args=[row.case_id, row.pk]) if may_amend else "",
        "add_agent": reverse("cases:add_agent", args=[row.case_id, row.pk]) if may_amend else "",
    }


def personal(row: Party, today: date) -> str:
    """女 41 岁 1985-03-12, from the certificate."""
    if not row.born_on:
        return row.sex
    years = today.year - row.born_on.year - ((today.month, today.day) < (row.born_on.month, row.born_on.day))
    return " ".join(filter(None, (row.sex, f"{years} 岁", f"{row.born_on:%Y-%m-%d}")))


def agent(row, today: date, may_amend: bool) -> dict:
    ended = f"{short(row.ended_on, today)} 解除委托" if row.ended_on else ""
    parts = (row.firm, mask_phone(row.phone), "同意电子送达" if row.e_service else "", ended)
    return {
        "name": row.name,
        "scope": row.get_scope_display(),
        "text": "，".join(filter(None, parts)),
        "ended": bool(row.ended_on),
        "amend": reverse("cases:amend_agent", args=[row.party.case_id, row.pk]) if may_amend else "",
    }


def claims(case: Case, may_amend: bool = False) -> list[dict]:
    return [
        {
            "kind": row.get_kind_display(),
            "text": "，".join(filter(None, (yuan(row.amount) if row.amount is not None else "", row.text))),
            "amend": reverse("cases:amend_claim", args=[case.pk, row.pk]) if may_amend else "",
        }
        for row in case.claims.order_by("id")
    ]


def bases(case: Case, today: date, may_amend: bool = False) -> list[dict]:
    return [
        {
            "kind": row.get_kind_display(),
            "number": row.number or "文号未登记",
            "text": "，".join(
                filter(
                    None,
                    (
                        row.maker,
                        f"{short(row.effective_on, today)} 生效" if row.effective_on else "",
                        f"履行期至 {short(row.performance_end_on, today)}" if row.performance_end_on else "",
                    ),
                )
            ),
            "amend": reverse("cases:amend_basis", args=[case.pk, row.pk]) if may_amend else "",
        }
        for row in case.bases.order_by("id")
    ]
