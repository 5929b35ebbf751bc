"""One command for each of the printed tables."""

import json

from django.core.management.base import BaseCommand

from cases.printing import TABLES


class PrintedTable(BaseCommand):
    table = ""
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.add_argument("--format", choices=("md", "json"), default="md")

    def functions(self):
        """(as Markdown, as rows); a room above with a table of its own gives its own two."""
        return TABLES[self.table]

    def handle(self, *args, **options):
        as_markdown, rows = self.functions()
        if options["format"] == "md":
            self.stdout.write(as_markdown(), ending="")
        else:
            self.stdout.write(json.dumps(rows(), ensure_ascii=False, indent=2))
