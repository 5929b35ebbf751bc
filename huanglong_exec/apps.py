"""The program's own app configuration, and the admin under our own site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class ProgramConfig(AppConfig):
    name = "huanglong_exec"
    default = True


class StaffingAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "teams.admin_site.StaffingSite"
