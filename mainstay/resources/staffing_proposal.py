"""A proposal for the whole portfolio: named people for open demand, in lines accepted or refused one by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mainstay.core.errors import Missing
from mainstay.core.models import Person, Run
from mainstay.engine.assignment import Assigned, Assignment, assign
from mainstay.engine.basics.periods import month_after
from mainstay.portfolio.models import Project
from mainstay.resources.booking_changes import BookingChange, as_added
from mainstay.resources.models import Booking, Resource, Role, Skill
from mainstay.resources.queries.effect import Effect, effect_of
from mainstay.resources.queries.open_demand import Line, OpenDemand

KIND = "propose_staffing"
EVEN = 0.25  # months of one booking differ by a quarter at most, because its hours are spread evenly
LEAST_HOURS = 4.0
REASONS = {
    "nobody_has_it": "nobody has the role, the skill or its level",
    "nobody_free": "nobody who could is free",
    "not_worth_it": "it costs more than it is worth",
}


def propose(question: OpenDemand, **more: Any) -> dict[str, Any]:
    """The best proposal found, as plain values that a run keeps."""
    answer = assign(question.staffing(), **more)
    lines = {one.id: one for one in question.lines}
    told = [line for one in answer.assigned for line in _lines(one, lines[one.need], question.starts)]
    told = [line | {"number": place} for place, line in enumerate(told, 1)]
    return {"lines": told, "unfilled": _unfilled(answer, lines, question), **_quality(answer)}


def _quality(answer: Assignment) -> dict[str, Any]:
    return {"covered": answer.covered, "gap": answer.gap, "seconds": round(answer.seconds, 2)}


def _lines(one: Assigned, line: Line, starts: list[date]) -> Iterator[dict[str, Any]]:
    """One line for each stretch of months with about the same hours."""
    for first, last in _stretches(one.hours):
        need = line.line
        yield {
            "resource": int(one.person),
            "project": line.project.pk,
            "role": need.role.pk if need.role else None,
            "skill": need.skill.pk if need.skill else None,
            "starts_on": starts[first].isoformat(),
            "ends_on": (month_after(starts[last], 1) - timedelta(days=1)).isoformat(),
            "hours": round(sum(one.hours[first : last + 1]), 2),
        }


def _stretches(hours: tuple[float, ...]) -> Iterator[tuple[int, int]]:
    begin: int | None = None
    for place, each in enumerate(hours):
        if begin is not None and not _is_even([*hours[begin:place], each]):
            yield begin, place - 1
            begin = None
        if begin is None and each >= LEAST_HOURS:
            begin = place
    if begin is not None:
        yield begin, len(hours) - 1


def _is_even(hours: list[float]) -> bool:
    return min(hours) >= LEAST_HOURS and max(hours) - min(hours) <= EVEN * max(hours)


def _unfilled(answer: Assignment, lines: dict[str, Line], question: OpenDemand) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], float] = {}
    for one in answer.unfilled:
        found[one.need, one.reason] = found.get((one.need, one.reason), 0.0) + one.hours
    return [
        {
            "project": lines[need].project.pk, "what": lines[need].line.name, "hours": round(hours, 2),
            "reason": REASONS[reason],
        }
        for (need, reason), hours in sorted(found.items(), key=lambda pair: -pair[1])
        if hours >= LEAST_HOURS
    ]  # fmt: skip


@dataclass(frozen=True)
class ProposedLine:
    """One line of a proposal, with the rows it names."""

    number: int
    person: Resource
    project: Project
    role: Role
    skill: Skill | None
    starts_on: date
    ends_on: date
    hours: Decimal
    state: str

    @property
    def change(self) -> BookingChange:
        """The booking it stands for."""
        return as_added(self.person, self.project, self.fields)

    @property
    def fields(self) -> dict[str, Any]:
        """What is booked."""
        names = ("role", "skill", "starts_on", "ends_on", "hours")
        return {name: getattr(self, name) for name in names}

    def effect(self, reader: Person) -> Effect:
        """What accepting it does."""
        return effect_of(self.change, reader)


def source_key(run: Run, number: int) -> str:
    """The key of the booking that an accepted line became."""
    return f"proposal-{run.pk}-{number}"


def lines_of(run: Run, reader: Person, refused: set[int]) -> list[ProposedLine]:
    """The lines of a finished run that the reader may still see, each open, accepted or refused."""
    told = run.result.get("lines", [])
    people = Resource.objects.visible_to(reader).select_related("team__portfolio").in_bulk(
        {one["resource"] for one in told}
    )  # fmt: skip
    projects = Project.objects.visible_to(reader).in_bulk({one["project"] for one in told})
    roles, skills = Role.objects.in_bulk(), Skill.objects.in_bulk()
    keys = [source_key(run, one["number"]) for one in told]
    booked = set(Booking.objects.filter(external_key__in=keys).values_list("external_key", flat=True))
    return [
        _line(one, people, projects, roles, skills, _state(source_key(run, one["number"]) in booked, one, refused))
        for one in told
        if one["resource"] in people and one["project"] in projects
    ]


def line_of(run: Run, reader: Person, number: int, refused: set[int]) -> ProposedLine:
    """One line."""
    found = next((one for one in lines_of(run, reader, refused) if one.number == number), None)
    if found is None:
        raise Missing("There is no such line in the proposal.")
    return found


def _state(is_booked: bool, told: dict[str, Any], refused: set[int]) -> str:
    if is_booked:
        return "accepted"
    return "refused" if told["number"] in refused else "open"


def _line(told: dict[str, Any], people: Any, projects: Any, roles: Any, skills: Any, state: str) -> ProposedLine:
    person = people[told["resource"]]
    return ProposedLine(
        told["number"],
        person,
        projects[told["project"]],
        roles.get(told["role"]) or person.role,
        skills.get(told["skill"]),
        date.fromisoformat(told["starts_on"]),
        date.fromisoformat(told["ends_on"]),
        Decimal(str(told["hours"])).quantize(Decimal("0.01")),
        state,
    )
