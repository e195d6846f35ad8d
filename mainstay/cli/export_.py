"""`mainstay export NOUN`: a list as a file."""

import argparse
import sys
from pathlib import Path
from typing import Any

from mainstay.cli import migrate, place, refusals
from mainstay.cli.command import WRONG_USE, Command, Refusal, WrongUse
from mainstay.cli.import_ import person_named


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("noun", metavar="NOUN", help="what to list, for example projects")
    parser.add_argument("--portfolio", default="", metavar="NAME", help="only what lies in this one (name or code)")
    parser.add_argument("--format", default="csv", choices=("csv", "xlsx", "json"), help="default csv")
    parser.add_argument("--as-of", default="", metavar="DATE", help="as known on a date, such as 2026-03-31")
    parser.add_argument("--actor", default="", metavar="NAME", help="as this person sees it (default: everything)")
    parser.add_argument("--output", type=Path, metavar="FILE", help="where to write it (default: standard output)")


def _run(options: argparse.Namespace) -> int:
    if options.format == "xlsx" and options.output is None and sys.stdout.isatty():
        raise WrongUse("a workbook is no text for a terminal; name a file with --output")
    place.start_django()
    migrate.bring_up_to_date()
    with refusals.in_one_line(WRONG_USE):
        columns, rows = _list(options)
    try:
        _write(columns, rows, options)
    except OSError as error:
        raise Refusal(f"{options.output} cannot be written: {error.strerror}") from error
    return 0


def _list(options: argparse.Namespace) -> tuple[Any, Any]:
    from mainstay.core.asof import parse_as_of
    from mainstay.core.exchange import sheet_named

    sheet, actor, as_of = sheet_named(options.noun), person_named(options.actor), parse_as_of(options.as_of)
    within = sheet.place_named(actor, options.portfolio) if options.portfolio else None
    return sheet.export_columns(actor, as_of), sheet.rows_for(actor, as_of, within)


def _write(columns: Any, rows: Any, options: argparse.Namespace) -> None:
    from mainstay.core.exchange import export_file

    if options.output is None:
        export_file(columns, rows, options.format, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    with options.output.open("wb") as file:
        export_file(columns, rows, options.format, file)


COMMAND = Command("export", "Write a list to a file", _add_arguments, _run)
