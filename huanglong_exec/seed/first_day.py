"""What the quality team finds in the morning: cases ready for triage, plain and doubtful ones, some decided already; a
trip to the counters, matters from above."""

from datetime import timedelta

from cases import clock, work
from cases.models import Case
from quality import matters, offline, triage
from quality.triage import Wish

from . import officers, walk


def triages(scene) -> None:
    """Ten cases whose papers and queries are done: house, clue, many debtors, nothing found; two were decided."""
    given = [
        {"clues": ""}, {"clues": ""}, {"clues": "被执行人名下有住房一套"}, {"clues": ""}, {"clues": "小轿车停在小区地下车库"},
        {"clues": ""}, {"clues": "", "claims": [_conduct()]}, {"clues": ""}, {"clues": ""}, {"clues": ""},
    ]  # fmt: skip
    for n, fields in enumerate(given):
        (case,) = scene.register(2, **fields)
        scene.then(2, walk.receive, case)
        case = scene.then(1, walk.prepare, case)
        if n % 3 != 1:
            scene.then(1, offline_back, case)
        if n == 5:
            scene.then(1, measured, case)
        if n > 7:
            by = officers.actor("quality", "clerk")
            with clock.at(scene.now):
                triage.decide([Wish(case.pk, "fast" if n == 8 else "regular", "" if n == 8 else "申请人反复信访")], by)


def _conduct():
    from cases.steps import ClaimData

    return ClaimData("conduct", text="停止侵害、排除妨碍")


def offline_back(case) -> None:
    work.record_event(case, "offline_sent", clock.now(), officers.actor("quality", "clerk"))


def measured(case) -> None:
    """A house sealed in the preservation case: known before the case came."""
    paper = walk.file(case, "保全查封回执")
    work.record_event(case, "measure_effective", clock.now(), officers.actor("quality", "clerk"), paper)


def desk(scene) -> None:
    """A trip to the counters that is out, an order of a fast team, three matters from above; one was replied to."""
    by = officers.actor("quality", "clerk")
    with clock.at(scene.now):
        asked = offline.wanted(by, "vehicle")[:4]
        if asked:
            offline.depart({"vehicle": [each.party.pk for each in asked]}, by)
        case = Case.objects.filter(stage="fast", confidential=False).order_by("-pk").first()
        debtors = [p.pk for p in case.parties.filter(role="debtor") if not offline.why_not(p)] if case else []
        if case and debtors:
            offline.order(case, debtors, ["real_estate", "vehicle"], officers.holder(case))
        day = clock.today()
        for n, (source, title) in enumerate(
            (("high", "核查长期未结案件"), ("intermediate", "报送月度执行数据"), ("platform", "核实失信信息异议"))
        ):
            number = f"{day.year}-{118 + n}"
            row = matters.receive(matters.Matter(source, number, title, day + timedelta(days=1 + 2 * n), day), by)
            if n == 2:
                matters.reply(row, "已核实，信息无误。", "PT-20261", None, officers.actor(user_id=row.item.person_id))
