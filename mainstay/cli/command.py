"""What a command is, and how it says no."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

FAILED = 1
WRONG_USE = 2


class Refusal(Exception):
    """Ends a command with one clear line on standard error and an exit code."""

    def __init__(self, line: str, code: int = FAILED) -> None:
        super().__init__(line)
        self.line = " ".join(line.split())
        self.code = code


class WrongUse(Refusal):
    """The command was called in a way that cannot work: exit code 2."""

    def __init__(self, line: str) -> None:
        super().__init__(line, WRONG_USE)


@dataclass(frozen=True)
class Command:
    """One word after `mainstay`: its name, a line of help, its options and what it does."""

    name: str
    summary: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]
    passes_on: bool = False
    """Whether arguments it does not know are kept in `options.rest` for another tool."""
