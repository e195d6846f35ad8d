"""Assignment: named people to the needs of a whole portfolio, with a proof of how good the proposal is.

Nouns: Staffing (Person, Held, Need, Booked), Assignment (Assigned, Unfilled). Verb: assign.
It must not know what a proposal is shown as or who accepts it.
"""

from mainstay.engine.assignment.answer import Assigned, Assignment, Unfilled
from mainstay.engine.assignment.solving import assign
from mainstay.engine.assignment.staffing import Booked, Held, Need, Person, Staffing

__all__ = ["Assigned", "Assignment", "Booked", "Held", "Need", "Person", "Staffing", "Unfilled", "assign"]
