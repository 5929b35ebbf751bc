"""Cases that change hands in the demo, and work for everybody: moves at every stage, items shared out in a team."""

from datetime import timedelta
from decimal import Decimal

from cases import clock, signing, slips, work
from cases.models import Approval, Case, WorkItem
from cases.refusals import Forbidden, Refused
from cases.workflow import Kind
from teams.models import Posting, Team

from . import officers, walk

SHARING = ("reception", "quality", "archives", "preservation_review", "preservation_enforcement", "fast", "regular",
           "terminal", "petitions", "coercion")  # fmt: skip
UPWARD = ("detention", "fine", "search", "exit_ban", "dishonest_listing", "extension", "time_exclusion")
ROWS = 3  # of each officer at the least, where his team has so many


def play(scene) -> None:
    """移交普执: one is signed and waits to be received, one was received, one is objected to, one came back."""
    from .scenes import FAST, REGULAR

    for n, team in enumerate([*FAST[:6], "fast-03", "fast-02"]):
        (case,) = scene.register(14 - n % 3)
        case = scene.then(13 - n % 3, walk.to_team, case, team)
        scene.then(12 - n % 3, walk.settle, case, "documents.handler_notice")
        scene.then(3, sealed, case)
        if n == 7:
            scene.then(2, sent_back, case, REGULAR[0])
            continue
        case = scene.then(2 if n < 3 else 1, sent, case, REGULAR[n % 6])
        if n == 1:
            scene.then(1, walk.settle, case, "transfer.accept")
        if n == 2:
            scene.then(1, objected, case, team)


def arrivals(scene) -> None:
    """Every fast team has two cases that came these days and every regular team one, each with something to check."""
    from .scenes import FAST, REGULAR

    for n, team in enumerate([*FAST, *FAST, *REGULAR]):
        (case,) = scene.register(2 + n % 2)
        case = scene.then(1 + n % 2, walk.to_team, case, team)
        scene.then(1, clue, case)


def later_work(scene) -> None:
    """What the terminal teams and the petition team have to do these days."""
    for case in Case.objects.filter(stage="terminal").order_by("pk"):
        scene.then(3, event, case, "terminal_ruling_served")
        scene.then(1, event, case, "recheck_answered")
    for case in Case.objects.filter(stage="resumed").order_by("pk"):
        scene.then(1, clue, case)
    for case in Case.objects.filter(stage="answering").order_by("pk")[:3]:
        scene.then(1, event, case, "petition_received")
    found = Case.objects.filter(stage="terminal").order_by("-pk").first()
    if found is not None:
        scene.then(1, sent_ahead, found)


def sent_ahead(case: Case) -> None:
    """An asset of a 终本 case cannot wait: the sheet went to 立案庭 before the signature, and its number is awaited."""
    slips.send(case, Kind.RESUMED, officers.leader(case), proposal={"reason": "发现车辆一辆，停放不定，须即日查封"})


def outdoors(scene) -> None:
    """The coercion team has people to bring in, the archives centre bundles to scan, the reviewers new applications."""
    at_work = Case.objects.filter(stage__in=("fast", "regular"), confidential=False).order_by("pk")
    with clock.at(scene.now - timedelta(hours=2)):
        for case in at_work[:4]:
            paper = walk.file(case, "拘传票回执")
            work.record_event(case, "person_taken", clock.now(), officers.leader(case), paper)
    for case in at_work[6:12]:
        scene.then(1, event, case, "bundle_received")
    for n in range(3):
        number = f"保审{scene.now.year}-{950 + n}"
        scene.register(1, kind="review", number=number, amount=Decimal(0), claims=[], bases=[])


def sent_up(scene) -> None:
    """The judge and the director have signed these: the president and the vice president have them on their desks."""
    with clock.at(scene.day(1, 14)):
        for approval in Approval.objects.filter(act__in=UPWARD, state="waiting").order_by("pk"):
            while approval.places.exclude(state="signed").count() > 1:
                place = approval.places.filter(state="waiting").get()
                approval = signing.sign(approval, officers.actor(user_id=place.signer_id), opinion="同意")


def event(case: Case, anchor: str) -> None:
    work.record_event(case, anchor, clock.now(), officers.holder(case))


def clue(case: Case) -> None:
    """The creditor tells where something may be found."""
    work.record_event(case, "clue_received", clock.now(), officers.holder(case), subject="线索 1")


def sealed(case: Case) -> None:
    """A flat is sealed until a printed day; it needs disposal."""
    from .walk import file

    by, paper = officers.holder(case), file(case, "不动产查封回执")
    ends = clock.today() + timedelta(days=3 * 365)
    work.record_event(case, "real_estate_sealed", clock.now(), by, paper, length=ends.isoformat())
    work.record_event(case, "measure_effective", clock.now(), by, paper, facts={"asset": "房产一套"})


def ask(case: Case, team: str):
    proposal = {"team": Team.objects.get(code=team).pk, "reason": "已查封房产一套，须评估拍卖"}
    return signing.ask(case, "transfer_to_regular", officers.leader(case), proposal=proposal)


def sent(case: Case, team: str) -> Case:
    walk.sign_all(ask(case, team))
    return walk.fresh(case)


def sent_back(case: Case, team: str) -> None:
    signing.reject(
        ask(case, team), officers.actor(post="bureau_director"), reason="incomplete", opinion="补齐查封裁定后再报"
    )


def objected(case: Case, origin: str) -> None:
    proposal = {
        "team": Team.objects.get(code=origin).pk,
        "ground": "no_disposal",
        "reason": "被执行人已主动履行大部，无须处置",
    }
    signing.ask(case, "retriage", officers.leader(case), proposal=proposal)


def share_out(scene) -> None:
    """The leader of each team gives its items to all who work there by turn, so that nobody's first page is empty."""
    with clock.at(scene.now - timedelta(minutes=10)):
        for team in Team.objects.filter(kind__in=SHARING).order_by("code"):
            people = list(
                Posting.objects.on(clock.today())
                .filter(team=team, special="")
                .exclude(post="contractor")
                .order_by("id")
            )
            share(team, [posting.person_id for posting in people])


def share(team: Team, people: list[int]) -> None:
    held = dict.fromkeys(people, 0)
    items = list(
        WorkItem.objects.filter(team=team, open=True, person__in=people, approval=None, show_at=None)
        .select_related("case")
        .order_by("due_at", "id")
    )
    for item in items:
        held[item.person_id or 0] += 1
    for item in items:
        least = min(people, key=lambda person: held[person])
        if held[least] < ROWS and held[item.person_id or 0] > held[least] + 1 and give(item, least):
            held[item.person_id or 0] -= 1
            held[least] += 1


def give(item: WorkItem, person: int) -> bool:
    try:
        work.assign(item, person, officers.actor(team_id=item.team_id))
    except (Refused, Forbidden):
        return False
    return True
