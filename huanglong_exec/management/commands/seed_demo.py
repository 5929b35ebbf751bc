"""Demo data through the services on a settable clock: fictional people, and cases in every stage (some 150)."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cases import journal
from cases.models import Case, JournalEntry
from huanglong_exec.seed import scenes
from teams.actor import SYSTEM
from teams.demo import create_people
from teams.models import Posting

BEGUN, DONE = "seed_begun", "seed_done"
HALF = "上一次的演示数据只生成了一半（生成时被中断）：请执行 make clean，再执行 make run 重新生成。"


def half_done() -> bool:
    """Whether the last run was stopped in the middle: its cases are real, but desks are empty."""
    lines = JournalEntry.objects.filter(stream="user:0", what="note", key__in=(BEGUN, DONE)).order_by("-id")
    return lines.values_list("key", flat=True).first() == BEGUN


@transaction.atomic
def _note(key: str, label: str) -> None:
    journal.write([journal.Line(None, "note", key, label)], SYSTEM)


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--cases", type=int, default=100, help="each above a hundred is one more; the scenes stay whole"
        )
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are cases")
        parser.add_argument(
            "--accounts", action="store_true", help="print the demo accounts, one typical officer a line"
        )

    def handle(self, *args, **o):
        if not settings.DEMO:
            raise CommandError("演示数据只在 EXEC_MODE=demo 时生成。")
        if not Case.objects.exists():
            self.make(o["cases"], o["seed"])
        elif half_done():
            raise CommandError(HALF)
        elif not o["if_empty"]:
            raise CommandError("已有案件：演示数据只在空库生成。")
        if o["accounts"]:
            call_command("demo_accounts", stdout=self.stdout)

    def make(self, cases: int, seed: int) -> None:
        if not Posting.objects.exists():
            create_people()
        self.stderr.write("正在生成演示数据……", str)
        _note(BEGUN, "开始生成演示数据")
        scenes.play(cases, seed)
        _note(DONE, "演示数据生成完毕")
        self.stderr.write(f"案件 {Case.objects.count()} 件", str)
