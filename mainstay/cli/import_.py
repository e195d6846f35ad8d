"""`mainstay import NOUN FILE`: a list checked or brought in, all of it or nothing."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mainstay.cli import import_ledger, migrate, place, refusals
from mainstay.cli.command import FAILED, WRONG_USE, Command, WrongUse

if TYPE_CHECKING:
    from mainstay.core.exchange import Check, ColumnMapping, Problem, Sheet, Table

MOST_PRINTED = 50


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("noun", metavar="NOUN", help="what the file lists, for example projects or ledger")
    parser.add_argument("file", metavar="FILE", type=Path, help="a CSV, XLSX or JSON file")
    parser.add_argument("--mapping", default="", metavar="NAME", help="a column mapping (default: the one that fits)")
    parser.add_argument("--portfolio", required=True, metavar="NAME", help="name or code; a new name opens one")
    parser.add_argument(
        "--set", action="append", default=[], metavar="FIELD=VALUE", help="for every row, such as currency=PLN"
    )
    parser.add_argument("--source", default="Ledger", metavar="NAME", help="of a ledger: which one the file is from")
    parser.add_argument("--actor", default="", metavar="NAME", help="in whose name (default: Mainstay itself)")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    doing = parser.add_mutually_exclusive_group()
    doing.add_argument("--dry-run", action="store_true", help="only say what would happen (the default)")
    doing.add_argument("--commit", action="store_true", help="import it, unless anything is wrong")


def _run(options: argparse.Namespace) -> int:
    if not options.file.is_file():
        raise WrongUse(f"{options.file} is no file")
    constants = _constants(options.set)
    place.start_django()
    migrate.bring_up_to_date()
    report = _ledger(options) if options.noun == import_ledger.NOUN else _report(options, constants)
    if options.json:
        print(json.dumps(report.as_dict(), indent=2, ensure_ascii=False))
    else:
        _print(report, options.commit)
    return FAILED if report.problem_count else 0


def _ledger(options: argparse.Namespace) -> "Check":
    if options.set or options.mapping:
        raise WrongUse("a ledger has columns of its own; --set and --mapping are for lists")
    with refusals.in_one_line(WRONG_USE):
        actor = person_named(options.actor)
    return import_ledger.report(options, actor)


def _constants(pairs: list[str]) -> dict[str, str]:
    constants = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise WrongUse(f"--set takes FIELD=VALUE, not {pair}")
        constants[name.strip()] = value.strip()
    return constants


def _report(options: argparse.Namespace, constants: dict[str, str]) -> "Check":
    from mainstay.core.exchange import BadFile, Check, check, commit, read_table

    with refusals.in_one_line(WRONG_USE):
        sheet, actor = _sheet(options.noun), person_named(options.actor)
        named = _mapping(sheet, options.mapping)
    try:
        table = read_table(options.file)
        mapping = (named or _suggested(sheet, table)).with_constants(constants)
        with refusals.in_one_line(WRONG_USE):
            target = sheet.target_named(actor, options.portfolio, mapping.currency_in(table.constants))
        with refusals.in_one_line():
            return (commit if options.commit else check)(sheet, table, mapping, target, actor)
    except BadFile as bad:
        return Check(problems=(bad.problem,), problem_count=1)


def _sheet(name: str) -> "Sheet":
    from mainstay.core.exchange import sheet_named

    return sheet_named(name)


def _mapping(sheet: "Sheet", name: str) -> "ColumnMapping | None":
    from mainstay.core.exchange import mapping_named

    return mapping_named(sheet.name, name) if name else None


def _suggested(sheet: "Sheet", table: "Table") -> "ColumnMapping":
    from mainstay.core.exchange import suggest

    return suggest(sheet, table)[1]


def person_named(username: str) -> Any:
    """The person to act for; without a name, Mainstay itself, as the server's own console may."""
    from mainstay.core.errors import Missing
    from mainstay.core.models import Person
    from mainstay.core.system import MAINSTAY

    if not username:
        return MAINSTAY
    person = Person.objects.active().filter(username__iexact=username).first()
    if person is None:
        raise Missing(f"There is nobody with the sign-in name {username}.")
    return person


def _print(report: "Check", was_commit: bool) -> None:
    print(
        f"{report.rows:,} rows: {report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged, "
        f"{report.problem_count:,} errors."
    )
    for problem in report.problems[:MOST_PRINTED]:
        print(f"  {_line(problem)}")
    if report.problem_count > MOST_PRINTED:
        print(f"  and {report.problem_count - MOST_PRINTED:,} more")
    for warning in report.warnings:
        print(f"Note: {warning}")
    if report.committed:
        print("Imported." if report.new or report.changed else "Everything is as the file says; nothing changed.")
    elif report.problem_count:
        print("Nothing was imported.")
    elif not was_commit:
        print("Nothing was imported yet; add --commit to do it.")


def _line(problem: "Problem") -> str:
    return " ".join(problem.sentence.split())


COMMAND = Command("import", "Bring in a list from a file", _add_arguments, _run)
