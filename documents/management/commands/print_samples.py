"""`manage.py print_samples OUT_DIR [--case NUMBER]`: one PDF of every kind of table 5, for the legal officer to read.

Made of a demonstration case, with examples where a drafter would be asked; nothing is stored or numbered.
"""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cases.models import Case
from documents import sample_papers
from documents.kinds import KINDS


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("out_dir", type=Path)
        parser.add_argument("--case", default="", help="案号；不写时取最近的一件有双方当事人的案件")

    def handle(self, *args, out_dir: Path, **options):
        if not settings.DEMO:
            raise CommandError("只在演示环境打印样张：样张上印有案件内容。")
        case = sample_papers.case_for(options["case"])
        if not isinstance(case, Case):
            raise CommandError("没有可用的案件：请先执行 seed_demo，或核对案号。")
        out_dir.mkdir(parents=True, exist_ok=True)
        for number, kind in enumerate(KINDS, 1):
            (out_dir / f"{number:03}_{kind.key}.pdf").write_bytes(sample_papers.pdf(kind, case))
        self.stdout.write(f"{len(KINDS)} 份样张在 {out_dir}，取自 {case.number}。")
