"""`manage.py papers --format md|json`: table 5 as officers read it."""

from cases.management.printed import PrintedTable
from documents import printing


class Command(PrintedTable):
    help = __doc__

    def functions(self):
        return printing.papers_markdown, printing.rows
