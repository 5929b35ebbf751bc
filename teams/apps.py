from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class TeamsConfig(AppConfig):
    name = "teams"
    verbose_name = "人员与团队"

    def ready(self) -> None:
        from teams import checks  # noqa: F401  (registers the system checks)

        autodiscover_modules("team_hooks")
