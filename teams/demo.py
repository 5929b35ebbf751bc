"""The fictional people of the demo and the tests: every post of the plan, leadership, administrators.

Staff numbers: 1xxx leadership and adjudication, 2xxx the command centre, 3n the n-th fast team, 4n regular,
5n terminal, 6xxx petitions, 9xxx administrators; the leader of a team ends in 01.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from teams import establishment, moment
from teams.models import DutyBailiff, DutyJudge, PairedJudge, Post, Posting, Team, User
from teams.services import sync_administrator

PASSWORD = "Huanglong-2026"
POSTED_ON = date(2024, 1, 2)
OFFICER_LED = {"fast-02", "fast-04", "fast-07", "regular-03", "regular-06"}
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严金魏陶姜戚谢邹喻柏苏潘葛范彭"
GIVEN = (  # noqa: SIM905
    "建国 秀兰 志强 丽娟 海涛 晓燕 文博 雅静 国庆 春梅 立新 红霞 永刚 佳琪 明远 淑芬 子轩 婷婷 学军 慧敏 振华 雪莲 "
    "浩然 玉洁 俊杰 素贞 世杰 美玲 天佑 爱华 宏伟 桂英 泽宇 琳琳 培元 凤霞 思远 晓彤 广平 若曦 鹏程 静怡 伟东 秋月 "
    "德胜 诗涵 守义"
).split()
BASE = {"reception": 21, "quality": 22, "archives": 23, "preservation_review": 24, "preservation_enforcement": 25}
BASE |= {"coercion": 26, "fast": 30, "regular": 40, "terminal": 50, "petitions": 61}
OUTSIDE = (
    ("1001", "leadership", Post.COURT_PRESIDENT, False),
    ("1002", "leadership", Post.VICE_PRESIDENT, False),
    ("1003", "leadership", Post.BUREAU_DIRECTOR, True),
    ("1011", "adjudication", Post.ADJUDICATOR, True),
    ("1012", "adjudication", Post.ADJUDICATOR, False),
    ("9001", "administration", Post.SYSTEM_ADMIN, False),
    ("9002", "administration", Post.SECURITY_ADMIN, False),
    ("9003", "administration", Post.AUDIT_ADMIN, False),
)
TYPICAL = (  # noqa: SIM905
    "2101 2102 2203 2301 2306 2401 2501 2601 3301 3302 3401 4101 5101 6101 1003 1002 1001 9001 9002 9003"
).split()


class Place(NamedTuple):
    number: str
    team: str
    post: str
    leads: bool
    special: str = ""


def places() -> Iterator[Place]:
    """Every post of the plan with a staff number, in the order of the establishment."""
    for row in establishment.teams():
        serial = 0
        for line in establishment.LINES:
            if line.kind != row["kind"]:
                continue
            post = line.alternative if row["code"] in OFFICER_LED and line.alternative else line.post
            for _ in range(line.number):
                serial += 1
                yield Place(
                    f"{BASE[row['kind']] + (row['number'] or 0)}{serial:02}",
                    row["code"],
                    post,
                    line.leads,
                    line.special,
                )
    for number, team, post, leads in OUTSIDE:
        yield Place(number, team, post, leads)


def name(index: int) -> str:
    """A plausible name; the same for the same index, and no two alike."""
    return SURNAMES[index * 7 % len(SURNAMES)] + GIVEN[(index * 11 + index // len(SURNAMES)) % len(GIVEN)]


@transaction.atomic
def create_people(password: str = PASSWORD) -> int:
    """Fill every post; people who are there already stay as they are. Needs the reference data."""
    wanted = list(places())
    there = set(User.objects.filter(staff_number__in=[p.number for p in wanted]).values_list("staff_number", flat=True))
    hashed, teams = make_password(password), {team.code: team for team in Team.objects.all()}
    missing = [(index, place) for index, place in enumerate(wanted) if place.number not in there]
    people = User.objects.bulk_create(
        User(staff_number=place.number, name=name(index), phone=f"0393-666{place.number}", password=hashed)
        for index, place in missing
    )
    Posting.objects.bulk_create(
        Posting(
            person=person,
            team=teams[place.team],
            post=place.post,
            special=place.special,
            leads=place.leads,
            from_on=POSTED_ON,
        )
        for person, (_, place) in zip(people, missing, strict=True)
    )
    for person, (_, place) in zip(people, missing, strict=True):
        if place.team == "administration":
            sync_administrator(person)
        if place.leads:
            Team.objects.filter(code=place.team, phone="").update(phone=person.phone)
    if people:
        create_duties()
    return len(people)


def create_duties() -> None:
    """Paired judges of the officer-led teams, duty judges by week, duty bailiffs by night."""
    judges = [
        p.person
        for p in Posting.objects.filter(post=Post.JUDGE).select_related("person").order_by("person__staff_number")
    ]
    led = Team.objects.filter(postings__leads=True, postings__post=Post.ENFORCEMENT_OFFICER).order_by("id").distinct()
    PairedJudge.objects.bulk_create(
        PairedJudge(team=team, judge=judges[(index + 3) % len(judges)], from_on=POSTED_ON)
        for index, team in enumerate(led)
    )
    monday = moment.today() - timedelta(days=moment.today().weekday())
    DutyJudge.objects.bulk_create(
        DutyJudge(
            judge=judges[week % len(judges)],
            from_on=monday + timedelta(weeks=week),
            to_on=monday + timedelta(weeks=week, days=6),
        )
        for week in range(-60, 53)
    )
    bailiffs = [
        p.person
        for p in Posting.objects.filter(post=Post.BAILIFF).select_related("person").order_by("person__staff_number")
    ]
    DutyBailiff.objects.bulk_create(_nights(monday, bailiffs))


def _nights(monday: date, bailiffs: list[User]) -> Iterator[DutyBailiff]:
    """Two bailiffs a week: from the end of work to the next morning, rest days all day."""
    zone = ZoneInfo(settings.TIME_ZONE)
    for night in range(-8 * 7, 26 * 7):
        day = monday + timedelta(days=night)
        begins = time(8, 30) if day.weekday() >= 5 else time(17, 30)
        pair = night // 7 * 2 % len(bailiffs)
        for person in bailiffs[pair : pair + 2]:
            yield DutyBailiff(
                person=person,
                from_at=datetime.combine(day, begins, zone),
                to_at=datetime.combine(day + timedelta(days=1), time(8, 30), zone),
            )


def accounts() -> list[dict[str, str]]:
    """Typical officers for the log-in page; nobody outside demo mode."""
    if not settings.DEMO:
        return []
    day = moment.today()
    rows = (
        Posting.objects.on(day)
        .filter(person__staff_number__in=TYPICAL, person__is_active=True)
        .select_related("person", "team")
    )
    found = {row.person.staff_number: row for row in rows.order_by("leads", "-id")}
    return [
        {
            "number": number,
            "name": found[number].person.name,
            "post": found[number].title,
            "team": found[number].team.name,
            "password": PASSWORD,
        }
        for number in TYPICAL
        if number in found
    ]
