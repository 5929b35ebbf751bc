"""`manage.py verify_package DIR…`: whether archive packages are whole; exit status 1 and the faults where not."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from archives.package_check import faults


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="+", type=Path)

    def handle(self, *args, **options):
        wrong = {folder: found for folder in options["folder"] if (found := faults(folder))}
        for folder in options["folder"]:
            self.stdout.write(f"{folder}：{'；'.join(wrong[folder]) if folder in wrong else '归档包完整'}")
        if wrong:
            raise CommandError(f"{len(wrong)} 个归档包不完整")
