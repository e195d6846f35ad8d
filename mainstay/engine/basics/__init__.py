"""Periods that every other technique counts in, and curves over them."""

from mainstay.engine.basics.curves import Curve, spread
from mainstay.engine.basics.periods import months_between, quarters_of

__all__ = ["Curve", "months_between", "quarters_of", "spread"]
