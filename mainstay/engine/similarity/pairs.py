"""All pairs of rows above a threshold, found through the few rare terms that such a pair must share."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.similarity.index import Index

Doubles = NDArray[np.float64]
Floats = NDArray[np.float32]
Rows = NDArray[np.int32]
Whole = NDArray[np.int64]

DIGITS = 6
FRONT = 0.85
"""The longest tail as a share of the threshold: less makes longer fronts and fewer pairs to reckon in full."""
ROUNDING = 1e-6
"""What single precision may lose; every bound is wider by it."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that say nearly the same: their keys in order, score and shared terms as in a match."""

    first: str
    second: str
    score: float
    shared_terms: tuple[str, ...]


def above(
    index: Index, keys: Sequence[str], rarity: Doubles, threshold: float, limit: int
) -> list[tuple[str, str, float]]:
    """The pairs of keys with a cosine of at least the threshold, best first, then by key, at most `limit`.

    rarity: (v,) factor of each term of the index. Raises ValueError for a threshold outside 0 < t <= 1.

    Terms are put in one order, rare ones first, and each row is cut into a front and a tail that is shorter than a
    share of the threshold. Rows that share no front term stay below the threshold. For the others the product p of
    their fronts is exact up to the earlier cut, and what is behind it adds at most u sqrt(1 - p^2 / (1 - v^2)), with
    u the longer and v the shorter tail; only pairs that can still pass are reckoned in full. Source: prefix
    filtering, Bayardo, Ma and Srikant, Scaling up all pairs similarity search (2007); the bound is that of Cauchy
    and Schwarz.
    """
    if not 0 < threshold <= 1:
        raise ValueError("A threshold lies above 0 and is at most 1.")
    table = _Table(index, keys, rarity)
    found = heapq.nsmallest(limit, _pairs(table, threshold), key=lambda pair: (-pair[2], pair[:2]))
    return [(one, other, score) for one, other, score in found]


def _pairs(table: "_Table", threshold: float) -> Iterator[tuple[str, str, float]]:
    leaders: list[int] = []
    for twins in table.twins():
        leaders.append(twins[0])
        yield from ((table.keys[twins[0]], table.keys[other], 1.0) for other in twins[1:])
    fronts = table.fronts(threshold * FRONT, np.array(leaders, dtype=np.int64))
    dense = np.zeros(table.width)
    for row in leaders:
        span = table.span(row)
        dense[table.terms[span]] = table.weights[span]
        for other in fronts.partners(row, threshold).tolist():
            score = table.product(dense, other)
            if score >= threshold:
                one, two = sorted((table.keys[row], table.keys[other]))
                yield one, two, score
        dense[table.terms[span]] = 0


class _Table:
    """The index by row: terms from rare to common and weights of length one."""

    def __init__(self, index: Index, keys: Sequence[str], rarity: Doubles) -> None:
        counts = np.diff(index.starts)
        self.keys, self.size, self.width = keys, index.size, len(counts)
        place = np.empty(self.width, dtype=np.int32)
        place[np.argsort(counts, kind="stable")] = np.arange(self.width, dtype=np.int32)
        terms = np.repeat(place, counts)
        order = np.lexsort((terms, index.rows))
        self.rows, self.terms = index.rows[order], terms[order]
        weights = (index.weights * np.repeat(rarity, counts))[order]
        lengths = np.sqrt(np.bincount(self.rows, weights=weights * weights, minlength=index.size))
        self.weights = (weights / lengths[self.rows]).astype(np.float32)
        self.starts = np.searchsorted(self.rows, np.arange(index.size + 1))

    def span(self, row: int) -> slice:
        """Where a row's entries are."""
        return slice(self.starts[row], self.starts[row + 1])

    def twins(self) -> list[list[int]]:
        """Rows that are the same, each group by key; rows without terms are in no group."""
        groups: dict[bytes, list[int]] = {}
        for row in sorted(range(self.size), key=self.keys.__getitem__):
            span = self.span(row)
            if span.start < span.stop:
                name = self.terms[span].tobytes() + self.weights[span].tobytes()
                groups.setdefault(name, []).append(row)
        return list(groups.values())

    def fronts(self, longest_tail: float, rows: Whole) -> "_Fronts":
        """The entries of these rows that stand before tails shorter than `longest_tail`."""
        before = np.concatenate([[0.0], np.cumsum(self.weights.astype(np.float64) ** 2)])
        used = before[:-1] - before[self.starts[self.rows]]
        kept = 1 - used >= longest_tail**2 - ROUNDING
        kept &= np.isin(self.rows, rows)
        return _Fronts(self.rows[kept], self.terms[kept], self.weights[kept], self.size, self.width)

    def product(self, dense: Doubles, row: int) -> float:
        """The cosine of this row with one that is spread out over all terms."""
        span = self.span(row)
        return min(1.0, round(float(dense[self.terms[span]] @ self.weights[span]), DIGITS))


class _Fronts:
    """The rare terms in front of every row, by row and by term, and how long the tails behind them are."""

    def __init__(self, rows: Rows, terms: Rows, weights: Floats, size: int, width: int) -> None:
        order = np.argsort(terms, kind="stable")
        self._terms, self._weights = terms, weights
        self._starts = np.searchsorted(rows, np.arange(size + 1))
        self._rows_by_term, self._weights_by_term = rows[order], weights[order]
        self._starts_by_term = np.searchsorted(terms[order], np.arange(width + 1))
        squares = np.bincount(rows, weights=weights.astype(np.float64) ** 2, minlength=size)
        self._tails = np.sqrt(np.clip(1 - squares, 0, 1))

    def partners(self, row: int, threshold: float) -> Whole:
        """Rows with a higher number whose cosine with this one may reach the threshold."""
        product = self._products(row)
        tails, tail = self._tails, self._tails[row]
        longer, shorter = np.maximum(tails, tail), np.minimum(tails, tail)
        left = 1 - product**2 / np.maximum(1 - shorter**2, ROUNDING)
        reach = product + longer * np.sqrt(np.clip(left, 0, 1))
        found = np.flatnonzero((product > 0) & (reach >= threshold - ROUNDING))
        return found[found > row]

    def _products(self, row: int) -> Doubles:
        """(size,) the product of this row's front with every front."""
        span = slice(self._starts[row], self._starts[row + 1])
        firsts, lasts = self._starts_by_term[self._terms[span]], self._starts_by_term[self._terms[span] + 1]
        spans = [slice(first, last) for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True)]
        rows = np.concatenate([self._rows_by_term[each] for each in spans])
        weights = np.concatenate([self._weights_by_term[each] for each in spans])
        parts = weights * np.repeat(self._weights[span], lasts - firsts)
        return np.bincount(rows, weights=parts, minlength=len(self._tails))
