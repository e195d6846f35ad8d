"""Changes of lines as they are sent, checked and put into the lines they speak of."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.authorisation.models import Forced, PlanLine, Scenario
from mainstay.authorisation.queries import open_to
from mainstay.authorisation.scenarios.frame import frame_of
from mainstay.authorisation.scenarios.periods import moved, periods_of
from mainstay.core.system import MAINSTAY, Actor

FIELDS = frozenset({"project", "is_in", "option", "start_date", "end_date", "forced", "reason"})


def arranged(scenario: Scenario, entries: list[dict[str, Any]], actor: Actor) -> list[PlanLine]:
    """The lines that the entries name, with what they say; nothing is written."""
    codes = [str(entry.get("project", "")) for entry in entries]
    rows = scenario.lines.select_related("project").filter(project__code__in=codes)
    seen = None if actor is MAINSTAY else open_to(actor, [row.project_id for row in rows])
    lines = {row.project.code: row for row in rows if seen is None or row.project_id in seen}
    if unknown := sorted(set(codes) - lines.keys()):
        raise ValidationError({"lines": f"Not in this scenario: {', '.join(unknown)}."})
    frame = frame_of(scenario, actor)
    for entry in entries:
        _arrange(scenario, lines[str(entry["project"])], entry, frame)
    return list(lines.values())


def _arrange(scenario: Scenario, line: PlanLine, entry: dict[str, Any], frame: Any) -> None:
    if odd := entry.keys() - FIELDS:
        raise ValidationError({"lines": f"These cannot be changed: {', '.join(sorted(odd))}."})
    code = line.project.code
    if entry.get("is_in") and line.project_id not in frame.offers:
        why = next((one.why for one in frame.left_out if one.id == line.project_id), "It takes no part.")
        raise ValidationError({"lines": f"{code} cannot be in: {why}"})
    line.is_in = bool(entry.get("is_in", line.is_in))
    if "option" in entry:
        line.option = _option(line, entry["option"] or "", frame)
        _rest(line, frame)
    _date(scenario, line, entry)
    _force(line, entry)
    _stop(line, frame.offers.get(line.project_id))


def _rest(line: PlanLine, frame: Any) -> None:
    """Running work that rests ends so much later."""
    offer, end = frame.offers.get(line.project_id), line.project.end_date
    if offer is None or offer.stop is None or end is None or not line.is_in:
        return
    late = next((way.late for way in offer.ways if way.name == line.option), 0)
    line.end_date = moved(end, late * frame.periods.months)


def _stop(line: PlanLine, offer: Any) -> None:
    """Running work that is out is stopped; what is in again is not."""
    if offer is None or offer.stop is None:
        return
    if not line.is_in:
        line.option = offer.stop.name
    elif line.option == offer.stop.name:
        line.option = ""


def _option(line: PlanLine, name: str, frame: Any) -> str:
    offer = frame.offers.get(line.project_id)
    if name and (offer is None or name not in {way.name for way in offer.ways}):
        raise ValidationError({"option": f"{line.project.code} has no option “{name}”."})
    return name


def _date(scenario: Scenario, line: PlanLine, entry: dict[str, Any]) -> None:
    """A start alone moves the end with it."""
    before = line.start_date
    start = _day(entry["start_date"]) if "start_date" in entry else before
    if "end_date" in entry:
        line.end_date = _day(entry["end_date"])
    elif start and before and line.end_date and start != before:
        line.end_date = moved_with(line.end_date, before, start)
    line.start_date = start
    if start and line.end_date and line.end_date < start:
        raise ValidationError({"end_date": f"{line.project.code} would end before it starts."})
    if "start_date" in entry and start and periods_of(scenario).place(start) >= scenario.periods:
        raise ValidationError({"start_date": f"{line.project.code} would start after the time planned."})


def moved_with(end: date, before: date, start: date) -> date:
    """The end of work whose start moved: by whole months where the start did, else by as many days."""
    months = (start.year - before.year) * 12 + start.month - before.month
    return moved(end, months) if start.day == before.day else end + (start - before)


def _force(line: PlanLine, entry: dict[str, Any]) -> None:
    if "forced" in entry:
        line.forced = entry["forced"] or Forced.FREE
        line.reason = str(entry.get("reason", line.reason)).strip() if line.forced else ""
        if line.forced and not line.reason:
            raise ValidationError({"reason": f"Say why {line.project.code} is settled by hand."})
        if line.forced:
            line.is_in = line.forced == Forced.IN
    elif line.forced and line.is_in != (line.forced == Forced.IN):
        raise ValidationError({"forced": f"{line.project.code} is settled by hand; set it free first."})


def _day(value: Any) -> date | None:
    if value is None or value == "" or isinstance(value, date):
        return value or None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValidationError({"start_date": f"{value} is no date."}) from None
