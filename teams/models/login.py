"""The log-in records of django-axes under Chinese names, for the audit administrator."""

from axes.models import AccessAttempt, AccessLog


class LogIn(AccessLog):
    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "登录记录"


class FailedLogIn(AccessAttempt):
    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = "登录失败记录"
