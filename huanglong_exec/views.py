"""Start page, health, and the Chinese error pages."""

from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from redis import Redis
from redis.exceptions import RedisError

from teams import preferences
from teams.access import own_page, public


@own_page
def home(request):
    """Everybody starts where his work is: a signer with something due at the desk, an administrator in the admin."""
    if request.actor is None or request.actor.kind == "administration":
        return redirect("cases:audit" if request.actor and request.actor.post == "audit_admin" else "admin:index")
    if start := preferences.of(request.user).start_page:
        return redirect(start)
    if request.actor.kind == "leadership":
        return redirect("cases:sign")
    return redirect("cases:workbench")


@public
def favicon(request):
    """Browsers ask for it where a page names none."""
    return redirect(static("mark.svg"))


@public
def health(request):
    """200 while the database answers; Redis is reported, its absence stops background work only."""
    from django.conf import settings

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    try:
        Redis.from_url(settings.REDIS_URL, socket_connect_timeout=0.3, socket_timeout=0.3).ping()
        redis = "ok"
    except (RedisError, OSError):
        redis = "away"
    return JsonResponse({"database": "ok", "redis": redis})


def _page(request, status: int) -> HttpResponse:
    return render(request, f"errors/{status}.html", {"status": status, "reasons": []}, status=status)


def bad_request(request, exception=None):
    return _page(request, 400)


def forbidden(request, exception=None):
    reasons = [{"text": str(exception)}] if exception and str(exception) else []
    return render(request, "errors/403.html", {"status": 403, "reasons": reasons}, status=403)


def not_found(request, exception=None):
    return _page(request, 404)


def fault(request):
    return _page(request, 500)


def csrf_failure(request, reason=""):
    text = "页面停留过久或在别处重新登录，表单已失效：请返回刷新后重新提交。"
    return render(request, "errors/403.html", {"status": 403, "reasons": [{"text": text}]}, status=403)
