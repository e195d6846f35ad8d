"""Figures as people read them: compact amounts, shares and counted nouns, the same everywhere."""

from collections.abc import Sequence

MISSING = "\N{EN DASH}"
_STEPS = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
CODE_LENGTH = 3


def number(value: float | None, places: int = 0) -> str:
    """A number with thousands separators and a fixed number of decimal places; a missing one is a dash.

    >>> number(1234.5, 1)
    '1,234.5'
    """
    if value is None:
        return MISSING
    text = f"{value:,.{places}f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.,") else text


def compact(value: float | None) -> str:
    """A large number in a few characters: thousands (k), millions (m), billions (bn), trillions (tn).

    >>> compact(494_200_000_000)
    '494.2bn'
    """
    if value is None:
        return MISSING
    size = abs(value)
    for step, suffix in _STEPS:
        if size >= step * 0.99995 or (suffix == "m" and size >= 999_500):
            return f"{value / step:,.1f}{suffix}"
    if size >= 9_999.5:
        return f"{value / 1e3:,.0f}k"
    return number(value, 0 if size >= 100 or float(value).is_integer() else 1)


def money(value: float | None, currency: str) -> str:
    """A compact amount with its currency code in front, or with another unit behind; a missing amount is a dash.

    >>> money(12_345_678, "GBP"), money(1_400, "complaints fewer")
    ('GBP 12.3m', '1,400 complaints fewer')
    """
    if value is None:
        return MISSING
    is_code = len(currency) == CODE_LENGTH and currency.isupper()
    return (f"{currency} {compact(value)}" if is_code else f"{compact(value)} {currency}").strip()


def percent(share: float | None, places: int = 0) -> str:
    """A share (1 is the whole) as a percentage.

    >>> percent(0.416)
    '42%'
    """
    return MISSING if share is None else f"{number(share * 100, places)}%"


def signed(value: float | None, places: int = 0) -> str:
    """A change with its sign, with a true minus.

    >>> signed(-3)
    '\N{MINUS SIGN}3'
    """
    if value is None:
        return MISSING
    text = number(value, places)
    if text.startswith("-"):
        return "\N{MINUS SIGN}" + text[1:]
    return "+" + text if text.strip("0.,") else text


def counted(count: int, noun: str, plural: str = "") -> str:
    """A number with its noun in the right number.

    >>> counted(1, "project"), counted(12, "project")
    ('1 project', '12 projects')
    """
    word = noun if count == 1 else plural or f"{noun}s"
    return f"{number(count)} {word}"


def listed(names: Sequence[str]) -> str:
    """Names in one phrase.

    >>> listed(["money", "data engineers", "risk"])
    'money, data engineers and risk'
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
