from django.apps import AppConfig


class CoercionConfig(AppConfig):
    name = "coercion"
    verbose_name = "强制事务"
