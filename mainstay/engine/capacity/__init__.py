"""Capacity: what people can give, what is asked of them, and where it does not fit.

Nouns: Horizon, Calendar, Terms, Absences, Bookings, Balance, Use, Pipeline, Cover, Bottleneck.
Verbs: hours_by_day, net_capacity, spread, balance, use_of, parallel_projects, pipeline_demand, supply_by_skill,
could_also, cover, bottlenecks. It must not know who the people are.
"""

from mainstay.engine.capacity.bookings import Bookings, spread
from mainstay.engine.capacity.bottleneck import Bottleneck, Waiting, bottlenecks
from mainstay.engine.capacity.calendar import Calendar, hours_by_day
from mainstay.engine.capacity.horizon import Horizon, Unit
from mainstay.engine.capacity.measures import Balance, Use, balance, use_of
from mainstay.engine.capacity.net import Absences, Terms, net_capacity
from mainstay.engine.capacity.parallel import parallel_projects
from mainstay.engine.capacity.pipeline import Pipeline, pipeline_demand
from mainstay.engine.capacity.skills import Cover, could_also, cover, supply_by_skill

__all__ = [
    "Absences",
    "Balance",
    "Bookings",
    "Bottleneck",
    "Calendar",
    "Cover",
    "Horizon",
    "Pipeline",
    "Terms",
    "Unit",
    "Use",
    "Waiting",
    "balance",
    "bottlenecks",
    "could_also",
    "cover",
    "hours_by_day",
    "net_capacity",
    "parallel_projects",
    "pipeline_demand",
    "spread",
    "supply_by_skill",
    "use_of",
]
