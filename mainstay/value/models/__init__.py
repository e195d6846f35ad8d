"""The nouns of value."""

from mainstay.value.models.currency import Currency, ExchangeRate

__all__ = ["Currency", "ExchangeRate"]
