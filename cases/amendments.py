"""更正: what is mended or added on a registered case. One door for parties, agents, bases, claims, links and marks.

Each act locks the case, asks table 2, stores what changed and writes it into the case's journal, before and after;
certificates, telephones and addresses are masked there, their old values stand in the history tables.
"""

from typing import Any

from django.db import IntegrityError, models, transaction

from cases import certificates, hooks, journal, numbers, rights, secrecy
from cases.certificates import mask_address, mask_certificate, mask_phone
from cases.conflicts import plain
from cases.locks import lock_case, lock_cases
from cases.models import Agent, Basis, Case, CaseLink, Claim, Material, Party
from cases.names import initials
from cases.refusals import Refused
from cases.workflow import Stage
from teams.actor import Actor

FIELDS: dict[type[models.Model], tuple[str, ...]] = {
    Party: ("name", "type", "certificate", "certificate_number", "phone", "address", "representative", "e_service", "e_service_to"),
    Agent: ("name", "scope", "firm", "phone", "address", "e_service", "e_service_to", "ended_on"),
    Basis: ("number", "maker", "effective_on", "performance_end_on"),
    Claim: ("amount", "text"),
    Case: ("cause", "amount", "sent_by", "clues", "remark", "livelihood", "enterprise"),
}  # fmt: skip
WORDS = {Party: "当事人", Agent: "代理人", Basis: "执行依据", Claim: "请求", Case: "案件信息"}
MASKS = {
    "certificate_number": mask_certificate,
    "phone": mask_phone,
    "address": mask_address,
    "e_service_to": mask_phone,
}
BY_RULING = (Party.Role.CREDITOR, Party.Role.DEBTOR)  # who becomes one after registration does so by a document
LINKS = tuple(kind for kind in CaseLink.Kind if kind != CaseLink.Kind.ORIGIN)  # that one is the program's own


def values(record: models.Model) -> dict[str, Any]:
    """What may be mended on the record, as it stands."""
    return {name: getattr(record, name) for name in FIELDS[type(record)]}


def said(model: type[models.Model], name: str, value: Any) -> str:
    """A stored value in words, masked where a screen masks it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if name in MASKS:
        return MASKS[name](value)
    return dict(model._meta.get_field(name).flatchoices).get(value, str(value))


@transaction.atomic
def amend(
    record: models.Model,
    given: dict[str, Any],
    by: Actor,
    *,
    reason: str = "",
    material: Material | None = None,
    action: str = "amend",
) -> bool:
    """Mend a record by the fields that `given` names; False when nothing is different. `action`: the row of table 2
    that it needs, where a record of its own (补接待) names its own."""
    case = _open(record.pk if isinstance(record, Case) else case_of(record), by, action)
    model = type(record)
    fresh = case if model is Case else model.objects.select_for_update(no_key=True).get(pk=record.pk)
    before = values(fresh)
    changes = {name: given[name] for name in before if name in given and plain(given[name]) != plain(before[name])}
    if not changes:
        return False
    for name, value in changes.items():
        setattr(fresh, name, value)
    _derive(fresh, changes)
    if model is Case:
        Case.objects.filter(pk=case.pk).update(**changes)
    else:
        fresh.save()
    told = [
        [label(model, name), said(model, name, before[name]), said(model, name, value)]
        for name, value in changes.items()
    ]
    _write(case, f"amend_{model._meta.model_name}", f"更正{WORDS[model]}：{title(fresh)}", by, reason, material, told)
    return True


@transaction.atomic
def add(record: models.Model, by: Actor, *, reason: str = "", material: Material | None = None) -> models.Model:
    """Add a party, agent, basis or claim to a registered case; a creditor or debtor needs the document that made him one."""
    case = _open(case_of(record), by)
    if isinstance(record, Party):
        if record.role in BY_RULING and material is None:
            raise Refused("登记后增加申请执行人、被执行人须有文书：请上传变更、追加裁定或更正材料。")
        last = Party.objects.filter(case=case, role=record.role).aggregate(models.Max("position"))["position__max"]
        record.case, record.position = case, (last or 0) + 1
    model = type(record)
    _derive(record, set(FIELDS[model]))
    record.save()
    told = [
        [label(model, name), "", text]
        for name, value in values(record).items()
        if (text := said(model, name, value)) not in ("", "否")
    ]
    _write(case, f"add_{model._meta.model_name}", f"添加{WORDS[model]}：{title(record)}", by, reason, material, told)
    return record


@transaction.atomic
def link(case: Case, kind: str, number: str, by: Actor, *, reason: str = "") -> CaseLink:
    """关联、并案: both cases say so; a case not held here, or out of the officer's sight, is named by its number alone."""
    if kind not in LINKS:
        raise Refused("该关系由系统登记，不能手工添加。")
    parsed = numbers.parse(number)
    number = str(parsed) if parsed else number.strip()
    other = Case.objects.filter(number=number).first()
    if other is not None and (
        other.state_secret or (not rights.standings(by, [other])[other.pk].view and other.confidential)
    ):
        other = None
    if other is not None and other.pk == case.pk:
        raise Refused("不能与本案自身关联：请核对案号。")
    locked = lock_cases([case.pk, *([other.pk] if other else [])])
    fresh = _open(case.pk, by)
    try:
        with transaction.atomic():
            made = CaseLink.objects.create(case=fresh, kind=kind, other=other, number="" if other else number)
    except IntegrityError as error:
        raise Refused(f"本案与{number}已登记为{CaseLink.Kind(kind).label}。") from error
    _write(fresh, "link", f"关联案件：{made.get_kind_display()} {number}", by, reason)
    if other:
        _write(locked[other.pk], "link", f"被关联：{fresh.number} 登记本案为其{made.get_kind_display()}", by, reason)
    return made


@transaction.atomic
def unlink(made: CaseLink, by: Actor, *, reason: str) -> None:
    """Take back a relation that was entered by mistake, unless something stands on it; the journal keeps both."""
    if made.kind not in LINKS:
        raise Refused("恢复关系由系统登记，不能撤销。")
    case = _open(made.case_id, by)
    if reasons := [reason for hook in hooks.of("unlinking") if (reason := hook(made))]:
        raise Refused(*reasons)
    words = f"{made.get_kind_display()} {made.other.number if made.other else made.number}"
    made.delete()
    _write(case, "unlink", f"撤销关联：{words}", by, reason)


@transaction.atomic
def mark(case: Case, flag: str, on: bool, by: Actor) -> bool:
    """涉民生, 涉企 on a case from the list; False when it was so already."""
    return amend(case, {flag: on}, by)


@transaction.atomic
def set_confidential(case: Case, on: bool, by: Actor, *, reason: str) -> Case:
    """不公开: from now on only those named on the case see it."""
    fresh = _open(case.pk, by, "mark_confidential")
    if fresh.confidential == on:
        raise Refused("本案已经是不公开案件。" if on else "本案不是不公开案件。")
    Case.objects.filter(pk=fresh.pk).update(confidential=on)
    _write(fresh, "confidential", "设为不公开案件" if on else "取消不公开", by, reason)
    return fresh


def case_of(record: models.Model) -> int:
    return record.party.case_id if isinstance(record, Agent) else record.case_id


def title(record: models.Model) -> str:
    if isinstance(record, Case):
        return record.number
    if isinstance(record, Basis):
        return record.number or "文号未登记"
    return record.get_kind_display() if isinstance(record, Claim) else record.name


def label(model: type[models.Model], name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)


def _open(case_id: int, by: Actor, action: str = "amend") -> Case:
    case = lock_case(case_id)
    rights.require(by, case, action)
    if case.stage in (Stage.ARCHIVED, Stage.VOID):
        raise Refused(f"本案{case.get_stage_display()}，不能更正。")
    secrecy.refuse(case)
    return case


def _derive(record: models.Model, changed) -> None:
    """What follows from a name or a certificate: initials for the search, sex, birth, doubt."""
    if not isinstance(record, Party):
        return
    if "name" in changed:
        record.initials = initials(record.name)
    if "certificate_number" in changed or "certificate" in changed:
        found = certificates.read(record.certificate, record.certificate_number)
        record.certificate_number, record.certificate_doubt = found.number, found.doubt if found.number else ""
        record.born_on, record.sex = found.born_on, found.sex


def _write(
    case: Case, key: str, text: str, by: Actor, reason: str, material: Material | None = None, changes=()
) -> None:
    facts = {"reason": reason, "changes": list(changes), "material": material.pk if material else None}
    facts = {name: value for name, value in facts.items() if value}
    journal.write([journal.Line(case, "amend", key, text, facts)], by)
