"""The person with a staff number, and the passwords used lately."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models

from teams import moment
from teams.history import track


class UserManager(BaseUserManager["User"]):
    def create_user(self, staff_number: str, password: str | None = None, **fields) -> "User":
        user = self.model(staff_number=staff_number, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user  # type: ignore[return-value]

    def create_superuser(self, staff_number: str, password: str | None = None, **fields) -> "User":
        """Exists because Django asks for it; `check --deploy` refuses superusers."""
        return self.create_user(staff_number, password, is_staff=True, is_superuser=True, **fields)


@track("人员变动", exclude=["password", "last_login", "session_token"])
class User(AbstractBaseUser, PermissionsMixin):
    staff_number = models.CharField("工号", max_length=20, unique=True)
    name = models.CharField("姓名", max_length=40)
    phone = models.CharField("办公电话", max_length=40, blank=True)
    is_active = models.BooleanField("在用", default=True, help_text="停用后不能登录；人员不删除。")
    is_staff = models.BooleanField("可进入人员管理", default=False)
    must_change = models.BooleanField("须改密码", default=False)
    password_changed_at = models.DateTimeField("密码修改时间", default=moment.now)
    created_at = models.DateTimeField("建立时间", default=moment.now)
    session_token = models.CharField(max_length=32, blank=True, editable=False)  # the one live session

    USERNAME_FIELD = "staff_number"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = verbose_name_plural = "人员"

    def __str__(self) -> str:
        return f"{self.name}（{self.staff_number}）"

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class PasswordHash(models.Model):
    """A password in use now or before: the last five may not come back."""

    person = models.ForeignKey(User, models.CASCADE, related_name="password_hashes")
    hash = models.CharField(max_length=256)
    set_at = models.DateTimeField(default=moment.now)

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="password_hash_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.set_at:%Y-%m-%d}"
