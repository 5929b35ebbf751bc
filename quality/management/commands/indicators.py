"""`manage.py indicators --format md|json`: table 6 as officers read it."""

from cases.management.printed import PrintedTable
from quality import indicators_printing


class Command(PrintedTable):
    help = __doc__

    def functions(self):
        return indicators_printing.indicators_markdown, indicators_printing.rows
