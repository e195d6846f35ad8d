"""`mainstay remind`: owners of conditions and those who report told what is due or late, now."""

import argparse

from mainstay.cli import place
from mainstay.cli.command import Command


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults()


def _run(options: argparse.Namespace) -> int:
    place.start_django()
    from mainstay.authorisation.meetings.operations import reminding
    from mainstay.charts import words
    from mainstay.monitoring.reports import operations as reports

    print(f"{words.counted(reminding.remind_everybody() + reports.remind_everybody(), 'notice')} left.")
    return 0


COMMAND = Command("remind", "Remind of conditions and reports that are due or overdue, now", _add_arguments, _run)
