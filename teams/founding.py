"""三员分立 from the first day: the three administrators of an installation in which there is nobody yet (reference §17.3).

There is no superuser to begin with: these three make everybody else, and none of them alone.
"""

from collections.abc import Mapping
from typing import NamedTuple

import pghistory
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import get_random_string

from teams import moment, passwords
from teams.models import ADMINISTRATORS, Post, Posting, Team, User
from teams.services import sync_administrator


class Founder(NamedTuple):
    staff_number: str
    name: str
    password: str


def made_up() -> str:
    """A password for the first log-in that keeps the rules for passwords."""
    while True:
        password = get_random_string(14)
        try:
            validate_password(password)
        except ValidationError:
            continue
        return password


@transaction.atomic
def found(people: Mapping[Post, Founder]) -> list[User]:
    """Make the three, each with a password to be changed; raises ValidationError where there is one already."""
    team = Team.objects.select_for_update().filter(kind="administration").first()
    if team is None:
        raise ValidationError("还没有编制：请先执行 manage.py prepare（或 load_reference）。")
    if there := Posting.objects.filter(post__in=ADMINISTRATORS).select_related("person").first():
        raise ValidationError(f"已有{there.get_post_display()}{there.person}：人员由管理员在「人员与制度」增设。")
    if set(people) != set(ADMINISTRATORS) or len({each.staff_number for each in people.values()}) != len(people):
        raise ValidationError("系统、安全、审计管理员须由三人分任：请给三个不同的工号。")
    with pghistory.context(command="first_administrators"):
        return [_person(post, founder, team) for post, founder in people.items()]


def _person(post: Post, founder: Founder, team: Team) -> User:
    person = User(staff_number=founder.staff_number, name=founder.name)
    person.set_unusable_password()
    person.full_clean(exclude=["password"])
    person.save()
    passwords.change(person, founder.password, must_change=True)
    posting = Posting(person=person, team=team, post=post, from_on=moment.today())
    posting.full_clean()
    posting.save()
    sync_administrator(person)
    return person
