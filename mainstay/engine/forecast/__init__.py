"""Forecast: what work will come to in money and time, with a range instead of one number.

Nouns: Range (P10, P50, P80, P90), History (how the rest came out against how it was foreseen), Way. Verbs:
from_history, total_from_history, tried; from_simulation, total_from_simulation; finish_range. The forecasts
themselves are those of `evm`. What is spent is certain; only the rest varies. It must not know where history is
kept.
"""

from mainstay.engine.forecast.finish import finish_range
from mainstay.engine.forecast.history import History, Way, from_history, total_from_history, tried
from mainstay.engine.forecast.range import Range, from_simulation, total_from_simulation

__all__ = [
    "History",
    "Range",
    "Way",
    "finish_range",
    "from_history",
    "from_simulation",
    "total_from_history",
    "total_from_simulation",
    "tried",
]
