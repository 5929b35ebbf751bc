from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "案件"

    def ready(self) -> None:
        autodiscover_modules("case_hooks")
        import_module("cases.invariants")
        import_module("cases.intake.long_lists")
        import_module("cases.journal_check")
