"""Levelling: what can be done about overloads, in moves that can be accepted or refused one by one.

Nouns: Load (Person of assignment, Project, Booking), Move (Change), Levelled (Red). Verbs: proposals, level.
It must not know who decides on a move or how it is carried out.
"""

from mainstay.engine.levelling.load import Booking, Load, Project
from mainstay.engine.levelling.move import Change, Kind, Move
from mainstay.engine.levelling.proposing import Levelled, Red, level, proposals

__all__ = ["Booking", "Change", "Kind", "Levelled", "Load", "Move", "Project", "Red", "level", "proposals"]
