"""Walking a case on: each function takes it one stage further through the services, as the right people."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from archives import pre_closing
from cases import clock, materials, signing, steps, work
from cases.models import Approval, Case
from cases.present import present
from cases.workflow import ClosingMode
from teams.actor import Actor
from teams.models import Team

from . import officers

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
OTHER = {"fast": "regular", "regular": "fast"}


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def finish(case: Case, by: Actor, *rules: str) -> None:
    items = list(case.items.filter(open=True, rule__in=rules))
    if items:
        work.finish(items, by, note="已办理")


def settle(case: Case, *rules: str) -> None:
    """The team that has them finishes these duties."""
    for item in case.items.filter(open=True, rule__in=rules):
        work.finish([item], officers.actor(team_id=item.team_id), note="已办理")


def settle_all(case: Case) -> None:
    settle(case, "preservation.execute", "preservation.notify_respondent", "preservation.tell_expiry")


def receive(case: Case, *, excuse: bool = False) -> Case:
    item, by = case.items.get(rule="reception.first_day"), officers.actor("reception", "clerk")
    for rule in work.PARTS[item.rule]:
        fault = excuse and rule == "reception.network_query"
        work.tick(item, rule, "excused" if fault else "done", by, reason="查控系统 14:00 起故障" if fault else "")
    return fresh(case)


def prepare(case: Case) -> Case:
    by = officers.actor("quality", "clerk")
    finish(case, by, "documents.standard_set", "documents.e_service", "quality.offline_query")
    work.record_event(case, "network_answered", clock.now(), by)
    return fresh(case)


def triage(case: Case, team: str) -> Case:
    step = "triage_fast" if team.startswith("fast") else "triage_regular"
    by = officers.actor("quality", "clerk")
    return steps.take_step(case, step, by, team=Team.objects.get(code=team).pk, reason="按分流标准")


def to_team(case: Case, team: str) -> Case:
    return triage(prepare(receive(case)), team)


def sign_all(approval: Approval) -> None:
    """Every place signs, in order, by who is to sign it."""
    while approval.state == "waiting":
        place = approval.places.filter(state="waiting").select_related("signer").get()
        approval = signing.sign(approval, officers.actor(user_id=place.signer_id), opinion="同意")


def report(case: Case, mode: str = ClosingMode.FULLY_ENFORCED) -> Case:
    by = officers.leader(case)
    facts = {"panel": officers.panel(present(by.user_id))} if mode == ClosingMode.TERMINAL else {}
    return steps.take_step(case, "report_closing", by, mode=mode, reason="符合结案条件", **facts)


def arrange(case: Case) -> Approval:
    item = case.items.get(rule=pre_closing.RULE, open=True)
    pre_closing.finish(item, "演示案件，其余材料略", officers.actor("archives", "clerk"))
    return case.approvals.filter(state="waiting", act__in=("closing", "terminal_closure")).latest("pk")


def close(case: Case, mode: str = ClosingMode.FULLY_ENFORCED) -> Case:
    sign_all(arrange(report(case, mode)))
    return fresh(case)


def suspend(case: Case) -> Case:
    by = officers.leader(case)
    until = str(clock.today() + timedelta(days=60))
    proposal = {"kind": "suspension", "ground": "案外人对执行标的提出异议", "until": until}
    sign_all(signing.ask(case, "suspension", by, proposal=proposal))
    return fresh(case)


def ask(case: Case, act: str, by: Actor | None = None) -> Approval:
    """Ask for an act with plausible facts of its plain form."""
    from cases.approvals import ACT

    by = by or officers.leader(case)
    facts = {fact.key: _fact(act, case, fact) for fact in ACT[act].facts}
    needs_panel = any(place.post == "panel" for chain in ACT[act].chains for place in chain.places)
    papers = [file(case, ACT[act].papers)] if ACT[act].papers else ()
    panel = officers.panel(present(by.user_id)) if needs_panel else ()
    return signing.ask(case, act, by, proposal=facts, panel=panel, materials=papers)


def file(case: Case, title: str):
    upload = SimpleUploadedFile(f"{title[:20]}.pdf", PDF, content_type="application/pdf")
    return materials.file(case, upload, kind="receipt", by=officers.holder(case), title=title)


def _fact(act: str, case: Case, fact):
    if fact.kind == "team":
        kind = {"transfer_to_regular": "regular", "retriage": OTHER.get(present(case.team).kind)}.get(
            act, present(case.team).kind
        )
        return Team.objects.filter(kind=kind).exclude(pk=case.team_id).order_by("code")[0].pk
    if fact.kind == "party":
        return case.parties.filter(role="debtor")[0].pk
    if fact.key == "to_on":
        return str(clock.today() + timedelta(days=20))
    if fact.kind == "date":
        return str(clock.today() + timedelta(days=10 if fact.ahead else 0))
    plain = {"money": "12000.00", "days": fact.most or 15, "member": ""}
    return fact.choices[0][0] if fact.kind == "choice" else plain.get(fact.kind, "依法应予办理")
