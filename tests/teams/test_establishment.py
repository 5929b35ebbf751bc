"""The plan to the person: 27 teams, 107 people; and what the demo puts there."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import call_command

from teams import establishment, moment, vacancies
from teams.demo import create_people, places
from teams.models import EstablishmentLine, PairedJudge, Post, Posting, Special, Team, User
from teams.queries import duty_judge, officer_led_without_judge
from tests.teams.people import PASSWORD, person, posting

pytestmark = pytest.mark.django_db

PER_TEAM = {
    "reception": 3, "quality": 7, "archives": 9, "preservation_review": 3, "preservation_enforcement": 6,
    "coercion": 8, "fast": 4, "regular": 3, "terminal": 3, "petitions": 3,
}  # fmt: skip
HOW_MANY = {"fast": 8, "regular": 6, "terminal": 6}


def test_table_has_27_teams_and_107_people():
    assert sum(how_many for _, how_many, _, _ in establishment.TEAMS) == 27
    assert establishment.people() == 107


def test_each_kind_has_its_people():
    per_kind = Counter()
    for line in establishment.LINES:
        per_kind[line.kind.value] += line.number
    assert per_kind == PER_TEAM
    assert {kind: n for kind, n, _, _ in establishment.TEAMS if n > 1} == HOW_MANY


def test_quality_has_its_special_posts():
    lines = [line for line in establishment.LINES if line.kind == "quality" and line.special]
    assert {line.special.value: line.number for line in lines} == {
        "documents": 1, "offline_triage": 2, "quality_platform": 1, "funds_restrictions": 1, "auction": 1,
    }  # fmt: skip
    assert {line.special for line in lines} == set(Special)


def test_teams_are_loaded_with_codes_and_names():
    assert Team.objects.filter(group__gt="").count() == 27
    assert Team.objects.get(code="fast-03").name == "快执三团队"
    assert set(Team.objects.filter(group="").values_list("code", flat=True)) == {
        "leadership",
        "adjudication",
        "administration",
    }


def test_loading_again_changes_nothing_and_keeps_corrections():
    EstablishmentLine.objects.filter(team_kind="reception", post="clerk").update(number=3)
    before = (Team.objects.count(), EstablishmentLine.objects.count())
    call_command("load_reference", verbosity=0)
    assert (Team.objects.count(), EstablishmentLine.objects.count()) == before
    assert EstablishmentLine.objects.get(team_kind="reception", post="clerk").number == 3


def test_demo_fills_every_post_of_the_plan_once():
    assert Posting.objects.filter(team__group__gt="").count() == 107
    assert len({place.number for place in places()}) == User.objects.count() == 115
    assert create_people(PASSWORD) == 0


def test_demo_people_obey_the_rules_of_the_forms():
    for row in Posting.objects.select_related("team", "person"):
        row.full_clean()
    for row in PairedJudge.objects.all():
        row.full_clean()
    assert Posting.objects.filter(team__kind="fast", post=Post.ENFORCEMENT_OFFICER).count() == 3
    assert Posting.objects.filter(team__kind="regular", post=Post.ENFORCEMENT_OFFICER).count() == 2
    assert PairedJudge.objects.count() == 11
    assert duty_judge(moment.today()) is not None
    assert officer_led_without_judge(moment.today()) == set()


def test_vacancy_page_counts_lack_surplus_and_alternatives(django_assert_num_queries):
    gone = Posting.objects.get(person__staff_number="3302")
    gone.to_on = date(2026, 1, 5)
    gone.save()
    posting(person(), "reception", "bailiff")
    PairedJudge.objects.filter(team__code="terminal-02").update(to_on=date(2026, 1, 5))
    with django_assert_num_queries(8):
        teams = {row.team.code: row for row in vacancies.table(moment.today())}
    assert (teams["fast-03"].lacking, teams["fast-03"].surplus) == (1, 0)
    assert (teams["fast-02"].lacking, teams["fast-02"].surplus) == (0, 0)  # led by an 执行员
    assert [row[:5] for row in teams["reception"].rows if row.surplus] == [("司法警察", 0, 1, 0, 1)]
    assert "苏世杰" not in str(teams["fast-03"].rows)  # who left is not named
    assert teams["fast-03"].leader in teams["fast-03"].rows[0].names
    assert [code for code, row in teams.items() if row.cannot_rule] == ["terminal-02"]
    assert vacancies.total(list(teams.values())) == {"due": 107, "present": 107, "lacking": 1, "surplus": 1, "red": 1}
