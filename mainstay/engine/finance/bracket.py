"""Sums of exponentials by row: where their zeros can lie, their signs, and the zero between two points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NOISE = 64 * float(np.finfo(np.float64).eps)
NEAR = 1e-11  # a step of Newton this small leaves an error of its square
USUAL = -0.1  # about 10 %, where most rates lie
MOST_STEPS = 200


class Sums:
    """Rows of f(x) = sum of c_i e^(t_i x), with at least one change of sign in each row.

    Values are compared as the logarithms of the sum of the positive and of the negative terms: their difference has
    the sign of f, is nearly straight, and neither overflows nor loses small terms.
    """

    def __init__(self, coefficients: Floats, times: Floats) -> None:
        self.coefficients = coefficients
        self.times = times
        some = coefficients != 0
        rows = np.arange(len(coefficients))
        self._first = np.argmax(some, axis=1)
        self._last = some.shape[1] - 1 - np.argmax(some[:, ::-1], axis=1)
        self._first_time = times[rows, self._first]
        self._last_time = times[rows, self._last]
        self.first_sign = np.sign(coefficients[rows, self._first])
        self.last_sign = np.sign(coefficients[rows, self._last])
        self._gains = np.maximum(coefficients, 0)
        self._losses = self._gains - coefficients

    def rows(self, places: NDArray[np.intp]) -> Sums:
        """The same for some of the rows, which may repeat."""
        if len(places) == len(self.times) and (places == np.arange(len(places))).all():
            return self
        return Sums(self.coefficients[places], self.times[places])

    def bounds(self) -> tuple[Floats, Floats]:
        """Two points for each row outside which the first or the last term outweighs all others."""
        rows = np.arange(len(self.coefficients))
        sizes = np.abs(self.coefficients)
        whole = sizes.sum(axis=1)
        first, last = sizes[rows, self._first], sizes[rows, self._last]
        with np.errstate(divide="ignore"):
            down = np.log(first / (whole - first)) / (self.times[rows, self._first + 1] - self._first_time)
            up = np.log((whole - last) / last) / (self._last_time - self.times[rows, self._last - 1])
        return np.minimum(down, 0) - NOISE * (1 + np.abs(down)), np.maximum(up, 0) + NOISE * (1 + np.abs(up))

    def sign(self, x: Floats) -> Floats:
        """The sign of f at one point for each row; 0 where it cannot be told from zero."""
        powers = self._powers(x)
        gains, losses = np.vecdot(self._gains, powers), np.vecdot(self._losses, powers)
        difference = gains - losses
        return np.asarray(np.where(np.abs(difference) <= NOISE * (gains + losses), 0.0, np.sign(difference)))

    def difference(self, x: Floats) -> tuple[Floats, Floats]:
        """log(positive terms) - log(negative terms) at one point for each row, and its slope."""
        powers = self._powers(x)
        gains, losses = self._gains * powers, self._losses * powers
        gain, loss = gains.sum(axis=1), losses.sum(axis=1)
        slope = np.vecdot(gains, self.times) / gain - np.vecdot(losses, self.times) / loss
        return np.log(gain / loss), slope

    def _powers(self, x: Floats) -> Floats:
        """e^(t_i x), scaled for each row so that its greatest term is 1."""
        exponents = self.times * x[:, None]
        exponents -= np.maximum(x * self._first_time, x * self._last_time)[:, None]
        np.minimum(exponents, 0, out=exponents)
        return np.exp(exponents, out=exponents)


def zero_between(sums: Sums, low: Floats, high: Floats, high_sign: Floats) -> Floats:
    """The zero of each row between two points at which f has opposite signs: Newton's method kept in its bracket.

    high_sign: the sign of f at `high`. A step that leaves the bracket, or is more than half of the step before it,
    is replaced by halving the bracket; so the zero is always found.
    """
    answer = np.clip(np.full(len(low), USUAL), low, high)
    answer = np.where((answer == low) | (answer == high), (low + high) / 2, answer)
    search = _Search(sums, np.arange(len(low)), answer.copy(), low, high, high_sign, high - low)
    for _ in range(MOST_STEPS):
        if not len(search.places):
            break
        done = search.step()
        answer[search.places] = search.x
        search = search.without(done)
    return answer


@dataclass(slots=True)
class _Search:
    """The rows whose zero is still being narrowed down, with their brackets."""

    sums: Sums
    places: NDArray[np.intp]
    x: Floats
    low: Floats
    high: Floats
    high_sign: Floats
    moved: Floats

    def step(self) -> NDArray[np.bool_]:
        """Move every row once; which of them have arrived."""
        with np.errstate(divide="ignore", invalid="ignore"):
            difference, slope = self.sums.difference(self.x)
            aim = self.x - difference / slope
        above = np.sign(difference) == self.high_sign
        self.high = np.where(above, self.x, self.high)
        self.low = np.where(above, self.low, self.x)
        newton = (aim >= self.low) & (aim <= self.high) & (np.abs(aim - self.x) <= self.moved / 2)
        new = np.where(newton, aim, (self.low + self.high) / 2)
        new = np.where(difference == 0, self.x, new)
        self.moved = np.abs(new - self.x)
        self.x = new
        size = 1 + np.abs(new)
        return np.asarray(
            (newton & (self.moved <= NEAR * size)) | (self.high - self.low <= NOISE * size) | (difference == 0)
        )

    def without(self, done: NDArray[np.bool_]) -> _Search:
        """The search for the rows that have not arrived; rows are only copied when it saves work."""
        if not done.any():
            return self
        on = np.flatnonzero(~done)
        fields = (self.x[on], self.low[on], self.high[on], self.high_sign[on], self.moved[on])
        return _Search(self.sums.rows(on), self.places[on], *fields)
