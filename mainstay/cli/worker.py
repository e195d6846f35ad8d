"""`mainstay worker`: does the long work that the pages ask for."""

import argparse
import signal
import threading

from mainstay.cli import orphans, place
from mainstay.cli.command import Command


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is waiting, then leave")


def _run(options: argparse.Namespace) -> int:
    orphans.end_with_parent()
    place.start_django()
    from mainstay.core import runs

    if options.once:
        runs.work_off()
        return 0
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    runs.work_forever(stop=stop)
    return 0


COMMAND = Command("worker", "Do the long work that pages ask for", _add_arguments, _run)
