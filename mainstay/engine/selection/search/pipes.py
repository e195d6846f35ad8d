"""What the process that asks and the one that proves send one another: pickled messages down a pipe."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import IO, Any

from mainstay.engine.selection.program import Floats, Program
from mainstay.engine.selection.reuse.cuts import Cuts


@dataclass(frozen=True, slots=True)
class Task:
    """A program and how hard to try, with numbers (n,) to begin from and the cuts of its root, if there are any."""

    program: Program
    seconds: float
    gap: float
    seed: int
    threads: int
    first: Floats | None
    cuts: Cuts | None


@dataclass(frozen=True, slots=True)
class Lead:
    """Numbers (n,), some broken, of an open case of the proof."""

    numbers: Floats


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
