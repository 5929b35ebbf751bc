"""Import a filing list: good rows come in, bad rows are reported by row and column; the same file twice changes nothing."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases import clock
from cases.intake import import_file
from cases.models import ImportRow
from cases.refusals import Forbidden, Refused
from teams.actor import SYSTEM, Actor
from teams.models import User
from teams.queries import postings_of


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="read and check only")
        parser.add_argument("--report", type=Path, metavar="OUT.json")
        parser.add_argument("--by", default="", metavar="STAFF_NUMBER", help="who imports; the system if absent")

    def handle(self, *args, **o):
        try:
            with o["file"].open("rb") as source:
                report = import_file(
                    source, o["file"].name, self.actor(o["by"]), dry_run=o["dry_run"], progress=self.progress
                )
        except OSError as error:
            raise CommandError(f"打不开「{o['file'].name}」：{error.strerror}", returncode=2) from None
        except (Refused, Forbidden) as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        for row in report.rows:
            if row.problems:
                self.stdout.write(f"第 {row.row} 行 {ImportRow.Outcome(row.outcome).label}：{'；'.join(row.problems)}")
        for note in report.notes:
            self.stdout.write(note)
        told = "，".join(f"{ImportRow.Outcome(key).label} {count}" for key, count in sorted(report.counts.items()))
        self.stdout.write(("试读：" if o["dry_run"] else "") + (told or "没有数据行"))
        if o["report"]:
            o["report"].write_text(
                json.dumps([row.as_json() for row in report.rows], ensure_ascii=False, indent=1), encoding="utf-8"
            )

    def actor(self, number: str) -> Actor:
        if not number:
            return SYSTEM
        person = User.objects.filter(staff_number=number, is_active=True).first()
        if person is None:
            raise CommandError(f"没有工号 {number} 的在职人员", returncode=2)
        if not postings_of(person, clock.today()):
            raise CommandError(
                f"{person.name}（{number}）今天没有任职，不能以其名义导入：请先办理任职，或不写 --by。", returncode=2
            )
        return Actor.of(person)

    def progress(self, rows: int) -> None:
        if rows % 1000 == 0:
            self.stderr.write(f"已读 {rows} 行")
