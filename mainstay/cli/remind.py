"""`mainstay remind`: everybody told what is due or late: conditions, reports, benefits and reviews, now."""

import argparse

from mainstay.cli import place
from mainstay.cli.command import Command


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults()


def _run(options: argparse.Namespace) -> int:
    place.start_django()
    from mainstay.authorisation.meetings.operations import reminding as conditions
    from mainstay.charts import words
    from mainstay.monitoring.reports import operations as reports
    from mainstay.review.operations import reminding as reviews
    from mainstay.value.operations import reminding as benefits

    count = sum(room.remind_everybody() for room in (conditions, reports, benefits, reviews))
    print(f"{words.counted(count, 'notice')} left.")
    return 0


COMMAND = Command(
    "remind", "Remind of conditions, reports, benefits and reviews that are due or late, now", _add_arguments, _run
)
