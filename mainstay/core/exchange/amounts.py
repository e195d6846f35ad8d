"""Reading numbers and amounts as people write them; what is not surely a number is no number."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from mainstay.core.exchange.problems import BadCell

DOLLARS = frozenset({"USD", "AUD", "CAD", "NZD", "SGD", "HKD", "MXN"})
SIGNS = {
    "£": frozenset({"GBP"}),
    "€": frozenset({"EUR"}),
    "$": DOLLARS,
    "¥": frozenset({"JPY", "CNY"}),
    "₹": frozenset({"INR"}),
    "zł": frozenset({"PLN"}),
    "Kč": frozenset({"CZK"}),
    "Ft": frozenset({"HUF"}),
    "kr": frozenset({"SEK", "NOK", "DKK", "ISK"}),
}
SIGN = re.compile(rf"(?:{'|'.join(re.escape(sign) for sign in SIGNS)}|[A-Z]{{3}})(?![A-Za-z])")
SPACES = re.compile(r"(?<=\d)[\u0020\u00a0\u2009\u202f'’](?=\d{3}(?!\d))")
PLAIN = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d{1,2})?")
LARGEST = Decimal(10) ** 16
MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2012": "-"})


@dataclass(frozen=True)
class Amount:
    """A number and, where a sign or code stood beside it, the currencies it may be in."""

    value: Decimal
    currencies: frozenset[str] = frozenset()


def read_amount(text: str, decimal: str = ".") -> Amount:
    """The amount in a text such as `£1,234.50`, `(12)`, `-3%` or `1 234,5 zł`; BadCell says what is wrong."""
    plain, currencies = _without_currency(text.translate(MINUS).strip())
    negative = plain.startswith("(") and plain.endswith(")")
    plain = plain[1:-1].strip() if negative else plain
    plain = plain.removesuffix("%").strip()
    if not currencies:
        plain, currencies = _without_currency(plain)
    value = _number(_grouped(plain, decimal), text, decimal)
    return Amount(-value if negative else value, currencies)


def _without_currency(text: str) -> tuple[str, frozenset[str]]:
    minus = "-" if text.startswith("-") else ""
    text = text.removeprefix("-").strip() if minus else text
    if found := SIGN.match(text):
        return minus + text[found.end() :].strip(), _meant(found.group())
    for sign in SIGNS:
        if text.endswith(sign):
            return minus + text.removesuffix(sign).strip(), SIGNS[sign]
    if found := re.search(r"(?<=[\d\s])[A-Z]{3}$", text):
        return minus + text[: found.start()].strip(), _meant(found.group())
    return minus + text, frozenset()


def _meant(sign: str) -> frozenset[str]:
    return SIGNS.get(sign, frozenset({sign}))


def _grouped(text: str, decimal: str) -> str:
    text = SPACES.sub("", text)
    return text.translate(str.maketrans(",.", ".,")) if decimal == "," else text


def _number(plain: str, text: str, decimal: str) -> Decimal:
    if not plain or not PLAIN.fullmatch(plain) or not any(character.isdigit() for character in plain):
        raise BadCell(f"“{shown(text)}” is no number.", _advice(plain, decimal))
    try:
        value = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        raise BadCell(f"“{shown(text)}” is no number.", _advice(plain, decimal)) from None
    if abs(value) >= LARGEST:
        raise BadCell(f"“{shown(text)}” is larger than any number kept here.")
    return value


def _advice(plain: str, decimal: str) -> str:
    if re.fullmatch(r"[+-]?[\d.,]+", plain):
        other = "comma" if decimal == "." else "point"
        return f"If the decimals stand after a {other}, choose that for the column."
    return "Write digits only, or choose that text in this column is kept as text."


def shown(text: str) -> str:
    """A cell's text, short enough for a message."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}…"
