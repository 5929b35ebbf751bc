"""口令复核: a signature asks for the password again, once per half hour of one session."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest

from cases import clock

KEY = "signing_password_at"


def signing_unlocked(request: HttpRequest) -> bool:
    """Whether this session gave the password within the last half hour."""
    told = request.session.get(KEY, "")
    if not told:
        return False
    since = clock.now() - datetime.fromisoformat(told)
    return timedelta(0) <= since < timedelta(minutes=settings.SIGNING_PASSWORD_MINUTES)


def confirm_password(request: HttpRequest, password: str) -> bool:
    """Check the password like a log-in: failures count towards the lockout."""
    user = authenticate(request, username=request.user.get_username(), password=password)
    if user is None or user.pk != request.user.pk:
        request.session.pop(KEY, None)
        return False
    request.session[KEY] = clock.now().isoformat()
    return True
