"""Every read of strategy worth a name; rooms above call what is listed here.

`drivers_in_use`, `statements_of` and `impact_points` tell how projects move what the business wants more of;
`alignment_of` what projects do for goals. `register_delivery` and `add_middle` let a room above say how far projects
delivered, and what stands between projects and goals in the value map.
"""

from mainstay.strategy.queries.alignment import Alignment, alignment_of
from mainstay.strategy.queries.delivery import register_delivery
from mainstay.strategy.queries.drivers import drivers_in_use, impact_points, statements_of
from mainstay.strategy.queries.mix import Mix
from mainstay.strategy.queries.tree import Strategy
from mainstay.strategy.queries.value_map import Middle, add_middle

__all__ = [
    "Alignment",
    "Middle",
    "Mix",
    "Strategy",
    "add_middle",
    "alignment_of",
    "drivers_in_use",
    "impact_points",
    "register_delivery",
    "statements_of",
]
