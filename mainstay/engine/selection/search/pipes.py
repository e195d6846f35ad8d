"""What the process that asks and the one that proves send one another: pickled messages down a pipe."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import IO, Any

from mainstay.engine.selection.program import Floats, Program


@dataclass(frozen=True, slots=True)
class Task:
    """A program and how hard to try, with numbers (n,) to begin from if there are any."""

    program: Program
    seconds: float
    gap: float
    seed: int
    threads: int
    first: Floats | None


def send(pipe: IO[bytes] | None, message: Any) -> None:
    """Send a message, unless whoever was to read it has ended."""
    if pipe is None:
        return
    try:
        pickle.dump(message, pipe, pickle.HIGHEST_PROTOCOL)
        pipe.flush()
    except BrokenPipeError:
        return


def received(pipe: IO[bytes]) -> Any:
    """The next message, None at the end; both ends are of Mainstay, so what comes can be trusted."""
    try:
        return pickle.load(pipe)  # noqa: S301
    except (EOFError, ValueError, pickle.UnpicklingError):
        return None
