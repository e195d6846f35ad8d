"""Reading dates as people write them."""

import re
from datetime import date

from mainstay.core.exchange.amounts import shown
from mainstay.core.exchange.problems import BadCell

ORDERS = ("dmy", "mdy", "ymd")
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{2}:\d{2}.*)?")
DIGITS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: \d{1,2}:\d{2}.*)?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
WORDS = (
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[-/. ]+(?P<month>[A-Za-z]{3,9})\.?[-/., ]+(?P<year>\d{4}|\d{2})"),
    re.compile(r"(?P<month>[A-Za-z]{3,9})\.? +(?P<day>\d{1,2})(?:st|nd|rd|th)?,? +(?P<year>\d{4})"),
)
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
FIRST_YEAR, LAST_YEAR = 1900, 2200


def read_date(text: str, order: str = "dmy") -> date:
    """The day a text means; numbers alone are read in the order given. BadCell says what is wrong."""
    year, month, day = _parts(text, order)
    if year < 100:
        year += 2000 if year < 70 else 1900
    try:
        found = date(year, month, day)
    except ValueError:
        raise BadCell(f"“{shown(text)}” is no day of the calendar.", "Write it as 2026-03-31.") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadCell(f"“{shown(text)}” lies outside {FIRST_YEAR} to {LAST_YEAR}.", "Check the year.")
    return found


def _parts(text: str, order: str) -> tuple[int, int, int]:
    if found := ISO.fullmatch(text) or COMPACT.fullmatch(text):
        year, month, day = map(int, found.groups())
        return year, month, day
    if found := DIGITS.fullmatch(text):
        named = dict(zip(order, map(int, found.groups()), strict=True))
        return named["y"], named["m"], named["d"]
    for pattern in WORDS:
        if found := pattern.fullmatch(text):
            return int(found["year"]), _month(found["month"], text), int(found["day"])
    raise BadCell(f"“{shown(text)}” is no date.", "Write it as 2026-03-31.")


def _month(word: str, text: str) -> int:
    for number, name in enumerate(MONTHS, 1):
        if name.startswith(word.lower()) or (name == "september" and word.lower() == "sept"):
            return number
    raise BadCell(f"“{shown(text)}” is no date.", "Write it as 2026-03-31.")
