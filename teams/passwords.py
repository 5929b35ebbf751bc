"""What a password must be, and the one way to change it."""

import string
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from teams import moment
from teams.models import PasswordHash, User

CLASSES = (string.ascii_lowercase, string.ascii_uppercase, string.digits)


class ThreeOfFourClasses:
    """Small letters, capitals, digits, signs: three of the four."""

    help_text = "密码须包含大写字母、小写字母、数字、符号中的三类。"

    def validate(self, password: str, user: User | None = None) -> None:
        found = sum(any(char in group for char in password) for group in CLASSES)
        found += any(char not in "".join(CLASSES) for char in password)
        if found < 3:
            raise ValidationError(self.help_text, code="password_classes")

    def get_help_text(self) -> str:
        return self.help_text


class NotUsedLately:
    """The last five passwords may not come back; keeps their hashes."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        lately = user.password_hashes.order_by("-id").values_list("hash", flat=True)[: settings.PASSWORD_HISTORY]
        if any(check_password(password, hashed) for hashed in {*lately, user.password}):
            raise ValidationError(self.get_help_text(), code="password_used")

    def password_changed(self, password: str, user: User | None = None) -> None:
        """Django calls this after a changed password was saved."""
        if user is None or user.pk is None:
            return
        PasswordHash.objects.create(person=user, hash=user.password)
        kept = user.password_hashes.order_by("-id").values_list("pk", flat=True)[: settings.PASSWORD_HISTORY]
        user.password_hashes.exclude(pk__in=list(kept)).delete()

    def get_help_text(self) -> str:
        return f"不能使用最近 {settings.PASSWORD_HISTORY} 次用过的密码。"


def change(user: User, password: str, *, must_change: bool = False) -> None:
    """Set a password that has been validated; `must_change` asks for another at the next log-in."""
    user.set_password(password)
    user.password_changed_at = moment.now()
    user.must_change = must_change
    user.save(update_fields=["password", "password_changed_at", "must_change"])


def must_change(user: User) -> bool:
    """Whether the password was given by somebody else or is older than the court allows."""
    return user.must_change or moment.now() - user.password_changed_at > timedelta(days=settings.PASSWORD_DAYS)
