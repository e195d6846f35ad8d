"""`mainstay serve`: the product for real work."""

import argparse

from mainstay.cli import build, migrate, place, server
from mainstay.cli.command import Command


def add_address(parser: argparse.ArgumentParser) -> None:
    """The options that say where to listen and with how many processes."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default 127.0.0.1)")
    parser.add_argument("--port", type=port, default=8000, help="port to listen at (default 8000)")
    parser.add_argument("--workers", type=processes, default=1, metavar="N", help="web processes (default 1)")
    parser.add_argument("--no-worker", action="store_true", help="leave long work to `mainstay worker`")


def start(options: argparse.Namespace, address: server.Address) -> None:
    """Hands over to the web server with the processes that were asked for."""
    server.run(address, processes=options.workers, with_worker=not options.no_worker)


def address_of(options: argparse.Namespace) -> server.Address:
    """The address asked for, once it is free."""
    address = server.Address(options.host, options.port)
    server.wait_for_port(address)
    return address


def port(text: str) -> int:
    """Reads a port number from the command line."""
    return _whole_number(text, 65535)


def processes(text: str) -> int:
    """Reads a number of web processes from the command line."""
    return _whole_number(text, 64)


def _whole_number(text: str, largest: int) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= largest:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number between 1 and {largest}")
    return int(text)


def _run(options: argparse.Namespace) -> int:
    address = address_of(options)
    build.bring_up_to_date()
    place.start_django()
    migrate.bring_up_to_date()
    from mainstay.core import first_start

    print(f"Mainstay is at {address.url}", flush=True)
    if first_start.is_needed():
        print(f"Create the first administrator at {address.url}setup/{first_start.token()}/", flush=True)
    start(options, address)
    return 0


COMMAND = Command("serve", "Serve the product", add_address, _run)
