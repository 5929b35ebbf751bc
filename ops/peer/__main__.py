"""python -m ops.peer [--folder DIR] [--once] [--refuse seal|delivery|query|freeze|upload] [--delay SECONDS] [--repeat N]

Answers seal, delivery, query, freeze and upload packages of the exchange folder, every two seconds, until it is stopped.
Never for a court's own papers: it refuses to run outside the demonstration.
"""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path


def main(argv: list[str]) -> int:
    from ops.peer.answering import ANSWERS, Peer, read_behaviour

    parser = argparse.ArgumentParser(prog="ops.peer", description=__doc__)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--refuse", action="append", default=[], choices=sorted(ANSWERS))
    parser.add_argument("--delay", type=float, default=0)
    parser.add_argument("--repeat", type=int, default=1)
    given = parser.parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huanglong_exec.settings")
    from django.conf import settings

    if not settings.DEMO:
        print("参考对端只用于演示：请由院电子签章系统和送达平台读取交换目录。", file=sys.stderr)
        return 2
    peer = Peer(given.folder or settings.EXCHANGE_DIR, read_behaviour(given.refuse, given.delay, given.repeat))
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    while True:
        peer.answer_all()
        if given.once or stop.wait(2):
            return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
