"""The nouns of the core."""

from mainstay.core.models.daily import DailyWork
from mainstay.core.models.event import Channel, Event
from mainstay.core.models.grant import Grant
from mainstay.core.models.keeping import KeptAnswer, Mapping, Notice, SavedView
from mainstay.core.models.person import Person
from mainstay.core.models.piece import Piece, PieceState
from mainstay.core.models.pulse import Pulse
from mainstay.core.models.row import PlacedRow, Row, RowQuerySet, RowVersion, versioned
from mainstay.core.models.run import Run, RunState
from mainstay.core.models.token import Token

__all__ = [
    "Channel",
    "DailyWork",
    "Event",
    "Grant",
    "KeptAnswer",
    "Mapping",
    "Notice",
    "Person",
    "Piece",
    "PieceState",
    "PlacedRow",
    "Pulse",
    "Row",
    "RowQuerySet",
    "RowVersion",
    "Run",
    "RunState",
    "SavedView",
    "Token",
    "versioned",
]
