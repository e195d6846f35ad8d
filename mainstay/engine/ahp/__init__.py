"""Pairwise comparison (analytic hierarchy process): weights from judgements of two things at a time.

Nouns: Judgements, Weights, Misfit, GroupJudgements, GroupPriorities, Step. Verbs: judgements, weigh, worst_misfit,
aggregate_judgements, aggregate_priorities. Of all consistency figures here, lower is better, except
`like_project_online`. It must not know who judges or what is compared, and never changes a judgement.
"""

from mainstay.engine.ahp.consistency import (
    PROJECT_ONLINE_LABEL,
    PROJECT_ONLINE_LIMIT,
    RANDOM_INDEX,
    RANDOM_INDEX_SOURCE,
    consistency_limit,
    like_project_online,
    random_index,
)
from mainstay.engine.ahp.group import GroupJudgements, GroupPriorities, aggregate_judgements, aggregate_priorities
from mainstay.engine.ahp.judgements import Judgements, judgements, judgements_from_upper, order_of_questions
from mainstay.engine.ahp.repair import Misfit, worst_misfit
from mainstay.engine.ahp.scale import SAATY, STEPS, Step, nearest_on_scale, ratio_of, step_of
from mainstay.engine.ahp.weights import Method, Weights, weigh

__all__ = [
    "PROJECT_ONLINE_LABEL",
    "PROJECT_ONLINE_LIMIT",
    "RANDOM_INDEX",
    "RANDOM_INDEX_SOURCE",
    "SAATY",
    "STEPS",
    "GroupJudgements",
    "GroupPriorities",
    "Judgements",
    "Method",
    "Misfit",
    "Step",
    "Weights",
    "aggregate_judgements",
    "aggregate_priorities",
    "consistency_limit",
    "judgements",
    "judgements_from_upper",
    "like_project_online",
    "nearest_on_scale",
    "order_of_questions",
    "random_index",
    "ratio_of",
    "step_of",
    "weigh",
    "worst_misfit",
]
