"""Every real zero of f(x) = sum of c_i e^(t_i x), for many rows of coefficients at once.

With x = -log(1 + r) this is a net present value as a function of the rate, on any dates. Multiplying f by e^(-kx)
moves no zero; the derivative of the product has the coefficients c_i (t_i - k), so a k between two coefficients of
opposite sign takes away exactly that change of sign. Between two zeros of f lies one of the derivative. So a row with
v changes of sign is solved in v steps: the zeros of each step part the line into pieces in which the next has at most
one. Nothing is missed and nothing guessed. Source: the proof of Descartes' rule by Laguerre (1883).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.finance.bracket import Sums, zero_between

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

ROWS_AT_ONCE = 2048


def sign_changes(coefficients: Floats) -> Integers:
    """How often the sign changes along each row, zeros skipped; (rows, terms) to (rows,)."""
    return np.asarray(_changes(coefficients).sum(axis=1), dtype=np.int64)


def zeros(coefficients: Floats, times: Floats) -> Floats:
    """All real zeros by row, falling in x, (rows, most zeros of a row), NaN where a row has fewer.

    coefficients: (rows, terms). times: (1 or rows, terms), rising along the row.
    A zero at which f touches the axis without crossing it counts once.
    """
    counts = sign_changes(coefficients)
    spread = np.broadcast_to(times, coefficients.shape)
    found = np.full((len(coefficients), int(counts.max(initial=0))), np.nan)
    for changes in range(1, found.shape[1] + 1):
        places = np.flatnonzero(counts == changes)
        for start in range(0, len(places), ROWS_AT_ONCE):
            some = places[start : start + ROWS_AT_ONCE]
            found[some, :changes] = _zeros_of_alike(coefficients[some], spread[some], changes)
    found = -np.sort(-found, axis=1)
    return found[:, : int((~np.isnan(found)).sum(axis=1).max(initial=0))]


def _zeros_of_alike(coefficients: Floats, times: Floats, changes: int) -> Floats:
    """Zeros of rows that all have this many changes of sign, (rows, changes), NaN where there are fewer."""
    steps = [coefficients]
    for _ in range(changes - 1):
        steps.append(_with_one_change_less(steps[-1], times))
    separators = np.empty((len(coefficients), 0))
    for step in reversed(steps):
        separators = _zeros_between(Sums(step, times), separators)
    return separators


def _with_one_change_less(coefficients: Floats, times: Floats) -> Floats:
    """The coefficients of the derivative of f e^(-kx), with k at the first change of sign."""
    rows = np.arange(len(coefficients))
    after = np.argmax(_changes(coefficients), axis=1)
    middle = (times[rows, after - 1] + times[rows, after]) / 2
    lower = coefficients * (times - middle[:, None])
    return np.asarray(lower / np.abs(lower).max(axis=1, keepdims=True))


def _zeros_between(sums: Sums, separators: Floats) -> Floats:
    """The zeros of f, given points (rows, some; NaN for none) between which it has at most one each.

    Where f is zero at a separator, but for rounding, that is where it touches the axis.
    """
    low, high = sums.bounds()
    inner = np.sort(np.where(np.isnan(separators), high[:, None], separators), axis=1)
    inner = np.clip(inner, low[:, None], high[:, None])
    ends = np.column_stack([low, inner, high])
    inner_signs = np.column_stack([*(sums.sign(x) for x in inner.T), np.empty((len(low), 0))])
    inner_signs = np.where(inner == high[:, None], sums.last_sign[:, None], inner_signs)
    signs = np.column_stack([sums.first_sign, inner_signs, sums.last_sign])
    found = np.full((len(low), ends.shape[1] - 1), np.nan)
    rows, pieces = np.nonzero(signs[:, :-1] * signs[:, 1:] < 0)
    brackets = ends[rows, pieces], ends[rows, pieces + 1], signs[rows, pieces + 1]
    found[rows, pieces] = zero_between(sums.rows(rows), *brackets)
    touched = (signs[:, 1:-1] == 0) & np.isnan(found[:, :-1])
    found[:, :-1][touched] = inner[touched]
    return found


def _changes(coefficients: Floats) -> NDArray[np.bool_]:
    """Where a coefficient has another sign than the last one before it that is not zero."""
    signs = np.sign(coefficients)
    places = np.where(signs != 0, np.arange(signs.shape[1]), 0)
    np.maximum.accumulate(places, axis=1, out=places)
    filled = np.take_along_axis(signs, places, axis=1)
    changed = np.zeros(signs.shape, dtype=np.bool_)
    changed[:, 1:] = filled[:, 1:] * filled[:, :-1] < 0
    return changed
