"""A register's texts, ready to be asked which of them a new one resembles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.similarity import pairs
from mainstay.engine.similarity.index import Index
from mainstay.engine.similarity.pairs import Pair
from mainstay.engine.similarity.reading import words_of
from mainstay.engine.similarity.vector import BODY, TITLE, Reader, Text, Vector, word_id

Doubles = NDArray[np.float64]
Ids = NDArray[np.uint32]

CHANGES = 256
"""So many texts may be added or taken out before the index is sorted anew."""
SHARED_TERMS = 5
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Match:
    """A text that resembles the one asked about.

    score: cosine from 0 (nothing in common) to 1 (the same words), rounded to six digits.
    shared_terms: up to five whole words of both, as the match writes them, that carried most of the score.
    """

    key: str
    score: float
    shared_terms: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Corpus:
    """Texts with their index; never changed, `with_` and `without` give another one that shares what it can.

    Terms are weighed by rarity, log(1 + (n + 1) / (d + 1)) for a term that d of n texts have, always over exactly
    the texts that are in: the answer does not depend on the order in which they came or went.

    Source: Salton and Buckley, Term-weighting approaches in automatic text retrieval (1988), with logarithmic
    repetition and cosine; letter groups after Cavnar and Trenkle, N-gram-based text categorization (1994).

    >>> corpus = Corpus.of([Text("a", "Renew the flood walls"), Text("b", "Smart meters for the north")])
    >>> [(match.key, match.shared_terms) for match in corpus.nearest("Flod walls renewal", "", 1)]
    [('a', ('walls',))]
    """

    _texts: Mapping[str, Text]
    _keys: tuple[str, ...]
    _base: Index
    _fresh: Mapping[str, Vector]
    _gone: Mapping[int, Vector]

    @classmethod
    def of(cls, items: Iterable[Text]) -> "Corpus":
        """A corpus of these texts. Raises ValueError when two have the same key."""
        reader, texts, vectors = Reader(), dict[str, Text](), list[Vector]()
        for item in items:
            if item.key in texts:
                raise ValueError(f"Two texts have the key {item.key!r}.")
            texts[item.key] = item
            vectors.append(reader.vector(item.title, item.body))
        return cls(texts, tuple(texts), Index.of(vectors), {}, {})

    def __len__(self) -> int:
        """How many texts are in."""
        return len(self._texts)

    def __contains__(self, key: object) -> bool:
        """Whether a text with this key is in."""
        return key in self._texts

    def with_(self, item: Text) -> "Corpus":
        """The corpus with one text more, or with another text under a key that is in already."""
        left = self.without(item.key) if item.key in self._texts else self
        vector = Reader().vector(item.title, item.body)
        texts = {**left._texts, item.key: item}
        return Corpus(texts, left._keys, left._base, {**left._fresh, item.key: vector}, left._gone)._settled()

    def without(self, key: str) -> "Corpus":
        """The corpus without one text. Raises KeyError when none has this key."""
        text = self._texts[key]
        texts = {other: item for other, item in self._texts.items() if other != key}
        if key in self._fresh:
            fresh = {other: vector for other, vector in self._fresh.items() if other != key}
            return Corpus(texts, self._keys, self._base, fresh, self._gone)
        gone = {**self._gone, self._row[key]: Reader().vector(text.title, text.body)}
        return Corpus(texts, self._keys, self._base, self._fresh, gone)._settled()

    def nearest(self, title: str, body: str, limit: int, *, at_least: float = 0.1) -> list[Match]:
        """The `limit` texts most like this title and body with a score of `at_least`, best first, then by key.

        An empty question, or one that shares nothing with any text, has no matches. A title of more than 1,000
        characters and a body of more than 20,000 are read up to there.
        """
        vector = Reader().vector(title, body)
        if not len(vector.ids) or limit < 1:
            return []
        found = self._best(vector, limit, at_least)
        return [Match(key, score, self._shared(vector, self._texts[key])) for key, score in found]

    def duplicates(self, threshold: float, *, limit: int = 1_000) -> list[Pair]:
        """The pairs of texts whose score is at least `threshold` (above 0, at most 1), best first, at most `limit`.

        Of texts with the very same words each is paired with the first of them by key. Time and memory grow with
        the pairs that share a rare term, not with the square of the texts. Raises ValueError for another threshold.
        """
        whole = self._compacted() if self._fresh or self._gone else self
        found = pairs.above(whole._base, whole._keys, whole._rarity(whole._base.terms), threshold, limit)
        return [Pair(one, other, score, self._shared_by(one, other)) for one, other, score in found]

    def _shared_by(self, one: str, other: str) -> tuple[str, ...]:
        text = self._texts[one]
        return self._shared(Reader().vector(text.title, text.body), self._texts[other])

    def _best(self, vector: Vector, limit: int, at_least: float) -> list[tuple[str, float]]:
        rarity = self._rarity(vector.ids)
        weighed = vector.weights * rarity
        length = np.sqrt(weighed @ weighed)
        found: list[tuple[str, float]] = []
        parts = ((self._base, self._keys), (self._new, tuple(self._fresh)))
        for (index, keys), norms in zip(parts, self._norms, strict=True):
            scores = np.minimum(1, np.round(index.dots(vector.ids, weighed * rarity) / (norms * length), DIGITS))
            found += _highest(scores, keys, limit, at_least)
        return sorted(found, key=_best_first)[:limit]

    def _shared(self, asked: Vector, text: Text) -> tuple[str, ...]:
        """Words of the text that the vector has, too, by what they add to the score, then as they stand."""
        written: dict[int, str] = {}
        for word, form in words_of(f"{text.title[: TITLE.letters]}\n{text.body[: BODY.letters]}"):
            if len(word) > 1 or not word.isascii():
                written.setdefault(word_id(word), form)
        other = Reader().vector(text.title, text.body)
        both, here, there = np.intersect1d(asked.ids, other.ids, assume_unique=True, return_indices=True)
        parts = np.round(asked.weights[here] * other.weights[there] * self._rarity(both) ** 2, DIGITS)
        carried = dict(zip(both.tolist(), parts.tolist(), strict=True))
        shared = sorted((term for term in written if term in carried), key=lambda term: -carried[term])
        return tuple(written[term] for term in shared[:SHARED_TERMS])

    def _rarity(self, terms: Ids) -> Doubles:
        """(k,) the factor of each sorted term."""
        having = self._base.count(terms) + self._new.count(terms) - self._old.count(terms)
        return np.log(1 + (len(self) + 1) / (having + 1))

    def _settled(self) -> "Corpus":
        return self if len(self._fresh) + len(self._gone) <= CHANGES else self._compacted()

    def _compacted(self) -> "Corpus":
        """The same texts with one index over all of them."""
        kept = np.ones(self._base.size, dtype=np.bool_)
        kept[list(self._gone)] = False
        keys = tuple(key for row, key in enumerate(self._keys) if row not in self._gone)
        return Corpus(self._texts, (*keys, *self._fresh), self._base.changed(kept, self._new), {}, {})

    @cached_property
    def _row(self) -> dict[str, int]:
        return {key: row for row, key in enumerate(self._keys) if row not in self._gone}

    @cached_property
    def _new(self) -> Index:
        return Index.of(list(self._fresh.values()))

    @cached_property
    def _old(self) -> Index:
        return Index.of(list(self._gone.values()))

    @cached_property
    def _norms(self) -> tuple[Doubles, Doubles]:
        """Lengths of the rows of base and new index; endless for rows that are empty or gone."""
        base = self._base.norms(self._rarity(self._base.terms))
        base[list(self._gone)] = np.inf
        new = self._new.norms(self._rarity(self._new.terms))
        return np.where(base > 0, base, np.inf), np.where(new > 0, new, np.inf)


def _highest(scores: Doubles, keys: Sequence[str], limit: int, at_least: float) -> list[tuple[str, float]]:
    """The `limit` highest scores above 0 with their keys; ties are settled by the keys."""
    rows = np.flatnonzero((scores >= at_least) & (scores > 0))
    if len(rows) > limit:
        bar = np.partition(scores[rows], len(rows) - limit)[len(rows) - limit]
        rows = rows[scores[rows] >= bar]
    found = ((keys[row], float(scores[row])) for row in rows.tolist())
    return sorted(found, key=_best_first)[:limit]


def _best_first(found: tuple[str, float]) -> tuple[float, str]:
    return -found[1], found[0]
