"""The scenes of the demo: how many cases get how far, and what waits on them."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from django.db import transaction

from cases import clock, exceptions, holds, rights, signing, steps, sweep, work
from cases.approvals import ACTS, Act
from cases.models import Approval, Case
from cases.present import present
from cases.refusals import Refused
from cases.workflow import STEP, ClosingMode, Stage
from teams.actor import SYSTEM, Actor

from . import counter, counters, figures, first_day, moves, national, officers, papers, shelve, walk
from .fiction import Fiction

FAST = [f"fast-{n:02}" for n in range(1, 9)]
REGULAR = [f"regular-{n:02}" for n in range(1, 7)]
TERMINAL = [f"terminal-{n:02}" for n in range(1, 7)]


class Play:
    """Plays the scenes in the order of time: everything happens on a working day, within office hours."""

    def __init__(self, seed: int):
        self.fiction = Fiction(seed)
        self.now = clock.now()

    def day(self, ago: int, hour: int = 9) -> datetime:
        """The working day so many days ago."""
        from cases import context

        day = self.now.date() - timedelta(days=ago)
        while not context.read().calendar.is_workday(day):
            day -= timedelta(days=1)
        return datetime.combine(day, time(hour), self.now.tzinfo)

    def register(self, ago: int, how_many: int = 1, **given) -> list[Case]:
        with clock.at(self.day(ago)):
            today = clock.today()
            return steps.register([self.fiction.case(today, **given) for _ in range(how_many)], SYSTEM)

    def then(self, ago: int, act, case: Case, *args):
        with clock.at(self.day(ago, 15)):
            return act(walk.fresh(case), *args)


def play(total: int, seed: int) -> None:
    """All scenes; `total` over a hundred adds fast cases."""
    scene = Play(seed)
    old_cases(scene)
    in_teams(scene)
    moves.play(scene)
    moves.arrivals(scene)
    with clock.at(scene.day(1, 15)):
        shelve.bundles(list(Case.objects.filter(stage="fast", confidential=False).order_by("pk")[:4]))
        papers.written(list(Case.objects.filter(stage="fast", confidential=False).order_by("-pk")[:8]))
        papers.photograph(Case.objects.filter(stage="fast", confidential=False).order_by("-pk")[0])
    special_kinds(scene)
    fresh_ones(scene)
    first_day.triages(scene)
    counters.play(scene)
    moves.later_work(scene)
    asked(scene)
    moves.sent_up(scene)
    moves.outdoors(scene)
    extra(scene, total)
    first_day.desk(scene)
    for ago in (60, 30, 14, 7, 3, 1):
        with clock.at(scene.day(ago, 23) + timedelta(hours=1, minutes=5)):
            sweep.run()
    explain_one(scene)
    sweep.run()
    moves.share_out(scene)
    national.play(scene)
    figures.bulletins(scene)


def old_cases(scene: Play) -> None:
    """Closed, archived, terminal and resumed ones, filed months ago."""
    for n in range(11):
        (case,) = scene.register(125)
        case = scene.then(124, walk.to_team, case, REGULAR[n % 6] if n % 2 else FAST[n % 8])
        case = scene.then(40, walk.close, case)
        if n < 6:
            case = scene.then(20, shelve.archive, case)
        if n == 5:
            scene.then(2, shelve.lend, case)
    for n in range(11):
        (case,) = scene.register(130)
        case = scene.then(129, walk.to_team, case, FAST[n % 8])
        if n == 10:
            case = scene.then(3, walk.report, case, ClosingMode.TERMINAL)
            scene.then(2, walk.arrange, case)
            continue
        case = scene.then(30, walk.close, case, ClosingMode.TERMINAL)
        if n < 6:
            scene.then(10, revive, case)


def revive(case: Case) -> None:
    """A terminal team asks; after the signatures the number comes, here from our own series."""
    by = officers.leader(case)
    walk.sign_all(signing.ask(case, "revival", by, proposal={"ground": "发现可供执行的公积金", "balance": "20000.00"}))


def in_teams(scene: Play) -> None:
    """Cases at work in every fast and regular team; suspended and closing ones."""
    for n, team in enumerate([*FAST, *REGULAR] * 2):
        (case,) = scene.register(50 - n)
        case = scene.then(49 - n, walk.to_team, case, team)
        scene.then(48 - n, walk.settle, case, "documents.handler_notice")
        if n < 24:
            scene.then(24 - n, walk.settle, case, "enforcement.basic_investigation")
        if n in (1, 3, 5, 8, 9):
            scene.then(12, walk.suspend, case)
        if n in (14, 16, 18, 22, 23):
            case = scene.then(3, walk.report, case)
        if n in (14, 16):
            scene.then(2, walk.arrange, case)
        if n == 20:
            scene.then(2, complaint, case)
        if n in (15, 17, 19):
            scene.then(2, measure, case)


def measure(case: Case) -> None:
    """An asset that needs disposal is under control: the three days begin."""
    paper = walk.file(case, "查封回执")
    work.record_event(case, "measure_effective", clock.now(), officers.holder(case), paper, facts={"asset": "房产一套"})


def complaint(case: Case) -> None:
    """拒执: the police have accepted, the coercion team watches their period."""
    paper = walk.file(case, "公安受理回执")
    work.record_event(case, "police_accepted", clock.now(), officers.leader(case), paper)


def special_kinds(scene: Play) -> None:
    """执保, 保全审查, 委托事项, 信访: at least five of each."""
    for n in range(7):
        scene.register(9 - n, kind="preservation")
        if n:
            scene.then(2, walk.settle_all, Case.objects.filter(kind="preservation").latest("pk"))
        for kind, series in (("review", "保审"), ("assistance", "委"), ("petition", "访")):
            scene.register(
                8 - n, kind=kind, number=f"{series}{scene.now.year}-{900 + n}", amount=Decimal(0), claims=[], bases=[]
            )

    for case in Case.objects.filter(
        kind__in=("review", "assistance", "petition"), stage__in=("reviewing", "assisting", "answering")
    ):
        if case.pk % 5:
            scene.then(1, walk.settle, case, "preservation.screen", "delegation.task_urgent", "petition.register")


def fresh_ones(scene: Play) -> None:
    """Today's and yesterday's filings, at the counter and with quality; some late."""
    for case in scene.register(1, 6):
        scene.then(1, walk.receive, case)
    late = scene.register(5, 3)
    fresh = scene.register(0, 9)
    with clock.at(scene.day(0, 10)):
        counter.play([walk.fresh(case) for case in fresh])
    with clock.at(scene.day(4, 10)):
        walk.receive(walk.fresh(late[0]), excuse=True)
    (hidden,) = scene.register(6, confidential=True, cause="抚养费纠纷")
    (fine,) = scene.register(6, cause="罚金", sent_by="刑事审判庭", parties=[scene.fiction.person("debtor")])
    scene.then(6, walk.receive, fine)
    with clock.at(scene.day(6, 11)):
        other = officers.actor("quality", "clerk")
        exceptions.grant(
            walk.fresh(hidden), present(other.user_id), "view_case", None, "指定办理", SYSTEM, by_step=True
        )
        exceptions.grant(
            walk.fresh(fine),
            present(officers.actor("fast-02", "clerk").user_id),
            "recused_from_case",
            None,
            "近亲属",
            officers.actor(post="bureau_director"),
        )
        work.nudge(fine.items.filter(open=True)[0], "请尽快办理", officers.actor(post="bureau_director"))


def asked(scene: Play) -> None:
    """Each act that can be asked today waits once, on a case of its own."""
    with clock.at(scene.day(1, 10)):
        waiting = Approval.objects.filter(state="waiting")
        acts, taken = set(waiting.values_list("act", flat=True)), set(waiting.values_list("case_id", flat=True))
        cases = Case.objects.exclude(stage__in=("archived", "void")).exclude(pk__in=taken - {None})
        askers = [
            (case, by)
            for case in cases.filter(confidential=False).select_related("team").order_by("-pk")[:200]
            for by in (officers.leader(case), officers.holder(case))
        ]
        for act in ACTS:
            if act.key not in acts and act.key not in ("escalation", "case_void"):
                taken |= ask_somewhere(act, [(case, by) for case, by in askers if case.pk not in taken])
        change_of_party(taken)
        void(scene)
        hold_one()


def ask_somewhere(act: Act, askers: list[tuple[Case, Actor]]) -> set[int]:
    """On the first case where it may be asked and nothing red stands against it, which is given."""
    stages = STEP[act.step].sources if act.step else Stage.values
    for case, by in askers:
        if case.stage not in stages or rights.refusal(by, case, f"ask:{act.key}"):
            continue
        try:
            with transaction.atomic():
                walk.ask(walk.fresh(case), act.key, by)
            return {case.pk}
        except (Refused, IndexError):  # IndexError: no such party, no such team
            continue
    return set()


def change_of_party(taken: set[int]) -> None:
    """执行裁判 is given a case whose debtor shall be changed, and asks the panel to sign."""
    cases = Case.objects.filter(stage="regular", confidential=False).exclude(pk__in=[pk for pk in taken if pk])
    case, by = cases.order_by("-pk")[0], officers.actor("adjudication", "adjudicator")
    director = officers.actor("leadership", "bureau_director")
    exceptions.grant(case, present(by.user_id), "work_on_case", None, "审查变更、追加被执行人申请", director)
    walk.ask(walk.fresh(case), "party_change", by)


def void(scene: Play) -> None:
    (case,) = steps.register([scene.fiction.case(clock.today())], SYSTEM)
    signing.ask(case, "case_void", officers.actor("reception", "clerk"), proposal={"reason": "导入重复"})


def hold_one() -> None:
    case = Case.objects.filter(stage="regular").select_related("team")[0]
    debtor = case.parties.filter(role="debtor")[0]
    judge = officers.leader(case)
    holds.set_hold(
        case, "outsider", judge, subject=debtor.subject, material=walk.file(case, "案外人异议书"), note="房产"
    )


def extra(scene: Play, total: int) -> None:
    """More cases in the fast teams, up to the number asked for."""
    for n in range(max(0, total - Case.objects.count())):
        (case,) = scene.register(20 + n % 30)
        scene.then(19 + n % 30, walk.to_team, case, FAST[n % 8])


def explain_one(scene: Play) -> None:
    """One sheet is explained and waits for the director."""
    from cases import escalation
    from cases.models import Escalation

    sheet = Escalation.objects.select_related("team").filter(approval=None).order_by("pk").first()
    if sheet:
        escalation.explain(sheet, officers.actor(team_id=sheet.team_id), "当日集中到局，次日已补齐。")
