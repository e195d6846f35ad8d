"""The nouns of value."""

from mainstay.value.models.currency import Currency, ExchangeRate
from mainstay.value.models.fund import CostNature, Envelope, Fund

__all__ = ["CostNature", "Currency", "Envelope", "ExchangeRate", "Fund"]
