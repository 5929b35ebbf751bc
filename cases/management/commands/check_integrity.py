"""Run every invariant; each finding says what is wrong and where to mend it. Exit 1 when there is one."""

import sys

from django.core.management.base import BaseCommand

from cases import hooks


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        total = 0
        for check in hooks.of("invariant"):
            for finding in check():
                total += 1
                self.stdout.write(f"{finding.text}　{finding.url}".rstrip())
        self.stdout.write(f"问题 {total} 处")
        sys.exit(1 if total else 0)
