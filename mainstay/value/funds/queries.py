"""What pages and sheets read of funds and envelopes."""

from datetime import datetime
from typing import Any

from mainstay.core.errors import Missing
from mainstay.value.models import Envelope, Fund


def funds_for(user: Any, as_of: datetime | None = None) -> Any:
    """The funds whose figures a person may see."""
    return Fund.objects.as_of(as_of).visible_to(user).select_related("portfolio", "owner").order_by("name")


def fund_for(user: Any, key: str, as_of: datetime | None = None) -> Any:
    """One fund the person may see."""
    fund = funds_for(user, as_of).filter(key=key).first()
    if fund is None:
        raise Missing("There is no such fund, or it is not open to you.")
    return fund


def envelopes_for(user: Any, as_of: datetime | None = None) -> Any:
    """The envelopes of those funds."""
    rows = Envelope.objects.as_of(as_of).visible_to(user)
    return rows.select_related("fund__portfolio", "year").order_by("fund__name", "year__start_date")
