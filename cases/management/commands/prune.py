"""Delete what need not be kept: read notices after a year, jobs after 90 days, form keys after 30; journalled."""

from django.core.management.base import BaseCommand

from cases import nightly


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        for name, count in nightly.prune().items():
            self.stdout.write(f"{name} {count}")
