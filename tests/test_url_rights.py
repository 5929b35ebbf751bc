"""Every address × whoever might come to it: what is out of sight is 404, what is forbidden 403 with its reason, and
nothing else is kept from those whose it is. The expectation is table 2 itself, read for the officer's standing."""

from re import sub

import pytest
from django.test import Client

from cases import clock, exceptions, holds, permissions, rights, work
from cases.approvals import ACTS, ELSEWHERE
from cases.models import CaseNote
from cases.workflow import STEPS
from documents import drafting
from teams.actor import SYSTEM
from tests import make
from tests.cases.signing_helpers import fast_case, fresh_roster, paper, transfer
from tests.documents.helpers import issued
from tests.test_urls import ADDRESSES, PUBLIC

pytestmark = pytest.mark.django_db
FILES = {"export", "print"}
OF_CASE = ("case_id", "item_id", "approval_id", "material_id", "document_id", "service_id")
OPEN = (200, 204, 302, 409, 422)


@pytest.fixture
def world(settings, tmp_path):
    """A case of fast-03 with one of everything that has an address."""
    settings.FILES_DIR = tmp_path
    fresh_roster()
    case, judge = fast_case(), make.actor("fast-03", "judge")
    approval = transfer(case)
    material = paper(case, judge)
    work.record_event(case, "clue_received", clock.now(), SYSTEM)
    item = case.items.get(rule="enforcement.clue")
    hold = holds.set_hold(
        case, "outsider", judge, subject="party:1", from_on=clock.today(), to_on=None, material=material, note=""
    )
    pause = work.pause(case, "appraisal", clock.today(), judge, material=material)
    document = issued(case, "handler_notice", judge, subject=case.parties.get(role="debtor").subject)
    note = CaseNote.objects.create(case=case, text="备注", by=judge.user, at=clock.now())
    return {
        "case": case,
        "item": item,
        "approval": approval,
        "fill": {
            "case_id": case.pk, "item_id": item.pk, "approval_id": approval.pk, "material_id": material.pk,
            "hold_id": hold.pk, "pause_id": pause.pk, "note_id": note.pk, "grant_id": 0, "view_id": 0, "slip_id": 0,
            "party_id": case.parties.get(role="debtor").pk, "team_id": case.team_id, "sheet_id": 0, "batch_id": 0,
            "job_id": 0, "entry_id": 0, "pk": 0, "service_id": document.services.get().pk,
            "document_id": drafting.begin(case, "exclusion_form", judge).pk,
        },
    }  # fmt: skip


def addresses(world):
    """(path, action, of the case): each step and act of its own."""
    for address, view in ADDRESSES:
        if address in PUBLIC or view.action is None:
            continue
        of_case = any(f"<int:{key}>" in address for key in OF_CASE)
        path = "/" + sub(r"<int:(\w+)>", lambda found: str(world["fill"].get(found[1], 0)), address)
        if view.action == "step":
            yield from ((path.replace("<slug:step>", row.name), row.name, True) for row in STEPS if not row.act)
        elif view.action == "ask":
            named = (act.key for act in ACTS if act.key not in ELSEWHERE)
            yield from ((path.replace("<slug:act>", key), f"ask:{key}", True) for key in named)
        else:
            path = (
                path.replace("<slug:kind>", "date")
                .replace("<str:kind>", "left_service")
                .replace("<str:rule>", "reception.identity")
            )
            path = path.replace("<uuid:upload_id>", "00000000-0000-0000-0000-000000000000")
            yield path, view.action, of_case


def come(client: Client, path: str) -> int:
    """By the page, or where there is none by the form."""
    found = client.get(path).status_code
    return client.post(path).status_code if found == 405 else found


def client_of(actor, **headers) -> Client:
    client = Client(headers=headers)
    client.force_login(actor.user)
    session = client.session
    session["posting"] = actor.posting.pk
    session.save()
    return client


def beside(path: str) -> tuple[int, ...]:
    """Of an address without a case: what is not there is 404; a file or a print needs that right too."""
    return (*OPEN, 404, *((403,) if FILES & set(path.split("/")) else ()))


STRANGERS = {
    "wrong team": ("fast-05", "judge"),
    "recused": ("fast-03", "clerk"),
    "system administrator": ("administration", "system_admin"),
    "audit administrator": ("administration", "audit_admin"),
    "contractor": ("archives", "contractor"),
}


@pytest.mark.parametrize("who", STRANGERS)
def test_who_has_nothing_to_do_with_the_case_finds_nothing_and_gets_only_the_pages_of_his_post(world, who):
    actor = make.actor(*STRANGERS[who])
    if who == "recused":
        exceptions.grant(world["case"], actor.user_id, "recused_from_case", None, "近亲属", make.director())
    # all but one ask for fragments: a refusal then comes without the frame, which is most of its cost
    client, wrong = client_of(actor, **({} if who == "wrong team" else {"HX-Request": "true"})), []
    for path, action, of_case in addresses(world):
        found = come(client, path)
        if of_case:
            expected = (404,)
        elif permissions.mark(action, actor.post, actor.kind) == ".":
            expected = (403,)
        else:
            expected = beside(path)
        if found not in expected:
            wrong.append((path, action, found, expected))
    assert wrong == []


@pytest.mark.parametrize(
    "who", [("fast-03", "judge"), ("fast-03", "clerk"), ("quality", "clerk"), ("leadership", "vice_president")]
)
def test_who_sees_the_case_gets_what_table_two_gives_him_and_is_told_why_not_the_rest(world, who):
    actor = make.actor(*who)
    # whole pages for the judge, fragments for the others: the frame is most of the cost
    headers = {} if actor.post == "judge" else {"HX-Request": "true"}
    client, case, wrong = client_of(actor, **headers), world["case"], []
    standing = rights.standings(actor, [case])[case.pk]
    assert standing.view
    for path, action, of_case in addresses(world):
        item = world["item"] if path.startswith("/items/") and of_case else None
        may = (
            rights.may(actor, standing, action, item=item)
            if of_case
            else permissions.mark(action, actor.post, actor.kind) != "."
        )
        found = come(client, path)
        if not may:
            expected = (403,)
        elif path.endswith(("/sign/", "/reject/", "/withdraw/", "/confirm/")):
            expected = (*OPEN, 403)  # may sign, but it is not his turn; not his to withdraw; not his own to confirm
        elif path.startswith(("/transfers/accept/", "/transfers/object/", "/assets/freeze/", "/assets/first-day/")):
            expected = (
                403,
                404,
            )  # this item is no case to be received, no duty to freeze or to ask: whose one is stands in its own tests
        elif "/0/" in path or path.endswith("/delete/"):
            expected = (*OPEN, 404)  # no such link, claim or grant; not his own note
        else:
            expected = OPEN if of_case else beside(path)
        if found not in expected:
            wrong.append((path, action, found, expected))
    assert wrong == []


def test_without_a_log_in_every_form_leads_to_the_log_in(world):
    client = Client()
    for path, _, _ in addresses(world):
        answer = client.post(path)
        assert (answer.status_code, answer.url[:7]) == (302, "/login/"), path
