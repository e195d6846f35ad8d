"""`mainstay createadmin`: somebody who may do everything, named on the server's own console."""

import argparse
import getpass
import sys

from mainstay.cli import migrate, place, refusals
from mainstay.cli.command import Command, WrongUse


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username", metavar="NAME", help="what the person signs in with")
    parser.add_argument("--name", default="", help="the person's full name (default: the sign-in name)")
    parser.add_argument("--email", default="", help="where a forgotten password can be reset")
    parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")


def _run(options: argparse.Namespace) -> int:
    password = _password(options.password_stdin)
    place.start_django()
    migrate.bring_up_to_date()
    with refusals.in_one_line():
        _create(options, password)
    print(f"{options.username} may sign in and do everything an administrator may.")
    return 0


def _create(options: argparse.Namespace, password: str) -> None:
    from django.db import transaction

    from mainstay.core.operations.grants import give_grant
    from mainstay.core.operations.people import create_person
    from mainstay.core.roles import Role
    from mainstay.core.system import MAINSTAY

    with transaction.atomic():
        person = create_person(
            None,
            actor=MAINSTAY,
            username=options.username,
            name=options.name or options.username,
            email=options.email,
            password=password,
        )
        give_grant(person, actor=MAINSTAY, role=Role.ADMINISTRATOR, reason="named on the console")


def _password(from_standard_input: bool) -> str:
    if from_standard_input:
        password = sys.stdin.readline().rstrip("\r\n")
    elif not sys.stdin.isatty():
        raise WrongUse("give the password in a terminal, or on standard input with --password-stdin")
    else:
        password = getpass.getpass("Password: ")
        if getpass.getpass("Once more: ") != password:
            raise WrongUse("the two passwords differ; nobody was created")
    if not password:
        raise WrongUse("an administrator needs a password")
    return password


COMMAND = Command("createadmin", "Name an administrator", _add_arguments, _run)
