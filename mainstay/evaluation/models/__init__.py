"""The nouns of evaluation."""

from mainstay.evaluation.models.bypass import Bypass
from mainstay.evaluation.models.correction import AppliedCorrection, Correction, Estimate
from mainstay.evaluation.models.discount import DiscountRate
from mainstay.evaluation.models.judgement import Judgement, Recusal
from mainstay.evaluation.models.override import RankOverride
from mainstay.evaluation.models.pairwise import (
    Compared,
    Comparison,
    PairwiseSession,
    Participant,
    SessionState,
    Together,
)
from mainstay.evaluation.models.round import Combined, Evaluator, RoundItem, RoundState, ScoringRound
from mainstay.evaluation.models.score import Score
from mainstay.evaluation.models.score_model import Criterion, CriterionKind, ScoreModel, Way

__all__ = [
    "AppliedCorrection",
    "Bypass",
    "Combined",
    "Compared",
    "Comparison",
    "Correction",
    "Criterion",
    "CriterionKind",
    "DiscountRate",
    "Estimate",
    "Evaluator",
    "Judgement",
    "PairwiseSession",
    "Participant",
    "RankOverride",
    "Recusal",
    "RoundItem",
    "RoundState",
    "Score",
    "ScoreModel",
    "ScoringRound",
    "SessionState",
    "Together",
    "Way",
]
