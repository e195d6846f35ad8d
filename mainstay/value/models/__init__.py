"""The nouns of value."""

from mainstay.value.models.benefit import (
    Benefit,
    BenefitKind,
    BenefitNeed,
    BenefitReading,
    Confidence,
    Profile,
)
from mainstay.value.models.currency import Currency, ExchangeRate
from mainstay.value.models.fund import CostNature, Envelope, Fund
from mainstay.value.models.survey import Question, Survey, When

__all__ = [
    "Benefit",
    "BenefitKind",
    "BenefitNeed",
    "BenefitReading",
    "Confidence",
    "CostNature",
    "Currency",
    "Envelope",
    "ExchangeRate",
    "Fund",
    "Profile",
    "Question",
    "Survey",
    "When",
]
