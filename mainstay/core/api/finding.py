"""Fetching a row to work with, from among those the asker may see."""

from typing import Any

from mainstay.core.errors import Missing


def found(rows: Any) -> Any:
    """The one row of a query, or that there is none."""
    row = rows.first()
    if row is None:
        raise Missing("There is nothing here, or it is not open to you.")
    return row
