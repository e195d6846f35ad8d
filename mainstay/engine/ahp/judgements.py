"""Pairwise judgements of one person or a group: how many times as important one item is as another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]

CLOSE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Judgements:
    """A reciprocal matrix of judgements.

    ratios: (n, n), ratios[i, j] says how many times as important i is as j, ratios[j, i] is its inverse, 1 stands on
    the diagonal and NaN where a pair was not judged. names: (n,) what is compared, for messages; else "1", "2", ...

    Raises ValueError for another shape, ratios that are not positive or not each other's inverse, a name too few.
    """

    ratios: Floats
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        ratios = np.array(self.ratios, dtype=np.float64)
        if ratios.ndim != 2 or ratios.shape[0] != ratios.shape[1] or not len(ratios):
            raise ValueError("Judgements are a square matrix.")
        known = ~np.isnan(ratios)
        if (known != known.T).any() or not known.diagonal().all():
            raise ValueError("A judgement and its inverse are given or missing together.")
        if not (np.isfinite(ratios[known]) & (ratios[known] > 0)).all():
            raise ValueError("A judgement is a positive ratio.")
        if (np.abs(ratios * ratios.T - 1)[known] > CLOSE).any():
            raise ValueError("The judgement of j over i is the inverse of the judgement of i over j.")
        ratios.setflags(write=False)
        object.__setattr__(self, "ratios", ratios)
        names = tuple(self.names) or tuple(str(number + 1) for number in range(len(ratios)))
        if len(names) != len(ratios):
            raise ValueError("There is one name for each item.")
        object.__setattr__(self, "names", names)

    def __len__(self) -> int:
        return len(self.names)

    @property
    def known(self) -> Booleans:
        """(n, n) which pairs were judged; the diagonal always is."""
        return ~np.isnan(self.ratios)

    @property
    def missing(self) -> int:
        """How many pairs were not judged."""
        return int((~self.known).sum()) // 2

    def without(self, first: int, second: int) -> Judgements:
        """The same without the judgement of one pair."""
        return self.changed(first, second, np.nan)

    def changed(self, first: int, second: int, ratio: float) -> Judgements:
        """The same with another ratio for one pair."""
        ratios = self.ratios.copy()
        ratios[first, second], ratios[second, first] = ratio, 1 / ratio
        return Judgements(ratios, self.names)


def judgements(names: tuple[str, ...] | int, pairs: Mapping[tuple[int, int], float]) -> Judgements:
    """Judgements from single answers: (i, j) to how many times as important i is as j, counted from 0.

    names: what is compared, or how many there are. Pairs that are not given are missing.
    Raises ValueError for a pair outside the items, a pair with itself, and ratios that are not positive.

    >>> judgements(2, {(0, 1): 4.0}).ratios.tolist()
    [[1.0, 4.0], [0.25, 1.0]]
    """
    size = names if isinstance(names, int) else len(names)
    ratios = np.where(np.eye(size, dtype=bool), 1.0, np.nan)
    for (first, second), ratio in pairs.items():
        if first == second or not (0 <= first < size and 0 <= second < size):
            raise ValueError("A judgement compares two different items.")
        if not ratio > 0:
            raise ValueError("A judgement is a positive ratio.")
        ratios[first, second], ratios[second, first] = ratio, 1 / ratio
    return Judgements(ratios, () if isinstance(names, int) else names)


def judgements_from_upper(upper: ArrayLike, names: tuple[str, ...] = ()) -> Judgements:
    """Judgements from the upper triangle read row by row: (n (n - 1) / 2,) ratios, NaN for a missing one.

    Raises ValueError when the number of ratios fits no n.

    >>> judgements_from_upper([3, 5, 2]).ratios[0].tolist()
    [1.0, 3.0, 5.0]
    """
    given = np.asarray(upper, dtype=np.float64)
    size = (1 + round((1 + 8 * len(given)) ** 0.5)) // 2
    if given.ndim != 1 or size * (size - 1) // 2 != len(given):
        raise ValueError("The upper triangle of n items has n (n - 1) / 2 ratios.")
    ratios = np.eye(size)
    rows, columns = np.triu_indices(size, 1)
    ratios[rows, columns], ratios[columns, rows] = given, 1 / given
    return Judgements(ratios, names)


def order_of_questions(size: int) -> list[tuple[int, int]]:
    """Every pair of items once, in an order in which any first part asks about all items about equally often.

    The first n - 1 questions already connect all items, so weights exist from there on (see `weigh`).

    >>> order_of_questions(4)
    [(0, 1), (1, 2), (2, 3), (0, 3), (0, 2), (1, 3)]
    """
    pairs = [(first, (first + step) % size) for step in range(1, size // 2 + 1) for first in range(size)]
    return list(dict.fromkeys((min(pair), max(pair)) for pair in pairs))
