"""Makers for the tests of this floor: people at posts, and browsers logged in."""

from datetime import date
from itertools import count

from django.test import Client

from teams import moment
from teams.actor import Actor
from teams.models import Posting, Team, User

PASSWORD = "Huanglong-2026"
_next = count(7001)


def user(number: str) -> User:
    """One of the demo's people."""
    return User.objects.get(staff_number=number)


def person(**given) -> User:
    fields = {"staff_number": str(next(_next)), "name": "新来的", "password": PASSWORD}
    return User.objects.create_user(**{**fields, **given})


def posting(who: User, team: str, post: str, **given) -> Posting:
    fields = {"from_on": date(2025, 1, 2)}
    return Posting.objects.create(person=who, team=Team.objects.get(code=team), post=post, **{**fields, **given})


def actor(number: str) -> Actor:
    return Actor.of(user(number), day=moment.today())


def browser(who: User | str) -> Client:
    """Logged in without the page: for tests about something else."""
    client = Client()
    client.force_login(user(who) if isinstance(who, str) else who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def log_in(number: str, password: str = PASSWORD, client: Client | None = None):
    """Through the page; returns the browser and the answer."""
    client = client or Client()
    return client, client.post("/login/", {"username": number, "password": password})
