"""One person's settings, cached: every page asks for them."""

from typing import NamedTuple

from django.core.cache import cache

from teams.models import Preferences, User

FIELDS = ("density", "font_size", "single_keys", "start_page")
KEPT = 300  # seconds


class Settings(NamedTuple):
    density: str = "standard"
    font_size: str = "standard"
    single_keys: bool = True
    start_page: str = ""


def of(user: User) -> Settings:
    held = cache.get(_key(user.pk))
    if held is None:
        held = Preferences.objects.filter(pk=user.pk).values_list(*FIELDS).first() or ()
        cache.set(_key(user.pk), held, KEPT)
    return Settings(*held)


def forget(user: User) -> None:
    cache.delete(_key(user.pk))


def _key(pk: int) -> str:
    return f"preferences:{pk}"
