"""Spans of days cut at the edges of periods, and the working hours inside by sums up to a day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Spans cut at the edges of periods; arrays of (pieces,).

    span: which span a piece is of; period: the period it lies in; first and after: its first day and the day after
    its last. The pieces of a span follow one another; what lies outside all periods has none.
    """

    span: Integers
    period: Integers
    first: Integers
    after: Integers


def cut(first: Integers, after: Integers, edges: Integers) -> Pieces:
    """Cut spans from `first` (spans,) to before `after` (spans,) at `edges` (periods + 1,)."""
    period_of = np.repeat(np.arange(len(edges) - 1), np.diff(edges))
    low, high = np.maximum(first, edges[0]), np.minimum(after, edges[-1])
    known = np.flatnonzero(low < high)
    begins, ends = period_of[low[known]], period_of[high[known] - 1]
    counts = ends - begins + 1
    span = np.repeat(known, counts)
    before = np.cumsum(counts) - counts
    period = np.arange(len(span)) + np.repeat(begins - before, counts)
    return Pieces(span, period, np.maximum(low[span], edges[period]), np.minimum(high[span], edges[period + 1]))


class RunningHours:
    """Working hours of rows up to a day; days outside count with the mean of their row."""

    def __init__(self, day_hours: Floats) -> None:
        rows, self._days = day_hours.shape
        self._sums = np.zeros((rows, self._days + 1))
        np.cumsum(day_hours, axis=1, out=self._sums[:, 1:])
        self._mean = self._sums[:, -1] / self._days

    def between(self, row: Integers, first: Integers, after: Integers) -> Floats:
        """(spans,) the hours of a row (spans,) from a day (spans,) to before another (spans,)."""
        return self._until(row, after) - self._until(row, first)

    def _until(self, row: Integers, day: Integers) -> Floats:
        inside = np.clip(day, 0, self._days)
        sums = self._sums[row, inside]
        outside = day - inside
        return sums + outside * self._mean[row] if outside.any() else sums


def whole_numbers(given: ArrayLike, what: str) -> Integers:
    """The numbers as a vector of whole numbers; raises ValueError naming `what` they are when they are none."""
    numbers = np.atleast_1d(np.asarray(given))
    if numbers.size == 0:
        return np.empty(0, dtype=np.int64)
    if numbers.ndim != 1 or not np.issubdtype(numbers.dtype, np.integer):
        raise ValueError(f"{what} are whole numbers in one row.")
    return numbers.astype(np.int64)


def hours_table(given: ArrayLike, what: str) -> Floats:
    """The hours as a table (rows, columns); raises ValueError naming `what` they are when below zero or unknown."""
    hours = np.asarray(given, dtype=np.float64)
    if hours.ndim != 2 or not np.isfinite(hours).all() or (hours < 0).any():
        raise ValueError(f"{what} are a table of known hours, none below zero.")
    return hours
