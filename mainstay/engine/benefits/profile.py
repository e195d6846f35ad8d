"""Target profiles of benefits: rising, steady, falling."""

from decimal import Decimal
from enum import StrEnum

from mainstay.engine.basics import Curve, spread


class Profile(StrEnum):
    """How a benefit is to come over its periods.

    RAMP: rising in a straight line, as people take up what is new. STEADY: the same in each period. DECAY: falling
    in a straight line, as an advantage is lost.
    """

    RAMP = "ramp"
    STEADY = "steady"
    DECAY = "decay"


_CURVES = {Profile.RAMP: Curve.BACK, Profile.STEADY: Curve.FLAT, Profile.DECAY: Curve.FRONT}


def target(total: Decimal, periods: int, profile: Profile, waiting: int = 0, places: int = 2) -> list[Decimal]:
    """What is to come in each period: nothing while waiting, then the total by the profile, adding up to it exactly.

    total: in the unit of the benefit, below zero for a disbenefit. periods: after `waiting` ones. places: decimals.
    Raises ValueError for no period, negative waiting, or a total with more decimals.

    >>> [str(part) for part in target(Decimal(600), 3, Profile.RAMP, waiting=1, places=0)]
    ['0', '100', '200', '300']
    """
    if waiting < 0:
        raise ValueError("Waiting is not below zero periods.")
    return [Decimal(0)] * waiting + spread(total, periods, _CURVES[profile], places)
