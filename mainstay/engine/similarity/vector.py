"""A text as a sparse vector: hashed words, pairs of words and letter groups, the title above the body."""

from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.similarity.reading import words_of

Floats = NDArray[np.float32]
Ids = NDArray[np.uint32]

WORD_SHARE, PAIR_SHARE, GROUP_SHARE = 1.0, 0.5, 1.0
WORDS, PAIRS, LETTERS = 1, 2, 3
"""Where the hash of a word, of a pair of words and of a letter group starts, so that they differ."""
REMEMBERED_LETTERS = 32


@dataclass(frozen=True, slots=True)
class Text:
    """What is compared: a key that names it, a title and a body; either may be empty.

    Raises ValueError without a key.
    """

    key: str
    title: str
    body: str = ""

    def __post_init__(self) -> None:
        if not self.key:
            raise ValueError("A text has a key.")


@dataclass(frozen=True, slots=True)
class Vector:
    """A sparse vector over hashed terms.

    ids: (k,) 32-bit hashes, sorted, each once. weights: (k,) positive, before the rarity of terms is applied.
    Two of 300,000 terms share a hash about ten times; that shifts a score by less than its last printed digit.
    """

    ids: Ids
    weights: Floats


@dataclass(frozen=True, slots=True)
class Field:
    """How one part of a text is read: its letters at most, its share of the whole, the sizes of letter groups."""

    letters: int
    share: float
    groups: tuple[int, ...]


TITLE = Field(1_000, 0.7, (3, 4, 5))
BODY = Field(20_000, 0.3, (4,))
"""Misspelling matters most in titles; the many words of a body carry it without the other letter groups."""


class Reader:
    """Turns texts into vectors and remembers the letter groups of words it has met."""

    def __init__(self) -> None:
        """A reader that has read nothing yet."""
        self._met: dict[tuple[str, tuple[int, ...]], Ids] = {}

    def vector(self, title: str, body: str) -> Vector:
        """The vector of a title and a body: TITLE.share of the one and BODY.share of the other.

        Within each, words, pairs of words and letter groups are of length one times their share, so that
        neither long words nor long bodies drown the rest. Repetition counts as 1 + log(times).
        """
        return _summed([*self._blocks(title, TITLE), *self._blocks(body, BODY)])

    def _blocks(self, text: str, field: Field) -> list[tuple[Ids, Floats]]:
        words = [word for word, _ in words_of(text[: field.letters])]
        if not words:
            return []
        single = np.array([word_id(word) for word in words], dtype=np.uint32)
        double = [crc32(f"{one} {other}".encode(), PAIRS) for one, other in pairwise(words)]
        letters = np.concatenate([self._letter_groups(word, field.groups) for word in words])
        shares = ((single, WORD_SHARE), (np.array(double, dtype=np.uint32), PAIR_SHARE), (letters, GROUP_SHARE))
        return [_block(hashes, share * field.share) for hashes, share in shares if len(hashes)]

    def _letter_groups(self, word: str, sizes: tuple[int, ...]) -> Ids:
        met = self._met.get((word, sizes))
        if met is None:
            met = letter_groups(word, sizes)
            if len(word) <= REMEMBERED_LETTERS:
                self._met[word, sizes] = met
        return met


def word_id(word: str) -> int:
    """The hash of a whole folded word."""
    return crc32(word.encode(), WORDS)


def letter_groups(word: str, sizes: tuple[int, ...]) -> Ids:
    """Hashes of all groups of so many letters inside a word, its beginning and end marked by a space.

    >>> len(letter_groups("park", (3, 4, 5)))
    9
    """
    marked = f" {word} "
    hashes = [
        crc32(marked[start : start + size].encode(), LETTERS)
        for size in sizes
        for start in range(len(marked) - size + 1)
    ]
    return np.array(hashes, dtype=np.uint32)


def _block(hashes: Ids, share: float) -> tuple[Ids, Floats]:
    ids, times = np.unique(hashes, return_counts=True)
    weights = 1 + np.log(times)
    return ids, (share * weights / np.sqrt(weights @ weights)).astype(np.float32)


def _summed(parts: list[tuple[Ids, Floats]]) -> Vector:
    if not parts:
        return Vector(np.empty(0, np.uint32), np.empty(0, np.float32))
    ids, places = np.unique(np.concatenate([ids for ids, _ in parts]), return_inverse=True)
    weights = np.concatenate([weights for _, weights in parts])
    return Vector(ids, np.bincount(places, weights=weights).astype(np.float32))
