"""Numbers as people type and paste them: `1,234.56`, `1.234,56`, `1 234,56`, `12%`, `(500)`, `£1.2k`, `3m`.

The island reads by the same rules (`frontend/src/sheet/numbers.ts`); both are held to the cases of
`frontend/tests/cases/numbers.json`.
"""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from mainstay.core.exchange.amounts import SIGNS

LARGEST = Decimal(10) ** 15
LONGEST = 40
SPACE = re.compile("[\\s\u00a0\u2007\u2009\u202f]+")
MINUS = re.compile("[\u2010-\u2015\u2212]")
SIGN = "|".join(re.escape(sign) for sign in SIGNS)
BEFORE = re.compile(rf"(?:{SIGN}|[A-Z]{{3}})(?![A-Za-z])\s?")
AFTER = re.compile(rf"\s?(?:{SIGN}|(?<=[\s0-9%.])[A-Z]{{3}})$")
SUFFIX = re.compile(r"\s?(k|m|mn|mio|bn|tn)$", re.IGNORECASE)
SCALES = {"k": 3, "m": 6, "mn": 6, "mio": 6, "bn": 9, "tn": 12}
SHAPE = {
    ".": re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:[ '’][0-9]{3})+|[0-9]+)?(?:\.[0-9]*)?"),
    ",": re.compile(r"(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:[ '’][0-9]{3})+|[0-9]+)?(?:,[0-9]*)?"),
}
DIGIT = re.compile("[0-9]")
AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


class NoNumber(ValueError):
    """A text that is no number; the message says so beside its cell."""


def decimal_mark(texts: Iterable[str]) -> str:
    """What stands before the decimals in a block of cells: the evident pattern, otherwise the British point."""
    seen = (_Parts(text).digits for text in texts)
    votes = Counter(mark for digits in seen if (mark := _evident(digits)) and SHAPE[mark].fullmatch(digits))
    return "," if votes[","] > votes["."] else "."


def read_number(text: str, mark: str = ".", unit: str = "") -> Decimal | None:
    """The number in a cell, None for an empty one; `mark` decides only what the cell leaves open."""
    parts = _Parts(text)
    if parts.is_nothing:
        return None
    mark = _evident(parts.digits) or mark
    if not DIGIT.search(parts.digits) or not SHAPE[mark].fullmatch(parts.digits):
        raise NoNumber(f"“{shown(text)}” is no number.")
    if parts.currency and _is_other_currency(parts.currency, unit):
        raise NoNumber(f"“{shown(text)}” is not in {unit}.")
    whole, _, rest = parts.digits.partition(mark)
    value = Decimal(f"{''.join(DIGIT.findall(whole)) or 0}.{rest or 0}").scaleb(parts.scale)
    if parts.is_share and unit != "%":
        value = value.scaleb(-2)
    if value >= LARGEST:
        raise NoNumber(f"“{shown(text)}” is larger than any number kept here.")
    return -value if parts.is_negative and value else value


def shown(text: str) -> str:
    """A cell's text, short enough for a message."""
    text = " ".join(text.split())
    return text if len(text) <= 30 else f"{text[:29]}…"


class _Parts:
    """A text taken apart: sign, currency, digits with their separators, per cent, and thousands or millions."""

    def __init__(self, text: str) -> None:
        text = MINUS.sub("-", SPACE.sub(" ", text)).strip()
        self.is_nothing = text in {"", "-"}
        self.currency = ""
        text = self._without_currency(text if len(text) <= LONGEST else "too long")
        self.is_negative, text = _without_sign(text)
        text = self._without_currency(text)
        self.is_share = text.endswith("%")
        text = text.removesuffix("%").rstrip()
        found = SUFFIX.search(text)
        self.scale = SCALES[found.group(1).lower()] if found else 0
        self.digits = text[: found.start()] if found else text

    def _without_currency(self, text: str) -> str:
        for pattern in (BEFORE, AFTER):
            found = (pattern.match if pattern is BEFORE else pattern.search)(text)
            if found and not self.currency:
                self.currency = found.group().strip()
                text = text.replace(found.group(), "", 1) if pattern is BEFORE else text[: found.start()]
        return text.strip()


def _without_sign(text: str) -> tuple[bool, str]:
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip()
    if text.endswith("-") and not text.startswith("-"):
        return True, text[:-1].strip()
    return text.startswith("-"), text.removeprefix("-").removeprefix("+").strip()


def _evident(digits: str) -> str:
    """The decimal mark that a text itself shows, or nothing where both readings are possible."""
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        return max(".,", key=digits.rfind)
    if points + commas > 1:
        return "," if points else "."
    if points + commas == 0 or AMBIGUOUS.fullmatch(digits):
        return ""
    return "." if points else ","


def _is_other_currency(sign: str, unit: str) -> bool:
    return bool(re.fullmatch("[A-Z]{3}", unit)) and unit not in SIGNS.get(sign, {sign})
