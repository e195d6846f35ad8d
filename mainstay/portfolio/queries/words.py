"""Reading single words of an address, with a clear refusal for what cannot be read."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from mainstay.core.errors import Unreadable

NONE = "none"
LONGEST = 200
MOST = 500
# Powers of ten between which a number can mean something here.
SMALLEST, LARGEST = -12, 16


def texts_of(query: Any, name: str) -> tuple[str, ...]:
    """Every filled text of a parameter, from a QueryDict or a plain dict."""
    found = query.getlist(name) if hasattr(query, "getlist") else query[name]
    texts = [found] if isinstance(found, str) else list(found)
    if len(texts) > MOST:
        raise Unreadable(f"At most {MOST} values of {name}.")
    return tuple(text for text in (_readable(str(text), name) for text in texts) if text)


def _readable(text: str, name: str) -> str:
    if len(text) > LONGEST and name != "code":
        raise Unreadable(f"The value of {name} is longer than {LONGEST} characters.")
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Unreadable(f"The value of {name} has characters that are no text.")
    return text.strip()


def words_of(texts: Iterable[str]) -> list[str]:
    """The single words of texts like `active,on_hold`."""
    return list(dict.fromkeys(word for text in texts for word in text.split(",") if word))


def a_number(text: str) -> Decimal:
    """A number; thousands may be set apart by commas."""
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or (number and not SMALLEST <= number.adjusted() < LARGEST):
        raise Unreadable(f"{text[:40]!r} is no number this list can use.")
    return number


def a_date(text: str) -> date:
    """A date as 2026-03-31."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable(f"{text[:40]!r} is no date; write it as 2026-03-31.") from None
