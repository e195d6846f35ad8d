"""The inverted index: for each term the rows that have it, in four flat arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.similarity.vector import Vector

Booleans = NDArray[np.bool_]
Doubles = NDArray[np.float64]
Floats = NDArray[np.float32]
Ids = NDArray[np.uint32]
Rows = NDArray[np.int32]
Starts = NDArray[np.int64]

BLOCK = 1 << 20
"""Entries handled at once where temporary arrays would otherwise be as long as the index."""


@dataclass(frozen=True, slots=True)
class Index:
    """Vectors by term: the rows that have term `terms[i]` are `rows[starts[i]:starts[i + 1]]`, ascending.

    terms: (v,) sorted hashes. starts: (v + 1,). rows, weights: (entries,). size: number of rows.
    Memory: 8 bytes an entry and 12 bytes a term.
    """

    terms: Ids
    starts: Starts
    rows: Rows
    weights: Floats
    size: int

    @classmethod
    def of(cls, vectors: Sequence[Vector]) -> "Index":
        """The index of vectors, row by row in the order given."""
        terms = np.concatenate([np.empty(0, np.uint32), *(vector.ids for vector in vectors)])
        weights = np.concatenate([np.empty(0, np.float32), *(vector.weights for vector in vectors)])
        lengths = [len(vector.ids) for vector in vectors]
        rows = np.repeat(np.arange(len(vectors), dtype=np.int32), lengths)
        return _sorted(terms, rows, weights, len(vectors))

    def changed(self, kept: Booleans, fresh: "Index") -> "Index":
        """This index with the rows that are `kept` (size,), numbered anew, and those of another behind them."""
        number = (np.cumsum(kept) - 1).astype(np.int32)
        stays = kept[self.rows]
        terms = np.concatenate([self.entry_terms()[stays], fresh.entry_terms()])
        rows = np.concatenate([number[self.rows[stays]], fresh.rows + np.int32(kept.sum())])
        weights = np.concatenate([self.weights[stays], fresh.weights])
        return _sorted(terms, rows, weights, int(kept.sum()) + fresh.size)

    def entry_terms(self) -> Ids:
        """(entries,) the term of each entry."""
        return np.repeat(self.terms, np.diff(self.starts))

    def count(self, terms: Ids) -> Starts:
        """(k,) in how many rows each of the sorted terms is; 0 where it is in none."""
        place, known = self._places(terms)
        counts = np.zeros(len(terms), dtype=np.int64)
        counts[known] = np.diff(self.starts)[place]
        return counts

    def dots(self, terms: Ids, factors: Doubles) -> Doubles:
        """(size,) the sum over terms of factor times weight, for every row."""
        place, known = self._places(terms)
        starts, ends = self.starts[place], self.starts[place + 1]
        spans = [slice(start, end) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        if not spans:
            return np.zeros(self.size)
        rows = np.concatenate([self.rows[span] for span in spans])
        parts = np.concatenate([self.weights[span] for span in spans]) * np.repeat(factors[known], ends - starts)
        return np.bincount(rows, weights=parts, minlength=self.size)

    def norms(self, factors: Doubles) -> Doubles:
        """(size,) the length of each row after its weights are multiplied by one factor for each term (v,)."""
        squares = np.zeros(self.size)
        lengths = np.diff(self.starts)
        marks = np.searchsorted(self.starts, np.arange(0, len(self.rows) + BLOCK, BLOCK))
        for first, last in pairwise(np.minimum(marks, len(lengths)).tolist()):
            span = slice(self.starts[first], self.starts[last])
            weights = self.weights[span] * np.repeat(factors[first:last], lengths[first:last])
            squares += np.bincount(self.rows[span], weights=weights * weights, minlength=self.size)
        return np.sqrt(squares)

    def _places(self, terms: Ids) -> tuple[Starts, Booleans]:
        """Where the known ones of these terms are, and which are known."""
        place = np.searchsorted(self.terms, terms)
        known = place < len(self.terms)
        known[known] = self.terms[place[known]] == terms[known]
        return place[known], known


def _sorted(terms: Ids, rows: Rows, weights: Floats, size: int) -> Index:
    order = np.argsort(terms, kind="stable")
    terms = terms[order]
    starts = (
        np.flatnonzero(np.concatenate([[True], terms[1:] != terms[:-1]])) if len(terms) else np.empty(0, np.int64)
    )
    return Index(terms[starts], np.append(starts, len(terms)), rows[order], weights[order], size)
