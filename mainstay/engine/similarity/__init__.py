"""Similarity: which texts of a register say nearly the same, in any language, while one of them is still being typed.

Nouns: Text, Corpus, Match, Pair. Verbs: `Corpus.of`, `nearest`, `duplicates`, `with_`, `without`.
It must not know what a text stands for, who may see it or where it is kept.
"""

from mainstay.engine.similarity.corpus import Corpus, Match
from mainstay.engine.similarity.pairs import Pair
from mainstay.engine.similarity.vector import Text

__all__ = ["Corpus", "Match", "Pair", "Text"]
