"""One person's settings, cached: every page asks for them."""

from typing import NamedTuple

from django.core.cache import cache

from teams.models import Notice, Preferences, User

FIELDS = ("density", "font_size", "single_keys", "start_page", "muted")
KEPT = 300  # seconds


class Settings(NamedTuple):
    density: str = "standard"
    font_size: str = "standard"
    single_keys: bool = True
    start_page: str = ""
    muted: tuple[str, ...] = ()


def of(user: User) -> Settings:
    return of_key(user.pk)


def of_key(pk: int) -> Settings:
    held = cache.get(_key(pk))
    if held is None:
        held = Preferences.objects.filter(pk=pk).values_list(*FIELDS).first() or ()
        cache.set(_key(pk), held, KEPT)
    return Settings(*held)


def mute(user: User, kind: str, on: bool) -> None:
    """Let messages of a kind wait unannounced, or announce them again; urgent kinds cannot be muted."""
    if kind not in Notice.Kind.values or kind in Notice.URGENT:
        return
    held, _ = Preferences.objects.get_or_create(pk=user.pk)
    held.muted = sorted({*held.muted, kind} if on else {*held.muted} - {kind})
    held.save(update_fields=["muted"])
    forget(user)


def forget(user: User) -> None:
    cache.delete(_key(user.pk))


def _key(pk: int) -> str:
    return f"preferences:2:{pk}"
