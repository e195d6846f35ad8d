"""Dashboards are put together from parts: what a part looks at, what it says, and the list of all parts.

A room adds its parts when it is ready (`add_parts`); the cockpit shows them. A part is given a `Sight`, asks the
queries of its room, and answers with `Content`. What waits for somebody's decision is said by each room, too
(`add_waiting`).
"""

from mainstay.portfolio.dashboard.content import Cell, Content, Empty, Indicator, Table, figure, plain
from mainstay.portfolio.dashboard.links import Links
from mainstay.portfolio.dashboard.registry import PLACES, Part, Question, add_parts, parts_for, standard
from mainstay.portfolio.dashboard.sight import Sight
from mainstay.portfolio.dashboard.waiting import Waiting, add_waiting, nouns_of_waiting, waiting_for

__all__ = [
    "PLACES",
    "Cell",
    "Content",
    "Empty",
    "Indicator",
    "Links",
    "Part",
    "Question",
    "Sight",
    "Table",
    "Waiting",
    "add_parts",
    "add_waiting",
    "figure",
    "nouns_of_waiting",
    "parts_for",
    "plain",
    "standard",
    "waiting_for",
]
