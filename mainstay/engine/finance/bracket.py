"""Sums of exponentials by row: where their zeros can lie, their signs, and the zero between two points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = NDArray[np.intp]
Booleans = NDArray[np.bool_]

NOISE = 64 * float(np.finfo(np.float64).eps)
NEAR = 1e-5
MOST_STEPS = 200
SAFE = 600.0  # e to this power is still a number, and so is its inverse


@dataclass(frozen=True, slots=True, eq=False)
class Sums:
    """Rows of f(x) = sum of c_i e^(t_i x), with at least one change of sign in each row.

    gains, losses: (rows, terms) the positive terms and the negative ones turned positive. times: (terms,) rising.
    first, last: (rows,) places of the first and the last term that is not zero, with their signs.
    even: whether the times are 0, 1, 2, ...

    Values are compared as the logarithms of gains and losses: their difference has the sign of f, is nearly straight,
    and loses no small terms.
    """

    gains: Floats
    losses: Floats
    times: Floats
    first: Places
    last: Places
    first_sign: Floats
    last_sign: Floats
    even: bool

    @staticmethod
    def of(coefficients: Floats, times: Floats) -> Sums:
        """The sums with coefficients of shape (rows, terms)."""
        gains = np.maximum(coefficients, 0)
        some = coefficients != 0
        rows = np.arange(len(coefficients))
        first = np.argmax(some, axis=1)
        last = len(times) - 1 - np.argmax(some[:, ::-1], axis=1)
        signs = np.sign(coefficients[rows, first]), np.sign(coefficients[rows, last])
        return Sums(
            gains, gains - coefficients, times, first, last, *signs, bool((times == np.arange(len(times))).all())
        )

    def rows(self, places: Places) -> Sums:
        """The same for some of the rows, which may repeat."""
        if len(places) == len(self.gains) and (places == np.arange(len(places))).all():
            return self
        ends = self.first[places], self.last[places], self.first_sign[places], self.last_sign[places]
        return Sums(self.gains[places], self.losses[places], self.times, *ends, self.even)

    def bounds(self) -> tuple[Floats, Floats]:
        """Two points for each row outside which the first or the last term outweighs all others."""
        rows, times = np.arange(len(self.gains)), self.times
        sizes = self.gains + self.losses
        whole = sizes.sum(axis=1)
        first, last = sizes[rows, self.first], sizes[rows, self.last]
        with np.errstate(divide="ignore"):
            down = np.log(first / (whole - first)) / (times[self.first + 1] - times[self.first])
            up = np.log((whole - last) / last) / (times[self.last] - times[self.last - 1])
        return np.minimum(down, 0) - NOISE * (1 + np.abs(down)), np.maximum(up, 0) + NOISE * (1 + np.abs(up))

    def sign(self, x: Floats) -> Floats:
        """The sign of f at one point for each row; 0 where it cannot be told from zero."""
        powers = self._powers(x)
        gain, loss = np.vecdot(self.gains, powers), np.vecdot(self.losses, powers)
        difference = gain - loss
        return np.asarray(np.where(np.abs(difference) <= NOISE * (gain + loss), 0.0, np.sign(difference)))

    def difference(self, x: Floats) -> tuple[Floats, Floats]:
        """log(gains) - log(losses) at one point for each row, and its slope."""
        powers = self._powers(x)
        weights = np.column_stack([np.ones(len(self.times)), self.times])
        gain = (self.gains * powers) @ weights
        powers *= self.losses
        loss = powers @ weights
        return np.log(gain[:, 0] / loss[:, 0]), gain[:, 1] / gain[:, 0] - loss[:, 1] / loss[:, 0]

    def on_grid(self, grid: Floats) -> Floats:
        """gains / losses of each row at each point of a grid within the safe range, (rows, points)."""
        powers = np.exp(self.times[:, None] * grid)
        return np.asarray((self.gains @ powers) / (self.losses @ powers))

    def _powers(self, x: Floats) -> Floats:
        """e^(t_i x), for each row scaled so that its greatest term is 1 where the range of numbers might not do."""
        is_safe = np.abs(x).max(initial=0) * self.times[-1] <= SAFE
        if is_safe and self.even:
            return _whole_powers(np.exp(x), len(self.times))
        exponents = x[:, None] * self.times
        if not is_safe:
            exponents -= np.maximum(x * self.times[self.first], x * self.times[self.last])[:, None]
            np.minimum(exponents, 0, out=exponents)
        return np.exp(exponents, out=exponents)


def _whole_powers(base: Floats, count: int) -> Floats:
    """base^0, base^1, ... of each row, (rows, count), by doubling what is there: much quicker than exponentials."""
    powers = np.empty((len(base), count))
    powers[:, 0] = 1
    done = 1
    while done < count:
        more = min(done, count - done)
        step = powers[:, done // 2] * base if done == 1 else powers[:, done // 2] ** 2
        np.multiply(powers[:, :more], step[:, None], out=powers[:, done : done + more])
        done += more
    return powers


def zero_between(sums: Sums, low: Floats, high: Floats, high_sign: Floats, start: Floats) -> Floats:
    """The zero of each row between two points at which f has opposite signs: Newton's method kept in its bracket.

    high_sign: the sign of f at `high`; start: where to begin. A step that leaves the bracket, or is more than half of
    the step before it, is replaced by halving the bracket; so the zero is always found.
    """
    answer = np.where((start > low) & (start < high), start, (low + high) / 2)
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
    places: Places
    x: Floats
    low: Floats
    high: Floats
    high_sign: Floats
    moved: Floats

    def step(self) -> Booleans:
        """Move every row once; which of them have arrived."""
        with np.errstate(divide="ignore", invalid="ignore"):
            difference, slope = self.sums.difference(self.x)
            aim = self.x - difference / slope
        above = np.sign(difference) == self.high_sign
        self.high = np.where(above, self.x, self.high)
        self.low = np.where(above, self.low, self.x)
        slack = NOISE * (1 + np.abs(self.x))  # the zero may be an end of the bracket
        newton = (aim >= self.low - slack) & (aim <= self.high + slack) & (np.abs(aim - self.x) <= self.moved / 2)
        new = np.where(newton, aim, (self.low + self.high) / 2)
        new = np.where(difference == 0, self.x, new)
        before, self.moved = self.moved, np.abs(new - self.x)
        self.x = new
        return np.asarray(self._arrived(before, newton) | (difference == 0))

    def _arrived(self, before: Floats, newton: Booleans) -> Booleans:
        """Whether the next step would be lost in rounding: those of Newton shrink with their squares."""
        size = 1 + np.abs(self.x)
        settled = newton & (self.moved <= NEAR * size) & (self.moved**3 <= NOISE * size * before**2)
        return np.asarray(settled | (self.high - self.low <= NOISE * size))

    def without(self, done: Booleans) -> _Search:
        """The search for the rows that have not arrived."""
        if not done.any():
            return self
        on = np.flatnonzero(~done)
        fields = (self.x[on], self.low[on], self.high[on], self.high_sign[on], self.moved[on])
        return _Search(self.sums.rows(on), self.places[on], *fields)
