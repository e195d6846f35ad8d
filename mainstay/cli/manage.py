"""`mainstay manage ...`: the management commands of Django, for people who develop Mainstay."""

import argparse

from mainstay.cli import place
from mainstay.cli.command import Command, WrongUse


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.usage = "mainstay manage WORD ... (for example: mainstay manage makemigrations)"


def _run(options: argparse.Namespace) -> int:
    if not options.rest:
        raise WrongUse("say which management command, for example makemigrations")
    place.start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["mainstay manage", *options.rest])
    return 0


COMMAND = Command("manage", "Run a management command of Django", _add_arguments, _run, passes_on=True)
