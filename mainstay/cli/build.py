"""`mainstay build`: styles, icons and islands, made from frontend/."""

import argparse

from mainstay.cli import place
from mainstay.cli.command import Command, Refusal


def bring_up_to_date(force: bool = False) -> bool:
    """Builds the front end if its sources changed; an installed package carries it ready-made."""
    root = place.checkout()
    if root is None or not (root / "frontend" / "package.json").is_file():
        return False
    from mainstay import frontend_build

    try:
        return frontend_build.build(force=force)
    except frontend_build.BuildFailed as failure:
        raise Refusal(str(failure)) from failure


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--force", action="store_true", help="build even if nothing changed")


def _run(options: argparse.Namespace) -> int:
    if place.checkout() is None:
        raise Refusal("there is nothing to build: an installed package carries its front end ready-made")
    bring_up_to_date(force=options.force)
    return 0


COMMAND = Command("build", "Build the front end if its sources changed", _add_arguments, _run)
