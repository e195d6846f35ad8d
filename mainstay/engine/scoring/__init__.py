"""Scoring: how much a project is worth by stated criteria with fixed anchors.

Nouns: Criterion, Scores. Verbs: weighted_score, wsjf, rice. Arrays of projects in, arrays out.
It must not know where values come from or what a score is used for.
"""

from mainstay.engine.scoring.frameworks import rice, wsjf
from mainstay.engine.scoring.weighted import Criterion, Scores, weighted_score

__all__ = ["Criterion", "Scores", "rice", "weighted_score", "wsjf"]
