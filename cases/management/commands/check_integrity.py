"""Run every invariant; each finding says what is wrong and where to mend it. Exit 1 when there is one."""

import sys

from django.core.management.base import BaseCommand

from cases import hooks, invariants


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--all-files", action="store_true", help="read every stored file, not only tonight's part")

    def handle(self, *args, **options):
        checks = [check() for check in hooks.of("invariant")]
        if options["all_files"]:
            checks.append(invariants.damaged_files())
        found = {(finding.text, finding.url) for check in checks for finding in check}
        for text, url in sorted(found):
            self.stdout.write(f"{text}　{url}".rstrip())
        total = len(found)
        self.stdout.write(f"问题 {total} 处")
        sys.exit(1 if total else 0)
