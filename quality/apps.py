from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "quality"
    verbose_name = "综合质效管理"
