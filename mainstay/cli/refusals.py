"""What the house refuses, said as one line on the command line."""

from collections.abc import Iterator
from contextlib import contextmanager

from mainstay.cli.command import FAILED, Refusal


@contextmanager
def in_one_line(code: int = FAILED) -> Iterator[None]:
    """Turns a refusal of an operation, or of a field, into the end of the command with this exit code."""
    from django.core.exceptions import ValidationError

    from mainstay.core import errors

    try:
        yield
    except errors.Refusal as refusal:
        raise Refusal(refusal.message, code) from refusal
    except ValidationError as error:
        raise Refusal(" ".join(_sentences(error)), code) from error


def _sentences(error: Exception) -> Iterator[str]:
    fields = getattr(error, "error_dict", None)
    if fields is None:
        yield from getattr(error, "messages", ())
        return
    for name, problems in fields.items():
        for problem in problems:
            yield from (f"{name}: {message}" for message in problem.messages)
