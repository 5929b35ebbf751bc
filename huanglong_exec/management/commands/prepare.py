"""Migrate, give the application role its rights, load reference data: in one process, safe to run at every start."""

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list = []

    def handle(self, *args, **options):
        call_command("migrate", verbosity=0, skip_checks=True)
        call_command("grant_app_role", stdout=self.stdout, skip_checks=True)
        call_command("load_reference", stdout=self.stdout, skip_checks=True)
