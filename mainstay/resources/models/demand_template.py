"""What projects of a kind usually need."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from mainstay.core.models import versioned
from mainstay.engine.basics import Curve
from mainstay.resources.models.skill import Named

WHOLE, MOST_SHARES = 100, 20


@versioned
class DemandTemplate(Named):
    """What projects of a kind usually need: shares of the hours by role, each with its course over the months."""

    # Each share: the key of a role, a whole number of per cent, and a curve.
    shares = models.JSONField("shares by role", default=list)

    class Meta(Named.Meta):
        verbose_name = "demand template"

    def clean(self) -> None:
        if told := wrong_shares(self.shares):
            raise ValidationError({"shares": told})


def wrong_shares(shares: Any) -> str:
    """What is wrong about the shares, in a sentence; nothing where they are right."""
    if not isinstance(shares, list) or not 1 <= len(shares) <= MOST_SHARES:
        return f"Give 1 to {MOST_SHARES} roles with their shares."
    told = next(filter(None, map(_wrong_share, shares)), "")
    if told:
        return told
    if len({one["role"] for one in shares}) < len(shares):
        return "Each role stands in one line."
    whole = sum(one["share"] for one in shares)
    return "" if whole == WHOLE else f"The shares add up to {whole} and not to {WHOLE}."


def _wrong_share(one: Any) -> str:
    if not isinstance(one, dict) or set(one) != {"role", "share", "curve"}:
        return "Each line has a role, a share and a course."
    if not isinstance(one["role"], str) or not one["role"] or one["curve"] not in set(Curve):
        return "Each line names a role, and its course is flat, front, back or bell."
    if not isinstance(one["share"], int) or not 1 <= one["share"] <= WHOLE:
        return "A share is a whole number from 1 to 100."
    return ""
