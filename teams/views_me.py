"""个人设置, and the help for one's post."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import get_template

from teams import hooks, preferences
from teams.access import own_page
from teams.actor import Actor
from teams.models import Preferences

# page, title, team kinds whose own page it is
HELP = (
    ("reception", "初次接待", ("reception",)),
    ("quality", "综合质效", ("quality",)),
    ("archives", "卷宗管理中心", ("archives",)),
    ("preservation", "保全审查与实施", ("preservation_review", "preservation_enforcement")),
    ("coercion", "强制事务", ("coercion",)),
    ("fast", "快执团队", ("fast",)),
    ("regular", "普执团队", ("regular",)),
    ("terminal", "终本团队", ("terminal",)),
    ("petitions", "执行信访", ("petitions",)),
    ("director", "局长与院领导", ("leadership",)),
    ("adjudication", "执行裁判", ("adjudication",)),
    ("administration", "三员管理", ("administration",)),
)


class PreferencesForm(forms.ModelForm):
    class Meta:
        model = Preferences
        fields = ("density", "font_size", "single_keys", "start_page")
        widgets = {"density": forms.RadioSelect, "font_size": forms.RadioSelect}
        labels = {"single_keys": "单键快捷键", "start_page": "起始页"}
        help_texts = {
            "single_keys": "如 J、K 移动，X 选择，E 办理；Ctrl 组合键不受影响",
            "start_page": "登录后先打开的页面",
        }

    def __init__(self, *args, actor: Actor | None, **options):
        """Only pages that the officer's post opens can be the first one."""
        super().__init__(*args, **options)
        pages = Preferences.StartPage
        choices = [(p.value, p.label) for p in pages if not p.value or hooks.may_open(actor, p.value)]
        if len(choices) == 1:
            del self.fields["start_page"]
        else:
            self.fields["start_page"].choices = choices  # type: ignore[attr-defined]


@own_page
def me(request: HttpRequest) -> HttpResponse:
    held = Preferences.objects.filter(pk=request.user.pk).first() or Preferences(user=request.user)
    form = PreferencesForm(request.POST or None, instance=held, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        form.save()
        preferences.forget(request.user)
        messages.success(request, "个人设置已保存。")
        return redirect("teams:me")
    page = {
        "form": form,
        "idle_minutes": int(settings.SESSION_IDLE.total_seconds() // 60),
        "password_days": settings.PASSWORD_DAYS,
    }
    return render(request, "teams/me.html", page, status=422 if form.errors else 200)


@own_page
def help_index(request: HttpRequest) -> HttpResponse:
    kind = request.actor.kind if request.actor else ""
    pages = [{"slug": slug, "title": title, "own": kind in kinds} for slug, title, kinds in HELP]
    return render(request, "help/index.html", {"pages": sorted(pages, key=lambda page: not page["own"])})


@own_page
def help_page(request: HttpRequest, role: str) -> HttpResponse:
    title = next((title for slug, title, _ in HELP if slug == role), None)
    if title is None:
        raise Http404
    return HttpResponse(get_template(f"help/{role}.html").render({"title": title}, request))
