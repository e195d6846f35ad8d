"""Differences of plans in words: what a value is, and what a change did."""

from datetime import date
from typing import Any

from mainstay.authorisation.comparing.threeway import Part
from mainstay.charts import words

LABELS = {"is_in": "In the plan", "option": "Option", "start": "Start", "end": "End", "cost": "Whole-life cost"}
PARTS = {Part.IS_IN: "In or out", Part.OPTION: "Option", Part.DATES: "Dates"}


def say(name: str, value: Any) -> str:
    """A value of a field or a part as people read it."""
    if name == "is_in":
        return "In" if value else "Out"
    if name == Part.DATES:
        return f"{say('start', value[0])} to {say('end', value[1])}"
    if isinstance(value, date):
        return f"{value.day} {value:%b %Y}"
    if name == "cost" and value is not None:
        return words.number(float(value))
    return str(value) if value else ("as usual" if name == "option" else "no date")


def moved_by(before: date | None, after: date | None) -> str:
    """How far a start moved: `2 months later`, `10 days earlier`; nothing where it did not, or has no date."""
    if before is None or after is None or before == after:
        return ""
    months = (after.year - before.year) * 12 + after.month - before.month
    whole = months and after.day == before.day
    count, noun = (months, "month") if whole else ((after - before).days, "day")
    return f"{words.counted(abs(count), noun)} {'later' if count > 0 else 'earlier'}"
