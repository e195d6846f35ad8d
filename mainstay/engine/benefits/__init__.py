"""Benefits: what came of projects, in money, goals, customers and innovation.

Nouns: Return, Contribution, Realisation, Measured, Profile. Verbs: portfolio_roi, ratio_by_group,
goal_contribution, realisation, over_attributed, csat, nps, nps_change, vitality_index, mix, stage_yield, target.
Ratios of sums, dates compared with the same dates, intervals beside survey figures. It must not know who owns a
benefit or how it was read.
"""

from mainstay.engine.benefits.customers import Measured, csat, nps, nps_change, wilson
from mainstay.engine.benefits.goals import Contribution, goal_contribution
from mainstay.engine.benefits.innovation import mix, stage_yield, vitality_index
from mainstay.engine.benefits.profile import Profile, target
from mainstay.engine.benefits.realisation import Realisation, over_attributed, realisation
from mainstay.engine.benefits.returns import Return, portfolio_roi, ratio_by_group

__all__ = [
    "Contribution",
    "Measured",
    "Profile",
    "Realisation",
    "Return",
    "csat",
    "goal_contribution",
    "mix",
    "nps",
    "nps_change",
    "over_attributed",
    "portfolio_roi",
    "ratio_by_group",
    "realisation",
    "stage_yield",
    "target",
    "vitality_index",
    "wilson",
]
