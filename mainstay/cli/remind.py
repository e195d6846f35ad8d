"""`mainstay remind`: those who own conditions told what is due or overdue; for a timer that runs once a day."""

import argparse

from mainstay.cli import place
from mainstay.cli.command import Command


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults()


def _run(options: argparse.Namespace) -> int:
    place.start_django()
    from mainstay.authorisation.meetings.operations.reminding import remind_everybody
    from mainstay.charts import words

    print(f"{words.counted(remind_everybody(), 'notice')} left.")
    return 0


COMMAND = Command("remind", "Remind of conditions that are due or overdue, once a day", _add_arguments, _run)
