"""Log-in and out, the password, the posting of the session, the inbox, authority to sign."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout as end_session
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from teams import demo, hooks, moment, notices, passwords, preferences, queries, services, sessions
from teams.access import own_page, public
from teams.forms import ActingForm, LoginForm, PasswordForm, powers
from teams.models import Acting, Notice


def back_to(request: HttpRequest) -> str:
    """The page asked for before log-in, if it is ours."""
    url = request.POST.get("next") or request.GET.get("next", "")
    return url if is_ours(url, request) else settings.LOGIN_REDIRECT_URL


def is_ours(url: str, request: HttpRequest) -> bool:
    return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())


@public
@never_cache
@sensitive_post_parameters("password")
def login(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return HttpResponseRedirect(back_to(request))
    form = LoginForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        sessions.begin(request, form.get_user())
        return HttpResponseRedirect(back_to(request))
    if ended := sessions.ENDED.get(request.GET.get("ended", "")):
        messages.warning(request, ended)
    context = {"form": form, "demo_accounts": demo.accounts(), "next": request.GET.get("next", "")}
    return render(request, "teams/login.html", context)


@own_page
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    end_session(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@own_page
@never_cache
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        passwords.change(request.user, form.cleaned_data["new_password1"])
        update_session_auth_hash(request, request.user)
        messages.success(request, "密码已修改。")
        return redirect(settings.LOGIN_REDIRECT_URL)
    forced = passwords.must_change(request.user)
    return render(request, "teams/password.html", {"form": form, "forced": forced, "days": settings.PASSWORD_DAYS})


@own_page
@require_POST
def posting(request: HttpRequest) -> HttpResponse:
    """Choose one of one's own postings for this session: the rights of two never add up."""
    own = {str(each.pk): each for each in queries.postings_of(request.user, moment.today())}
    chosen = own.get(request.POST.get("posting", ""))
    if chosen is None:
        messages.error(request, "您目前没有这一任职。")
    else:
        request.session["posting"] = chosen.pk
        messages.success(request, f"现以「{chosen.label}」的身份办理。")
    return redirect(settings.LOGIN_REDIRECT_URL)


@own_page
def inbox(request: HttpRequest) -> HttpResponse:
    """The newest notices by keyset; POST marks one (`read`) or all of them as read, or mutes a kind."""
    if request.method == "POST":
        if kind := request.POST.get("mute") or request.POST.get("unmute"):
            preferences.mute(request.user, kind, "mute" in request.POST)
        else:
            one = request.POST.get("read", "")
            notices.mark_read(request.user.pk, [int(one)] if one.isdigit() else None)
        return redirect(request.get_full_path())
    before, tab = request.GET.get("before", ""), request.GET.get("tab", "")
    rows, following = notices.page(request.user.pk, int(before) if before.isdigit() else None, tab=tab)
    muted = preferences.of(request.user).muted
    kinds = [
        {"key": key, "label": label, "muted": key in muted, "fixed": key in Notice.URGENT}
        for key, label in Notice.Kind.choices
    ]
    page = {
        "days": by_day(rows, muted),
        "waiting": hooks.waiting(request.actor) if tab == "urgent" else (),
        "next_before": following,
        "tab": tab,
        "kinds": kinds,
    }
    return render(request, "teams/inbox.html", page)


def by_day(rows: list[Notice], muted: Iterable[str]) -> list[tuple[str, list[Notice]]]:
    """Notices under the day they came on, the newest first."""
    days: dict[str, list[Notice]] = {}
    for row in rows:
        day = timezone.localtime(row.created_at).date()
        ago = (moment.today() - day).days
        name = (
            ("今天", "昨天")[ago] if ago in (0, 1) else f"{day:%m-%d}" if day.year == moment.today().year else f"{day}"
        )
        row.quiet = row.kind in muted  # type: ignore[attr-defined]
        days.setdefault(name, []).append(row)
    return list(days.items())


@own_page
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Go where a notice leads; it is read then."""
    notice = get_object_or_404(Notice, pk=pk, person=request.user)
    notices.mark_read(request.user.pk, [notice.pk])
    return HttpResponseRedirect(notice.url) if is_ours(notice.url, request) else redirect("teams:inbox")


@own_page
def acting(request: HttpRequest) -> HttpResponse:
    """授权代签: give one's power, or that of a post below, to a deputy; see and take back what was given."""
    return hooks.sent_once(_acting)(request)


def _acting(request: HttpRequest) -> HttpResponse:
    actor, day = request.actor, moment.today()
    form = ActingForm(actor, request.POST or None) if actor and powers(actor, day).exists() else None
    if form and request.method == "POST" and form.is_valid() and _grant(form, actor):
        messages.success(request, "已授权，并通知双方。")
        return redirect("teams:acting")
    me = request.user.pk
    rows = Acting.objects.filter(holder=me) | Acting.objects.filter(deputy=me) | Acting.objects.filter(granted_by=me)
    found = rows.select_related("holder", "deputy", "granted_by").order_by("-id")[:50]
    given = [_given(row, day) for row in found]
    page = {"form": form, "given": given, "running": sum(row["running"] for row in given), "day": day}
    return render(request, "teams/acting.html", page, status=422 if form and form.errors else 200)


def _given(row: Acting, day) -> dict:
    """One power as the page tells it; what has not ended yet may be taken back."""
    if row.revoked_on:
        state = f"{row.revoked_on:%m-%d} 撤回"
    elif row.to_on < day:
        state = "已到期"
    else:
        state = "生效中" if row.from_on <= day else "未开始"
    return {
        "power": row,
        "acts": hooks.acts_in_words(row.acts),
        "state": state,
        "running": state in ("生效中", "未开始"),
    }


def _grant(form: ActingForm, actor) -> bool:
    facts = {**form.cleaned_data}
    power = facts.pop("power")
    try:
        services.grant_acting(holder=power.person, post=power.post, by=actor, **{"acts": [], **facts})
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True


@own_page
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        services.revoke_acting(get_object_or_404(Acting, pk=pk, revoked_on__isnull=True), request.actor)
        messages.success(request, "授权已撤回。")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("teams:acting")
