"""`manage.py national --format md|json`: the exports of the national execution system and what they state here."""

from cases.management.printed import PrintedTable
from documents.national import printing


class Command(PrintedTable):
    help = __doc__

    def functions(self):
        return printing.national_markdown, printing.rows
