"""卷宗管理中心: scanning, cataloguing, the check of a file before its closing, archiving, lending."""

from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    name = "archives"
    verbose_name = "卷宗管理"
