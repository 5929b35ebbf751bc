"""`manage.py rules --format md|json`: the table as officers read it."""

from cases.management.printed import PrintedTable


class Command(PrintedTable):
    help = __doc__
    table = "rules"
