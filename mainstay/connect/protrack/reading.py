"""A .p2x file (XML) becomes a schedule; money per hour of an activity includes its resources."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, time
from xml.etree import ElementTree

from mainstay.connect.protrack.agenda import Agenda
from mainstay.connect.protrack.schedule import Activity, Period, Schedule, Tracked

Element = ElementTree.Element
AT_ONCE, AN_HOUR = 0, 1


class Unreadable(ValueError):
    """The file is not one of ProTrack, or a part of it is missing."""


def read(content: str | bytes) -> Schedule:
    """The schedule of a file's content; raises Unreadable, with what is wrong, for anything else."""
    text = content.decode("utf-8-sig") if isinstance(content, bytes) else content.lstrip("\ufeff")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Unreadable("The file defines entities, which no file of ProTrack does.")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  (entities were refused above)
    except ElementTree.ParseError as error:
        raise Unreadable(f"The file is no XML: {error}.") from error
    agenda = root.find("Agenda")
    if root.tag != "Project" or agenda is None:
        raise Unreadable("The file holds no ProTrack project.")
    return _schedule(root, _agenda(agenda))


def _schedule(root: Element, agenda: Agenda) -> Schedule:
    nodes = _all(root, "Activities", "Activity")
    hours = {_whole(each, "UniqueID"): _number(each, "BaseLineDuration") for each in nodes}
    rates, totals = _resources(root, hours)
    return Schedule(
        name=root.findtext("NAME") or "",
        agenda=agenda,
        activities=tuple(_activity(each, rates[_whole(each, "UniqueID")]) for each in nodes),
        periods=tuple(sorted(_periods(root, set(hours)), key=lambda each: each.ends)),
        stored_starts=tuple(_number(each, "StartCPMUnits") for each in nodes),
        resource_totals=totals,
    )


def _agenda(node: Element) -> Agenda:
    idle, free = (
        {_whole(each, ".") for each in node.findall(path)} for path in ("NonWorkingHours/Hour", "NonWorkingDays/Day")
    )
    holidays = {_moment(each.text or "").date() for each in node.findall("Holidays/Holiday")}
    return Agenda(
        starts=_moment(node.findtext("StartDate") or ""),
        hours=frozenset(range(24)) - idle,
        days=tuple(day not in free for day in range(7)),
        holidays=tuple(sorted(holidays)),
    )


def _activity(node: Element, resources: tuple[float, float]) -> Activity:
    return Activity(
        number=_whole(node, "UniqueID"),
        name=node.findtext("Name") or "",
        starts=_moment(node.findtext("BaseLineStart") or ""),
        hours=_number(node, "BaseLineDuration"),
        at_once=_number(node, "FixedBaselineCost") + resources[AT_ONCE],
        an_hour=_number(node, "BaselineCostByUnit") + resources[AN_HOUR],
    )


def _resources(
    root: Element, hours: dict[int, float]
) -> tuple[dict[int, tuple[float, float]], tuple[tuple[float, float], ...]]:
    """What resources cost each activity at once and an hour; and the stored total of each resource beside its sum."""
    known = {_whole(each, "FIELD0"): each for each in _all(root, "Resources", "Resource")}
    rates: dict[int, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    sums: dict[int, float] = defaultdict(float)
    for each in _all(root, "ResourceAssignments", "ResourceAssignment"):
        activity, resource = _whole(each, "FIELD1024"), _whole(each, "FIELD1025")
        if activity not in hours or resource not in known:
            continue
        once, hourly = _assigned(known[resource], _number(each, "FIELD1026"), bool(_whole(each, "FIELD1027")))
        before = rates[activity]
        rates[activity] = before[AT_ONCE] + once, before[AN_HOUR] + hourly
        sums[resource] += once + hourly * hours[activity]
    return rates, tuple((_number(node, "FIELD776"), sums[number]) for number, node in known.items())


def _assigned(resource: Element, amount: float, is_fixed: bool) -> tuple[float, float]:
    """Renewable resources (people, machines) cost each time for each piece; consumables once, fixed or by hours."""
    a_use, a_unit = _number(resource, "FIELD770"), _number(resource, "FIELD771")
    if _whole(resource, "FIELD769"):
        return amount * a_use, amount * a_unit
    return (a_use + amount * a_unit, 0.0) if is_fixed else (a_use, amount * a_unit)


def _periods(root: Element, known: set[int]) -> list[Period]:
    heads, bodies = _all(root, "TrackingList", "TrackingPeriod"), _all(root, "TrackingList", "TProTrackActivities-1")
    if len(heads) != len(bodies):
        raise Unreadable(f"There are {len(heads)} periods of tracking and {len(bodies)} sets of reports.")
    return [
        Period(head.findtext("Name") or "", _moment(head.findtext("EndDate") or ""), _reports(body, known))
        for head, body in zip(heads, bodies, strict=True)
    ]


def _reports(body: Element, known: set[int]) -> tuple[Tracked, ...]:
    """Reports of a period; activities that are no longer planned are left out."""
    pairs = zip(body.findall("Activity"), body.findall("TProTrackActivityTracking-1"), strict=True)
    return tuple(_tracked(int(name.text or 0), node) for name, node in pairs if int(name.text or 0) in known)


def _tracked(activity: int, node: Element) -> Tracked:
    began = node.findtext("ActualStart") or "0"
    return Tracked(
        activity=activity,
        started=None if began == "0" else _moment(began),
        hours=_number(node, "ActualDuration"),
        remaining_hours=_number(node, "RemainingDuration"),
        cost_deviation=_number(node, "ActualCostDev"),
        complete=_number(node, "PercentageComplete"),
    )


def _all(root: Element, group: str, name: str) -> list[Element]:
    """All elements of a name in all groups of a name; groups come twice, first with their settings."""
    return [each for part in root.findall(group) for each in part.findall(name)]


def _moment(text: str) -> datetime:
    """Day, month, year, hour and minute without separators, whatever format the file shows dates in."""
    try:
        day, month, year, hour, minute = (int(part) for part in (text[:2], text[2:4], text[4:8], *_clock(text)))
        return datetime.combine(date(year, month, day), time(hour, minute))
    except ValueError as error:
        raise Unreadable(f"{text or 'Nothing'} is no date of the form ddMMyyyyHHmm.") from error


def _clock(text: str) -> tuple[str, str]:
    return text[8:10] or "0", text[10:12] or "0"


def _number(node: Element, name: str) -> float:
    return float((node.findtext(name) or "0").replace(",", "."))


def _whole(node: Element, name: str) -> int:
    return int((node.text if name == "." else node.findtext(name)) or 0)
