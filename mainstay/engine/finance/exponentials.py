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

from mainstay.engine.finance.bracket import SAFE, Sums, zero_between

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]
Places = NDArray[np.intp]

ROWS_AT_ONCE = 2048
GRID = -np.log1p(np.array([4.0, 2.0, 1.2, 0.8, 0.6, *np.arange(0.5, -0.24, -0.025), -0.3, -0.4, -0.5, -0.7]))
GRID_REACH = float(np.abs(GRID).max())


def sign_changes(coefficients: Floats) -> Integers:
    """How often the sign changes along each row, zeros skipped; (rows, terms) to (rows,)."""
    return np.asarray(np.count_nonzero(_changes(coefficients), axis=1), dtype=np.int64)


def zeros(coefficients: Floats, times: Floats, counts: Integers) -> Floats:
    """All real zeros by row, falling in x, (rows, most zeros of a row), NaN where a row has fewer.

    coefficients: (rows, terms). times: (terms,), rising. counts: (rows,) the changes of sign.
    A zero at which f touches the axis without crossing it counts once.
    """
    found = np.full((len(coefficients), int(counts.max(initial=0))), np.nan)
    for changes in range(1, found.shape[1] + 1):
        places = np.flatnonzero(counts == changes)
        for start in range(0, len(places), ROWS_AT_ONCE):
            some = places[start : start + ROWS_AT_ONCE]
            found[some, :changes] = _zeros_of_alike(coefficients[some], times, changes)
    if found.shape[1] < 2:
        return found
    found = -np.sort(-found, axis=1)
    return found[:, : int((~np.isnan(found)).sum(axis=1).max(initial=0))]


def _zeros_of_alike(coefficients: Floats, times: Floats, changes: int) -> Floats:
    """Zeros of rows that all have this many changes of sign, (rows, changes), NaN where there are fewer."""
    steps = [coefficients]
    for _ in range(changes - 1):
        steps.append(_with_one_change_less(steps[-1], times))
    separators = np.empty((len(coefficients), 0))
    for step in reversed(steps):
        separators = _zeros_between(Sums.of(step, times), separators)
    return separators


def _with_one_change_less(coefficients: Floats, times: Floats) -> Floats:
    """The coefficients of the derivative of f e^(-kx), with k at the first change of sign."""
    after = np.argmax(_changes(coefficients), axis=1) + 1
    middle = (times[after - 1] + times[after]) / 2
    lower = coefficients * (times - middle[:, None])
    return np.asarray(lower / np.abs(lower).max(axis=1, keepdims=True))


def _zeros_between(sums: Sums, separators: Floats) -> Floats:
    """The zeros of f, given points (rows, some; NaN for none) between which it has at most one each.

    Where f is zero at a separator, but for rounding, that is where it touches the axis.
    """
    inner = np.sort(np.where(np.isnan(separators), np.inf, separators), axis=1)
    far = np.full((len(inner), 1), np.inf)
    ends = np.hstack([-far, inner, far])
    signs = np.repeat(sums.last_sign[:, None], ends.shape[1], axis=1)
    signs[:, 0] = sums.first_sign
    for place in range(inner.shape[1]):
        rows = np.flatnonzero(np.isfinite(inner[:, place]))
        signs[rows, place + 1] = sums.rows(rows).sign(inner[rows, place])
    found = np.full((len(inner), ends.shape[1] - 1), np.nan)
    rows, pieces = np.nonzero(signs[:, :-1] * signs[:, 1:] < 0)
    found[rows, pieces] = _zeros_in(sums, rows, ends[rows, pieces], ends[rows, pieces + 1], signs[rows, pieces + 1])
    touched = (signs[:, 1:-1] == 0) & np.isnan(found[:, :-1])
    found[:, :-1][touched] = inner[touched]
    return found


def _zeros_in(sums: Sums, rows: Places, low: Floats, high: Floats, high_sign: Floats) -> Floats:
    """The one zero of some rows between two points, which may be infinite: looked up on a grid, then made exact."""
    grid = GRID if GRID_REACH * sums.times[-1] <= SAFE else GRID[:0]
    some, ratio = sums.rows(rows), sums.on_grid(grid)
    ratio = ratio if some is sums else ratio[rows]
    before = (ratio > 1) != (high_sign > 0)[:, None]
    if np.isfinite(low).any() or np.isfinite(high).any():
        before &= (grid > low[:, None]) & (grid < high[:, None])
    place = np.searchsorted(grid, low, side="right") + np.count_nonzero(before, axis=1)
    edges = np.concatenate([[-np.inf], grid, [np.inf]])
    low, high = np.maximum(low, edges[place]), np.minimum(high, edges[place + 1])
    start = _between_three(grid, ratio, place)
    beyond = np.flatnonzero(np.isinf(low) | np.isinf(high))
    if len(beyond):
        bounds = some.rows(beyond).bounds()
        low[beyond], high[beyond] = np.maximum(low[beyond], bounds[0]), np.minimum(high[beyond], bounds[1])
    return zero_between(some, low, high, high_sign, start)


def _between_three(grid: Floats, ratio: Floats, place: Places) -> Floats:
    """Where log(ratio) is about zero between the points before and at a place: inverse quadratic interpolation.

    NaN where the place is at an end of the grid.
    """
    start = np.full(len(place), np.nan)
    rows = np.flatnonzero((place > 0) & (place < len(grid)))
    right = place[rows]
    points = np.array([right - 1, right, np.where(right + 1 < len(grid), right + 1, right - 2)])
    first, second, third = np.log(ratio[rows, points])
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = [
            second * third / ((first - second) * (first - third)),
            first * third / ((second - first) * (second - third)),
            first * second / ((third - first) * (third - second)),
        ]
        start[rows] = (grid[points] * shares).sum(axis=0)
    return start


def _changes(coefficients: Floats) -> Booleans:
    """Where the next coefficient has another sign than the last before it that is not zero, (rows, terms - 1)."""
    negative = coefficients < 0
    if not coefficients.all():
        gaps = np.flatnonzero((coefficients == 0).any(axis=1))
        negative[gaps] = _filled(negative[gaps], coefficients[gaps] != 0)
    return np.asarray(negative[:, 1:] != negative[:, :-1])


def _filled(negative: Booleans, known: Booleans) -> Booleans:
    """Signs with those of zeros taken from the last coefficient before them, or from the first one after."""
    places = np.where(known, np.arange(known.shape[1]), 0)
    np.maximum.accumulate(places, axis=1, out=places)
    filled = np.take_along_axis(negative, places, axis=1)
    first = np.argmax(known, axis=1)
    leading = np.arange(known.shape[1]) < first[:, None]
    return np.where(leading, negative[np.arange(len(first)), first][:, None], filled)
