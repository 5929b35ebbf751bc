"""Log-in, a new password, authority to sign."""

import unicodedata

from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError

from teams import hooks, moment
from teams.actor import Actor
from teams.models import LEADERS, Posting, User
from teams.services import ABOVE, MAY_DEPUTISE


class LoginForm(AuthenticationForm):
    """工号 and password; says how many tries are left."""

    def __init__(self, request=None, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = "工号"
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "inputmode": "numeric"}
        self.fields["password"].label = "密码"

    def clean_username(self) -> str:
        """Full-width digits and spaces are how a Chinese keyboard writes them."""
        return unicodedata.normalize("NFKC", self.cleaned_data["username"]).strip()

    def get_invalid_login_error(self) -> ValidationError:
        failures = AxesProxyHandler.get_failures(self.request, {"username": self.cleaned_data.get("username")})
        left = max(settings.AXES_FAILURE_LIMIT - failures, 0)
        return ValidationError(f"工号或密码不正确，还可尝试 {left} 次", code="invalid_login")


class PasswordForm(PasswordChangeForm):
    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": "原密码不正确。",
        "password_mismatch": "两次输入的新密码不一致。",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "原密码"
        self.fields["new_password1"].label = "新密码"
        self.fields["new_password2"].label = "再输入一次新密码"
        self.fields[
            "new_password1"
        ].help_text = "至少 10 位，含大写字母、小写字母、数字、符号中的三类；不能用最近 5 次用过的密码。"


class ActingForm(forms.Form):
    """授权代签: whose power, to whom, for what and how long."""

    power = forms.ModelChoiceField(Posting.objects.none(), label="所代职务", empty_label="请选择")
    deputy = forms.ModelChoiceField(User.objects.none(), label="受托人", empty_label="请选择")
    acts = forms.MultipleChoiceField(
        label="事项", required=False, help_text="不选为全部可授权事项。", widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label="事由", max_length=200)

    def __init__(self, actor: Actor, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= {"from_on": hooks.date_field(label="自"), "to_on": hooks.date_field(label="至")}
        day = moment.today()
        self.fields["power"].queryset = powers(actor, day)
        self.fields["power"].label_from_instance = lambda row: f"{row.person.name}（{row.label}）"
        able = sorted({post for posts in MAY_DEPUTISE.values() for post in posts})
        deputies = Posting.objects.on(day).filter(post__in=able, person__is_active=True).exclude(person=actor.user_id)
        if (
            own := [row for row in self.fields["power"].queryset if row.person_id == actor.user_id]
        ) and not self.is_bound:
            self.initial["power"] = own[0].pk
        self.fields["deputy"].queryset = User.objects.filter(pk__in=deputies.values("person")).order_by("staff_number")
        self.fields["acts"].choices = list(hooks.act_groups.items())
        if not hooks.acts:
            del self.fields["acts"]
        if not self.is_bound:
            self.initial |= {"from_on": day}  # type: ignore[operator]


def powers(actor: Actor, day):
    """The postings whose power this officer may give away: his own, and those of the posts below him."""
    below = [post for post, above in ABOVE.items() if actor.post in above]
    rows = Posting.objects.on(day).filter(person__is_active=True).select_related("person", "team")
    mine = rows.filter(person=actor.user_id, post=actor.post) if actor.post in ABOVE else rows.none()
    if actor.post in LEADERS:
        mine |= rows.filter(post__in=below)
    return mine.order_by("person__staff_number")
