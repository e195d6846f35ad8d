"""The nouns of evaluation."""

from mainstay.evaluation.models.score import Score
from mainstay.evaluation.models.score_model import Criterion, ScoreModel

__all__ = ["Criterion", "Score", "ScoreModel"]
