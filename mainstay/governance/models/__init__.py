"""The nouns of governance."""

from mainstay.governance.models.cycle import Cycle, CycleState

__all__ = ["Cycle", "CycleState"]
