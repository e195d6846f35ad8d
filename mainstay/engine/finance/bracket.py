"""Sums of exponentials by row: where their zeros can lie, their signs, and the zero between two points."""

from __future__ import annotations

from dataclasses import dataclass, replace

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

    gains, losses: (rows, some) the positive terms and the negative ones turned positive, of the columns gain_columns
    and loss_columns; there are none elsewhere. times: (terms,) rising. first, last: (rows,) places of the first and
    the last term that is not zero, with their signs. even: whether the times are 0, 1, 2, ...

    Values are compared as the logarithms of gains and losses: their difference has the sign of f, is nearly straight,
    and loses no small terms.
    """

    gains: Floats
    losses: Floats
    gain_columns: slice
    loss_columns: slice
    times: Floats
    first: Places
    last: Places
    first_sign: Floats
    last_sign: Floats
    even: bool

    @staticmethod
    def of(coefficients: Floats, times: Floats) -> Sums:
        """The sums with coefficients of shape (rows, terms)."""
        gained, lost = coefficients > 0, coefficients < 0
        gain_columns, loss_columns = _span(gained), _span(lost)
        losses = np.minimum(coefficients[:, loss_columns], 0)
        some = gained | lost
        first = np.argmax(some, axis=1)
        last = len(times) - 1 - np.argmax(some[:, ::-1], axis=1)
        rows = np.arange(len(coefficients))
        return Sums(
            gains=np.maximum(coefficients[:, gain_columns], 0),
            losses=np.negative(losses, out=losses),
            gain_columns=gain_columns,
            loss_columns=loss_columns,
            times=times,
            first=first,
            last=last,
            first_sign=np.sign(coefficients[rows, first]),
            last_sign=np.sign(coefficients[rows, last]),
            even=bool((times == np.arange(len(times))).all()),
        )

    def rows(self, places: Places) -> Sums:
        """The same for some of the rows, which may repeat."""
        if len(places) == len(self.gains) and (places == np.arange(len(places))).all():
            return self
        return replace(
            self,
            gains=self.gains[places],
            losses=self.losses[places],
            first=self.first[places],
            last=self.last[places],
            first_sign=self.first_sign[places],
            last_sign=self.last_sign[places],
        )

    def bounds(self) -> tuple[Floats, Floats]:
        """Two points for each row outside which the first or the last term outweighs all others."""
        rows, times = np.arange(len(self.gains)), self.times
        sizes = np.zeros((len(rows), len(times)))
        sizes[:, self.gain_columns] += self.gains
        sizes[:, self.loss_columns] += self.losses
        whole = sizes.sum(axis=1)
        first, last = sizes[rows, self.first], sizes[rows, self.last]
        with np.errstate(divide="ignore"):
            down = np.log(first / (whole - first)) / (times[self.first + 1] - times[self.first])
            up = np.log((whole - last) / last) / (times[self.last] - times[self.last - 1])
        return np.minimum(down, 0) - NOISE * (1 + np.abs(down)), np.maximum(up, 0) + NOISE * (1 + np.abs(up))

    def sign(self, x: Floats) -> Floats:
        """The sign of f at one point for each row; 0 where it cannot be told from zero."""
        powers = self._powers(x)
        gain = np.vecdot(self.gains, powers[:, self.gain_columns])
        loss = np.vecdot(self.losses, powers[:, self.loss_columns])
        difference = gain - loss
        return np.asarray(np.where(np.abs(difference) <= NOISE * (gain + loss), 0.0, np.sign(difference)))

    def difference(self, x: Floats) -> tuple[Floats, Floats]:
        """log(gains) - log(losses) at one point for each row, and its slope."""
        powers = self._powers(x)
        weights = np.column_stack([np.ones(len(self.times)), self.times])
        gain = (self.gains * powers[:, self.gain_columns]) @ weights[self.gain_columns]
        loss = (self.losses * powers[:, self.loss_columns]) @ weights[self.loss_columns]
        return np.log(gain[:, 0] / loss[:, 0]), gain[:, 1] / gain[:, 0] - loss[:, 1] / loss[:, 0]

    def on_grid(self, grid: Floats) -> Floats:
        """gains / losses of each row at each point of a grid within the safe range, (rows, points)."""
        powers = np.exp(self.times[:, None] * grid)
        ratio = self.gains @ powers[self.gain_columns]
        ratio /= self.losses @ powers[self.loss_columns]
        return np.asarray(ratio)

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


def _span(wanted: Booleans) -> slice:
    """The columns from the first to the last that has any of what is wanted."""
    columns = np.flatnonzero(wanted.any(axis=0))
    return slice(int(columns[0]), int(columns[-1]) + 1)


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
        if 2 * np.count_nonzero(done) > len(done):  # copying the rest pays
            search = search.without(done)
    return answer


@dataclass(slots=True)
class _Search:
    """Rows whose zero is being narrowed down, with their brackets; those that have arrived stay where they are."""

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
        stays = (difference == 0) | (self.moved == 0)
        new = np.where(stays, self.x, new)
        before, moved = self.moved, np.abs(new - self.x)
        self.x = new
        done = stays | self._arrived(moved, before, newton)
        self.moved = np.where(done, 0.0, moved)
        return np.asarray(done)

    def _arrived(self, moved: Floats, before: Floats, newton: Booleans) -> Booleans:
        """Whether the next step would be lost in rounding: those of Newton shrink with their squares."""
        size = 1 + np.abs(self.x)
        settled = newton & (moved <= NEAR * size) & (moved**3 <= NOISE * size * before**2)
        return np.asarray(settled | (self.high - self.low <= NOISE * size))

    def without(self, done: Booleans) -> _Search:
        """The search for the rows that have not arrived."""
        on = np.flatnonzero(~done)
        fields = (self.x[on], self.low[on], self.high[on], self.high_sign[on], self.moved[on])
        return _Search(self.sums.rows(on), self.places[on], *fields)
