"""What an envelope must cover: upper rooms say how much of it they have promised."""

from collections.abc import Callable
from decimal import Decimal

from mainstay.value.models import Envelope

Promises = Callable[[Envelope], Decimal]
_promises: dict[str, Promises] = {}


def register_promises(name: str, reader: Promises) -> None:
    """Let an upper room say how much of an envelope it has promised, less what came in."""
    _promises[name] = reader


def least_of(envelope: Envelope) -> Decimal:
    """The least the envelope may hold beyond what is held back."""
    return sum((reader(envelope) for reader in _promises.values()), Decimal(0))
