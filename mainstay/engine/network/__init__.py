"""Network: when work of all projects can happen, what it waits for, and where promises do not fit.

Nouns: Network, Link, Plan, Change, Conflicts, CycleError. Verbs: plan, replan (only what a change touches), chain,
critical_path, conflicts, moved. Days since a common origin; nodes and links go by number. It must not know calendars,
projects by name or whom to tell.
"""

from mainstay.engine.network.changing import Change, replan
from mainstay.engine.network.conflicts import Conflicts, conflicts, moved
from mainstay.engine.network.graph import CycleError, Link, Network
from mainstay.engine.network.planning import Plan, chain, critical_path, plan

__all__ = [
    "Change",
    "Conflicts",
    "CycleError",
    "Link",
    "Network",
    "Plan",
    "chain",
    "conflicts",
    "critical_path",
    "moved",
    "plan",
    "replan",
]
