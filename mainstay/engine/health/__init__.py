"""Health: a status computed from figures beside the one people declare.

Nouns: Parts (schedule, budget, risk, resource, benefits), Health, Light, Bands, Divergence. Verbs: parts, health,
lights, divergence. All parts are shown, and no mean hides a red one. It must not know who reports or what a report
says.
"""

from mainstay.engine.health.flow import Flow, Money, adherence, churn, flow, money_used
from mainstay.engine.health.overall import WEIGHTS, Divergence, Health, divergence, health
from mainstay.engine.health.parts import BANDS, Bands, Light, Part, Parts, lights, parts

__all__ = [
    "BANDS",
    "WEIGHTS",
    "Bands",
    "Divergence",
    "Flow",
    "Health",
    "Light",
    "Money",
    "Part",
    "Parts",
    "adherence",
    "churn",
    "divergence",
    "flow",
    "health",
    "lights",
    "money_used",
    "parts",
]
