"""`manage.py recognise [--pages N]`: ask now for what the night would: pages that nobody has read yet, to the queue `ocr`.

Without a worker of that queue they wait. `--count` only says how many there are.
"""

from django.core.management.base import BaseCommand, CommandError

from documents import ocr
from documents.dossier import sweeping


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--pages", type=int, default=sweeping.A_NIGHT, help="the most pages of this round")
        parser.add_argument("--count", action="store_true", help="count, ask for nothing")

    def handle(self, *args, **options):
        once, lost = sweeping.failed(sweeping.ONCE).count(), sweeping.failed(sweeping.ONCE + 1).count()
        self.stdout.write(f"待识别 {sweeping.unread().count()} 页，识别失败待重试 {once} 页，两次失败 {lost} 页")
        if options["count"]:
            return
        if not ocr.available():
            raise CommandError("没有安装文字识别（依赖组 ocr），或已用 OCR=0 关闭。")
        sweeping.ask(options["pages"])
        self.stdout.write(f"已提交，由 ocr 队列识别，本次至多 {options['pages']} 页")
