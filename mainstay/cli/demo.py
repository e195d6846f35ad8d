"""`mainstay demo`: an invented organisation to look at, from nothing to a page in a browser."""

import argparse
import os

from mainstay.cli import build, migrate, place, serve
from mainstay.cli.command import Command


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    serve.add_address(parser)
    parser.add_argument("--no-serve", action="store_true", help="set everything up and leave")


def _run(options: argparse.Namespace) -> int:
    os.environ["MAINSTAY_DEMO"] = "1"
    address = None if options.no_serve else serve.address_of(options)
    build.bring_up_to_date()
    place.start_django()
    if migrate.bring_up_to_date():
        print("The database is ready. Three years of history for the sample organisation follow.", flush=True)
    from mainstay.config import sample

    sample.load()
    if address is None:
        print(f"The sample is ready in {os.environ['MAINSTAY_DATA']}.")
        return 0
    print(f"Mainstay is at {address.url}\n\nLog-ins of the sample:", flush=True)
    for person in sample.people():
        print(f"  {person['username']:<20} {person['password']:<20} {person['role']}", flush=True)
    serve.start(options, address)
    return 0


COMMAND = Command("demo", "Open the sample organisation in a browser", _add_arguments, _run)
