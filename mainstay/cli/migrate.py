"""`mainstay migrate`: the database brought to this version."""

import argparse

from mainstay.cli import layout, place
from mainstay.cli.command import Command, Refusal


def bring_up_to_date() -> int:
    """Applies the migrations that are missing, lays down the standard life cycle, and returns how many there were."""
    from django.core.management import call_command
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    from mainstay.portfolio import standard
    from mainstay.resources.operations.load import keep_missing

    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if missing and layout.is_empty():
            layout.lay_out()
        elif missing:
            call_command("migrate", interactive=False, verbosity=0)
        standard.set_up()
        keep_missing()
    except DatabaseError as error:
        raise Refusal(f"the database cannot be brought up to date: {error}") from error
    return len(missing)


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults()


def _run(options: argparse.Namespace) -> int:
    place.start_django()
    applied = bring_up_to_date()
    print(f"Applied {applied} migrations." if applied else "The database is up to date.")
    return 0


COMMAND = Command("migrate", "Bring the database to this version", _add_arguments, _run)
