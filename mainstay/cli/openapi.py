"""`mainstay openapi`: the description of the API, as a document for programs."""

import argparse
import json
import sys
from pathlib import Path

from mainstay.cli import place
from mainstay.cli.command import Command, Refusal


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", type=Path, metavar="FILE", help="where to write it (default: standard output)")
    parser.add_argument("--check", type=Path, metavar="FILE", help="only say whether FILE is current")


def text() -> str:
    """The description in OpenAPI 3.1, the same on every machine."""
    from mainstay.config.api import api
    from mainstay.core.api.page import document

    return json.dumps(document(api), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def _run(options: argparse.Namespace) -> int:
    place.start_django()
    if options.check is not None:
        return _check(options.check)
    if options.output is None:
        sys.stdout.write(text())
        return 0
    try:
        options.output.write_text(text(), encoding="utf-8")
    except OSError as error:
        raise Refusal(f"{options.output} cannot be written: {error.strerror}") from error
    return 0


def _check(file: Path) -> int:
    try:
        known = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{file} cannot be read") from error
    if known != text():
        raise Refusal(f"{file} is not current; write it again with `mainstay openapi --output {file}`")
    print(f"{file} is current.")
    return 0


COMMAND = Command("openapi", "Write the description of the API", _add_arguments, _run)
