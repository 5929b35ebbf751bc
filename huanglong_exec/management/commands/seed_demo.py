"""Demo data through the services on a settable clock: fictional people and about a hundred cases."""

from django.conf import settings
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

    def handle(self, *args, **o):
        if not settings.DEMO:
            raise CommandError("演示数据只在 EXEC_MODE=demo 时生成。")
        if Case.objects.exists():
            if o["if_empty"]:
                return
            raise CommandError("已有案件：演示数据只在空库生成。")
        if not Posting.objects.exists():
            create_people()
        self.stdout.write("正在生成演示数据……")
        scenes.play(o["cases"], o["seed"])
        self.stdout.write(f"案件 {Case.objects.count()} 件")
