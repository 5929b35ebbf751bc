"""`manage.py due RULE --start 2026-09-28T10:20`: the due moment and its derivation, from the code the sweep uses.

A rule whose period stands in the paper is told it: `--length 15`, `--length 3M`, `--length 2026-12-31`.
"""

import json
from datetime import date, datetime

from django.core.management.base import BaseCommand, CommandError

from cases import deadlines, periods


def moment(text: str) -> date | datetime:
    at = datetime.fromisoformat(text)
    if "T" not in text and " " not in text:
        return at.date()
    return at if at.tzinfo else at.replace(tzinfo=periods.SHANGHAI)


def pause(text: str) -> tuple[date, date]:
    begin, _, end = text.partition("..")
    return date.fromisoformat(begin), date.fromisoformat(end)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("rule")
        parser.add_argument("--start", required=True, type=moment)
        parser.add_argument("--pause", action="append", default=[], type=pause, metavar="FROM..TO")
        parser.add_argument("--extension", action="append", default=[], metavar="3M")
        parser.add_argument("--variant", default="")
        parser.add_argument("--length", default="", metavar="15|3M|10WD|2026-12-31", help="the period the paper prints")
        parser.add_argument("--format", choices=("json", "text"), default="text")

    def handle(self, *args, **o):
        try:
            due = deadlines.due(
                o["rule"],
                o["start"],
                variant=o["variant"],
                length=o["length"],
                pauses=o["pause"],
                extensions=o["extension"],
            )
        except KeyError as error:
            raise CommandError(f"没有这项规则或变式：{error}") from None
        except ValueError as error:
            hint = "" if o["length"] else "（--length 15、--length 3M 或 --length 2026-12-31）"
            raise CommandError(f"{error}{hint}") from None
        if o["format"] == "text":
            self.stdout.write("\n".join([f"{due.moment:%Y-%m-%d %H:%M} 届满（末日 {due.day}）", *due.steps]))
            return
        told = {
            "key": o["rule"],
            "day": due.day.isoformat(),
            "moment": due.moment.isoformat(),
            "raw": due.raw.isoformat(),
            "provisional": due.provisional,
            "steps": list(due.steps),
        }
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
