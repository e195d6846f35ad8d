"""`mainstay alerts`: every alert rule evaluated, now."""

import argparse

from mainstay.cli import place
from mainstay.cli.command import Command


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults()


def _run(options: argparse.Namespace) -> int:
    place.start_django()
    from mainstay.monitoring.alerts.jobs import evaluate_all, in_words

    print(in_words(evaluate_all()))
    return 0


COMMAND = Command("alerts", "Evaluate every alert rule, now", _add_arguments, _run)
