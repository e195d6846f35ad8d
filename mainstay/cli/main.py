"""From the words on the command line to a command, and from its outcome to an exit code."""

import argparse
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from mainstay.cli import place
from mainstay.cli.command import FAILED, WRONG_USE, Command, Refusal
from mainstay.cli.registry import COMMANDS

INTERRUPTED = 130


class Parser(argparse.ArgumentParser):
    """A parser that answers wrong use with one line and no page of usage."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, **settings)

    def error(self, message: str) -> NoReturn:
        """Prints the line, points to the help and leaves with code 2."""
        print(f"{self.prog}: {message} (see `{self.prog} --help`)", file=sys.stderr)
        raise SystemExit(WRONG_USE)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    options = _read(list(sys.argv[1:] if arguments is None else arguments))
    command: Command = options.command
    try:
        place.choose(getattr(options, "data", None))
        return command.run(options)
    except Refusal as refusal:
        print(f"mainstay {command.name}: {refusal.line}", file=sys.stderr)
        return refusal.code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return FAILED


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = build_parser()
    options, rest = parser.parse_known_args(arguments)
    if not options.command:
        names = ", ".join(command.name for command in COMMANDS)
        parser.error(f"say what to do, one of: {names}")
    if rest and not options.command.passes_on:
        parser.error(f"{options.command.name} does not understand {' '.join(rest)}")
    options.rest = rest
    return options


def build_parser() -> Parser:
    """The parser of the whole command, with one sub-parser for each entry of the registry."""
    shared = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    shared.add_argument("--data", metavar="DIR", help="folder of database and files (or MAINSTAY_DATA)")
    parser = Parser(
        prog="mainstay",
        description="Choose, fund, staff, monitor and review a portfolio of projects.",
        epilog="DATABASE_URL names a PostgreSQL database; without it, SQLite in the data folder is used.",
        parents=[shared],
    )
    parser.set_defaults(command=None)
    words = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=Parser)
    for command in COMMANDS:
        word = words.add_parser(
            command.name, help=command.summary, description=f"{command.summary}.", parents=[shared]
        )
        word.set_defaults(command=command)
        command.add_arguments(word)
    return parser
