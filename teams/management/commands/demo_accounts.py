from django.core.management.base import BaseCommand, CommandError

from teams.demo import accounts


class Command(BaseCommand):
    help = "Print the demo accounts, one typical officer a line (demo mode only)."

    def handle(self, *args, **options) -> None:
        found = accounts()
        if not found:
            raise CommandError("demo accounts exist in demo mode only, after the demo data is made")
        for account in found:
            self.stdout.write("{number}  {password}  {name}  {post} | {team}".format(**account))
