"""Demo data through the services on a settable clock: fictional people and about a hundred cases."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cases.models import Case
from huanglong_exec.seed import scenes
from teams.demo import create_people
from teams.models import Posting


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list = []

    def add_arguments(self, parser):
        parser.add_argument("--cases", type=int, default=100)
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
        elif not o["if_empty"]:
            raise CommandError("已有案件：演示数据只在空库生成。")
        if o["accounts"]:
            call_command("demo_accounts", stdout=self.stdout)

    def make(self, cases: int, seed: int) -> None:
        if not Posting.objects.exists():
            create_people()
        self.stderr.write("正在生成演示数据……", str)
        scenes.play(cases, seed)
        self.stderr.write(f"案件 {Case.objects.count()} 件", str)
