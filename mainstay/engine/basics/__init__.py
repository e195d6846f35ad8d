"""Periods that every other technique counts in."""

from mainstay.engine.basics.periods import months_between, quarters_of

__all__ = ["months_between", "quarters_of"]
