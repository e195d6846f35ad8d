"""Risk: what threats and opportunities may cost, and how much to set aside.

Nouns: Exposure, Contingency. Verbs: expected_monetary_value, exposure, matrix_score, triage, pert, contingency,
contingency_of_samples, reference_class_uplift. Threats are positive, opportunities negative.
It must not know what the risks are about.
"""

from mainstay.engine.risk.contingency import (
    Contingency,
    contingency,
    contingency_of_samples,
    pert,
    reference_class_uplift,
)
from mainstay.engine.risk.exposure import Exposure, expected_monetary_value, exposure, matrix_score, triage

__all__ = [
    "Contingency",
    "Exposure",
    "contingency",
    "contingency_of_samples",
    "expected_monetary_value",
    "exposure",
    "matrix_score",
    "pert",
    "reference_class_uplift",
    "triage",
]
