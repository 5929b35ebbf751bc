"""Check every chain and every seal of the journal, and the seals kept outside; exit 1 when something does not fit."""

import sys

from django.core.management.base import BaseCommand

from cases import verify


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        findings = list(verify.everything())
        for finding in findings:
            self.stderr.write(finding.text)
        self.stdout.write(f"流转记录 {verify.count()} 条，问题 {len(findings)} 处")
        sys.exit(1 if findings else 0)
