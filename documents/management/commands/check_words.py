"""`manage.py check_words`: after the court has edited the words of a paper, whether every one can still be printed."""

from django.core.management.base import BaseCommand, CommandError

from documents import words_check
from documents.kinds import KINDS


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list = []

    def handle(self, *args, **options):
        if faults := words_check.faults():
            raise CommandError("\n".join(faults))
        self.stdout.write(f"{len(KINDS)} 种文书的文字均可使用。")
