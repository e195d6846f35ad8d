"""Cells that a spreadsheet would run as a formula are written with an apostrophe, and read without it."""

import re
from typing import Any

RUNS = re.compile(r"'*[=+\-@\t\r]")
GUARDED = re.compile(r"'+[=+\-@\t\r]")
NUMERIC = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)%?")


def guarded(value: Any) -> Any:
    """Text that would run, made harmless; numbers and plain text as they are."""
    if isinstance(value, str) and RUNS.match(value) and not NUMERIC.fullmatch(value):
        return f"'{value}"
    return value


def without_guard(text: str) -> str:
    """Text as it was before `guarded`."""
    return text[1:] if GUARDED.match(text) and not NUMERIC.fullmatch(text[1:]) else text
