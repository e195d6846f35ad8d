"""Reading a text of any language as words that compare equal however they were typed."""

import re
import sys
import unicodedata
from functools import cache
from itertools import groupby, pairwise

WITHOUT_SPACES = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts written without spaces whose characters are syllables or words: kana and Han."""
PICTURES = "\u2600-\u27bf\U0001f000-\U0001faff"
FOLDED = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
"""Letters that are written without their stroke by many and that Unicode does not take apart."""
ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1-\u05c7\u0640\u064b-\u065f\u0670]")
"""Marks people leave out: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowels and stretching."""
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")


def words_of(text: str) -> list[tuple[str, str]]:
    """The words of a text in their order: each folded for comparing, and as it is written.

    Folding takes away case, width, accents and marks of direction. A run of Han or kana characters gives its
    overlapping pairs of characters, a picture is a word of its own. Text without words gives an empty list.

    >>> words_of("Straßen-Café 学校"), words_of("…")
    ([('strassen', 'Straßen'), ('cafe', 'Café'), ('学校', '学校')], [])
    """
    plain = UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    found: list[tuple[str, str]] = []
    for match in _pattern().finditer(plain):
        word = match.group()
        if match.lastgroup == "dense":
            found.extend((piece, piece) for piece in _pairs(word))
        else:
            found.append((folded(word), word))
    return [(word, written) for word, written in found if word]


def folded(word: str) -> str:
    """One word without case and accents.

    >>> folded("Łódź")
    'lodz'
    """
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return unicodedata.normalize("NFC", ACCENTS.sub("", apart)).translate(FOLDED)


def _pairs(run: str) -> list[str]:
    return [run] if len(run) == 1 else [one + other for one, other in pairwise(run)]


@cache
def _pattern() -> re.Pattern[str]:
    """A word is a run of letters and digits, with the marks that many scripts set around them."""
    letter = f"[^\\W_{WITHOUT_SPACES}]"
    return re.compile(f"(?P<dense>[{WITHOUT_SPACES}]+)|{letter}(?:{letter}|[{_marks()}])*|[{PICTURES}]")


def _marks() -> str:
    """The combining marks of the basic plane, as ranges of a character class."""
    basic = range(min(sys.maxunicode, 0xFFFF) + 1)
    marks = [code for code in basic if unicodedata.category(chr(code)).startswith("M")]
    runs = groupby(enumerate(marks), key=lambda pair: pair[1] - pair[0])
    ranges = [[code for _, code in run] for _, run in runs]
    return "".join(f"{re.escape(chr(run[0]))}-{re.escape(chr(run[-1]))}" for run in ranges)
