"""Learning: whether the way projects are scored foretells what they bring, and which weights would do better.

Nouns: Prediction, Correlation, Suggestion, Basis. Verbs: prediction, by_criterion, suggest_weights. Everything
comes with its uncertainty, few cases say so, and nothing is changed by itself: a person decides. It must not know
what the criteria are called.
"""

from mainstay.engine.learning.ranks import Correlation, Prediction, by_criterion, prediction
from mainstay.engine.learning.weights import Basis, Suggestion, suggest_weights

__all__ = [
    "Basis",
    "Correlation",
    "Prediction",
    "Suggestion",
    "by_criterion",
    "prediction",
    "suggest_weights",
]
