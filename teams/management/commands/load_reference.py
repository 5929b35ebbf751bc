from django.core.management.base import BaseCommand

from teams import reference


class Command(BaseCommand):
    help = "Load teams, establishment, administrators' groups and what the rooms add; safe to repeat."

    def handle(self, *args, **options) -> None:
        for line in reference.load():
            if options["verbosity"]:
                self.stdout.write(line)
