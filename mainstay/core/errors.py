"""How the house refuses: each refusal says what happened, why, and what to do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


class Refusal(Exception):
    """The house says no; nothing was changed."""

    status = 400
    title = "Refused"

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class Missing(Refusal):
    """What is asked for does not exist, or may not be known to exist."""

    status = 404
    title = "Not found"


class Forbidden(Refusal):
    """The person may see it but may not do this to it."""

    status = 403
    title = "Not allowed"


class Unreadable(Refusal):
    """What was sent cannot be read."""

    status = 400
    title = "Bad request"


class Impossible(Refusal):
    """The state of things does not allow it (a guard, a closed period, a dependency)."""

    status = 409
    title = "Not possible now"


@dataclass(frozen=True)
class FieldChange:
    """One field that somebody changed: before, after, who and when."""

    field: str
    label: str
    before: Any
    after: Any
    who: str = ""
    at: datetime | None = None


class Stale(Refusal):
    """Somebody else changed the row since it was read; their changes are listed."""

    status = 409
    title = "Changed by somebody else"

    def __init__(self, noun: str, expected: int, current: int, changes: list[FieldChange]) -> None:
        names = ", ".join(change.label for change in changes) or "nothing you can see"
        super().__init__(f"This {noun} was changed while you were editing it ({names}). Nothing of yours was saved.")
        self.expected = expected
        self.current = current
        self.changes = changes
