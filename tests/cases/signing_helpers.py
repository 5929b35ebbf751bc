"""Cases put where a signature is asked, and the people around them."""

from datetime import date
from threading import Barrier, Thread

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from cases import clock, context, materials, signing, work
from cases.models import Approval, ApprovalPlace, Case, WorkItem
from teams.actor import SYSTEM, Actor
from teams.models import Leave, Posting, Team
from tests import make


def put(case: Case, stage: str, team: str, **fields) -> Case:
    """Set a case where a test needs it, without walking there."""
    row = Team.objects.get(code=team)
    leader = context.read().roster.leader(row.pk)
    Case.objects.filter(pk=case.pk).update(stage=stage, team=row, handler_id=leader, clerk_id=None, **fields)
    return Case.objects.get(pk=case.pk)


def held_by(code: str, *, stage: str = "", closed_on=None, suspended_from="", **given) -> Case:
    """A case in this team's hands, its items with it."""
    case = make.case(**given)
    team = Team.objects.get(code=code)
    case.items.filter(open=True, follows_case=True).update(team=team)
    return put(case, stage or team.kind, code, closed_on=closed_on, suspended_from=suspended_from)


def item(case: Case, rule: str) -> WorkItem:
    return case.items.get(rule=rule, open=True)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def sign_all(approval: Approval) -> None:
    """Every place signs, one after the other."""
    while approval.state == "waiting":
        seat = approval.places.filter(state="waiting").select_related("signer").get()
        approval = signing.sign(approval, Actor.of(seat.signer))


def fast_case(team: str = "fast-03", *, measured: bool = True, **given) -> Case:
    """A case of a fast team, with a recorded measure on an asset that needs disposal."""
    case = put(make.case(**given), "fast", team)
    if measured:
        work.record_event(case, "measure_effective", clock.now(), SYSTEM)
    return Case.objects.get(pk=case.pk)


def terminal_case(team: str = "terminal-01", **given) -> Case:
    return put(
        make.case(**given),
        "terminal",
        team,
        closed_on=date(2026, 5, 1),
        closing_mode="terminal_closure",
        closed_from="fast",
    )


def team_id(code: str) -> int:
    return Team.objects.get(code=code).pk


def transfer(case: Case, by: Actor | None = None, **given):
    by = by or make.actor(case.team.code, "clerk")
    proposal = {"team": team_id("regular-02"), "reason": "房产已查封，需评估拍卖"}
    return signing.ask(case, "transfer_to_regular", by, proposal=proposal, **given)


def away(actor: Actor) -> None:
    Leave.objects.create(person=actor.user, from_on=clock.today(), to_on=clock.today())
    context._built.clear()


def fresh_roster() -> None:
    context._built.clear()


def place(approval) -> ApprovalPlace:
    return approval.places.get(state="waiting")


def pdf(name: str = "手签.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(
        name, b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", content_type="application/pdf"
    )


def paper(case: Case, by: Actor, title: str = "查封清单"):
    return materials.file(case, pdf(f"{title}.pdf"), kind="approval", by=by, title=title)


def office(post: str) -> Actor:
    posting = Posting.objects.get(post=post, team__code="leadership")
    return Actor.of(posting.person, posting, clock.today())


def race(*calls):
    """Run the calls at the same moment, each on its own connection; give what each returned or raised."""
    gate, results = Barrier(len(calls)), [None] * len(calls)

    def run(n, call):
        gate.wait()
        try:
            results[n] = call()
        except Exception as error:
            results[n] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results
