"""How a conflict is settled: by the scenario's version, by the plan's, or by another value, by a named person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.authorisation.comparing.difference import Difference, Row
from mainstay.authorisation.comparing.threeway import Dates, Part
from mainstay.authorisation.comparing.wording import PARTS, say
from mainstay.authorisation.models import PlanLine

MINE, THEIRS, OTHER = "mine", "theirs", "other"
LONGEST_REASON = 300

Settled = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""Choices by project code and part: `{"PUMPS": {"dates": {"choice": "mine", "reason": "..."}}}`."""


@dataclass(frozen=True)
class Settlement:
    """One conflict settled: by whom, when, why, and what stood against what."""

    code: str
    name: str
    part: str
    mine: str
    theirs: str
    value: str
    who: str
    at: str
    reason: str

    @property
    def settled_at(self) -> datetime:
        """When it was settled."""
        return datetime.fromisoformat(self.at)


def values_of(found: Difference, settled: Settled) -> dict[int, dict[Part, Any]]:
    """The value of every conflict by project; refused with what is missing, too much or impossible, all at once."""
    errors: dict[str, list[str]] = {}
    values: dict[int, dict[Part, Any]] = {}
    for row, part in found.conflicts:
        choice = settled.get(row.project.code, {}).get(part.value, {})
        try:
            values.setdefault(row.project.id, {})[part] = _value(row, part, choice)
        except ValueError as error:
            errors[key_of(row, part)] = [str(error)]
    errors |= {name: ["This is no conflict, or no longer one."] for name in _unknown(found, settled)}
    if errors:
        raise ValidationError(errors)
    return values


def key_of(row: Row, part: Part) -> str:
    """The name of a conflict, as forms and refusals use it."""
    return f"{row.project.code}.{part.value}"


def _unknown(found: Difference, settled: Settled) -> list[str]:
    known = {key_of(row, part) for row, part in found.conflicts}
    sent = {f"{code}.{part}" for code, parts in settled.items() for part in parts}
    return sorted(sent - known)


def _value(row: Row, part: Part, sent: Mapping[str, Any]) -> Any:
    choice = sent.get("choice", "")
    if choice == MINE:
        return row.three.here.part(part)
    if choice == THEIRS:
        return row.three.there.part(part)
    if choice == OTHER and part is Part.DATES:
        return _dates(sent)
    raise ValueError("Say which version stays." if choice != OTHER else "There are only these two versions.")


def _dates(sent: Mapping[str, Any]) -> Dates:
    start, end = (_day(sent.get(name)) for name in ("start", "end"))
    if start is None or end is None:
        raise ValueError("Give the start and the end.")
    if end < start:
        raise ValueError("The end lies before the start.")
    return start, end


def _day(value: Any) -> date | None:
    if value is None or value == "" or isinstance(value, date):
        return value or None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"{value} is no date.") from None


def entry_of(row: Row, part: Part, value: Any, sent: Mapping[str, Any], who: Any, at: datetime) -> dict[str, str]:
    """What is kept of a settled conflict beside the line."""
    return {
        "part": part.value,
        "mine": say(part, row.three.here.part(part)),
        "theirs": say(part, row.three.there.part(part)),
        "value": say(part, value),
        "who": str(who),
        "at": at.isoformat(),
        "reason": str(sent.get("reason", "")).strip()[:LONGEST_REASON],
    }


def settlements_of(scenario: Any) -> list[Settlement]:
    """Every conflict of a scenario that somebody settled, in the order of the projects, the earliest first."""
    rows = PlanLine.objects.filter(scenario=scenario.row_id, base__has_key="settled")
    return [
        Settlement(code, name, PARTS[Part(one["part"])], *(one[key] for key in _KEPT))
        for code, name, base in rows.order_by("project__code").values_list("project__code", "project__name", "base")
        for one in base["settled"]
    ]


_KEPT = ("mine", "theirs", "value", "who", "at", "reason")
