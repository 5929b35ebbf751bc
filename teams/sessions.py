"""One session an account, ended when idle or old."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest
from django.utils.crypto import get_random_string

from teams import moment
from teams.models import User

ENDED = {
    "idle": "您已较长时间没有操作，会话已结束，请重新登录。",
    "absolute": "本次登录已满 8 小时，请重新登录。",
    "elsewhere": "您的账号已在另一处登录，本次会话已结束；如非本人操作，请立即联系安全管理员。",
}
NOTE_EVERY = timedelta(seconds=30)  # activity is written no more often than this


def begin(request: HttpRequest, user: User) -> None:
    """Log in, and end the account's older session."""
    login(request, user)
    user.session_token = get_random_string(32)
    user.save(update_fields=["session_token"])
    request.session["token"] = user.session_token
    start(request)


def start(request: HttpRequest) -> None:
    now = moment.now().timestamp()
    request.session["began"] = request.session["seen"] = now


def ended(request: HttpRequest) -> str:
    """Why the session is over: a key of ENDED, or nothing."""
    session, now = request.session, moment.now().timestamp()
    if session.get("token", "") != request.user.session_token:  # type: ignore[union-attr]
        return "elsewhere"
    if now - session["began"] > settings.SESSION_ABSOLUTE.total_seconds():
        return "absolute"
    if now - session["seen"] > settings.SESSION_IDLE.total_seconds():
        return "idle"
    return ""


def check(request: HttpRequest) -> str:
    """End a session that is over and say why; note the activity of one that goes on."""
    if "began" not in request.session:
        start(request)
    if why := ended(request):
        logout(request)
        return why
    now = moment.now().timestamp()
    if not is_live(request) and now - request.session["seen"] > NOTE_EVERY.total_seconds():
        request.session["seen"] = now
    return ""


def left(request: HttpRequest) -> int:
    """Seconds until this session ends unless somebody acts, or for good."""
    now = moment.now().timestamp()
    idle = request.session["seen"] + settings.SESSION_IDLE.total_seconds() - now
    whole = request.session["began"] + settings.SESSION_ABSOLUTE.total_seconds() - now
    return max(0, int(min(idle, whole)))


def is_live(request: HttpRequest) -> bool:
    """A request the page makes by itself: not the officer's activity."""
    return request.headers.get("X-Live") == "1"
