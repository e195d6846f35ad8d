"""Laying a total over periods by a curve, exact to the smallest unit."""

from decimal import Decimal
from enum import StrEnum

MOST_PERIODS = 1200


class Curve(StrEnum):
    """The shape of a profile over `n` periods, as whole-number weights of period `i` = 0 .. n-1.

    `FLAT`: 1. `FRONT`, falling in a straight line: n - i. `BACK`, rising in a straight line: i + 1.
    `BELL`, a parabola with its top in the middle: (i + 1)(n - i).
    """

    FLAT = "flat"
    FRONT = "front"
    BACK = "back"
    BELL = "bell"


def weights(periods: int, curve: Curve) -> list[int]:
    """The weight of each period; only their ratios matter.

    >>> weights(4, Curve.BELL)
    [4, 6, 6, 4]
    """
    match curve:
        case Curve.FLAT:
            return [1] * periods
        case Curve.FRONT:
            return list(range(periods, 0, -1))
        case Curve.BACK:
            return list(range(1, periods + 1))
        case Curve.BELL:
            return [(i + 1) * (periods - i) for i in range(periods)]


def spread(total: Decimal, periods: int, curve: Curve, places: int = 2) -> list[Decimal]:
    """Parts of `total` for `periods` periods, in its unit, each with `places` decimals; they add up to it exactly.

    Shares that do not come out even are rounded by largest remainders (Hamilton's apportionment, 1792): every part is
    its exact share rounded down, and the units left over go to the largest remainders, the earlier period first. So
    no part is a whole unit off its share, and a falling curve stays falling.

    Raises `ValueError` where there is no period, more than 1,200 of them, or a total finer than `places` decimals.

    >>> spread(Decimal("100.00"), 3, Curve.FLAT)
    [Decimal('33.34'), Decimal('33.33'), Decimal('33.33')]
    """
    if not 1 <= periods <= MOST_PERIODS:
        raise ValueError(f"A curve runs over 1 to {MOST_PERIODS} periods.")
    if not total.is_finite() or total != total.quantize(Decimal(1).scaleb(-places)):
        raise ValueError(f"The total must have {places} decimals at most.")
    units = int(abs(total).scaleb(places))
    parts = _apportioned(units, weights(periods, curve))
    return [Decimal(part if total >= 0 else -part).scaleb(-places) for part in parts]


def _apportioned(units: int, shares: list[int]) -> list[int]:
    """Whole units in proportion to the shares."""
    whole = sum(shares)
    parts = [units * share // whole for share in shares]
    remainders = [units * share % whole for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda i: (-remainders[i], i))
    for i in by_remainder[: units - sum(parts)]:
        parts[i] += 1
    return parts
