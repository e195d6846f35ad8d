"""The nouns of governance."""

from mainstay.governance.models.board import Board, Chair, Delegation, Seat
from mainstay.governance.models.cycle import Cycle, CycleState
from mainstay.governance.models.gate import GateEdition, GateModel

__all__ = ["Board", "Chair", "Cycle", "CycleState", "Delegation", "GateEdition", "GateModel", "Seat"]
