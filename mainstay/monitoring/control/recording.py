"""The decision on record: what was done to running work, what that freed, and what the figures said then."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mainstay.authorisation.deciding.content import further_of
from mainstay.authorisation.deciding.operations.recording import record
from mainstay.authorisation.models import Decision, DecisionKind, DecisionLine, Outcome
from mainstay.authorisation.scenarios.exits import PAUSE, STOP
from mainstay.authorisation.scenarios.periods import moved
from mainstay.authorisation.sentences import money
from mainstay.charts import words
from mainstay.core import history
from mainstay.core.models import Person
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.monitoring.alerts.batch import Batch
from mainstay.monitoring.control.course import course_of
from mainstay.monitoring.control.release import Release
from mainstay.portfolio.models import Project

DONE = {"Stop": "is stopped", "Pause": "rests", "Resume": "goes on"}


def decided(
    project: Project,
    word: str,
    outcome: Outcome,
    release: Release,
    content: dict[str, Any],
    actor: Actor,
    reason: str,
) -> Decision:
    """Keep the decision with its line and its record; `content` is what was freed, read before it was."""
    now = surrounding().now()
    decision = history.create(
        Decision(
            kind=DecisionKind.OTHER,
            portfolio=project.portfolio,
            title=f"{word}: {project.name}"[:160],
            statement=statement(project, word, release, content),
            note=reason.strip(),
            currency=project.currency,
            cost=project.cost or Decimal(0),
            value=float(project.benefit or 0),
            known_at=now,
            decided_by=actor if isinstance(actor, Person) else None,
            decided_at=now,
        )
    )
    history.create(
        DecisionLine(
            decision=decision,
            project=project,
            outcome=outcome,
            cost=project.cost or Decimal(0),
            value=float(project.benefit or 0),
            reason=reason.strip(),
        )
    )
    record(
        decision, {"control": word, "project": project.code, "freed": content, "course": _course(project, release)}
    )
    return decision


def statement(project: Project, word: str, release: Release, content: dict[str, Any]) -> str:
    """What was decided, in a sentence: `Replace the pumps (PUMPS) rests from 1 Dec 2026 for 6 months; ...`."""
    day = f"{release.on:%-d %b %Y}"
    span = f" for {words.counted(release.months, 'month')}" if release.months else ""
    told = f"{project.name} ({project.code}) {DONE[word]} from {day} on{span}"
    if "hours" not in content:
        return f"{told}."
    hours = words.number(float(content["hours"]))
    people = words.counted(content["people"], "person", "people")
    funds = [money(amount, currency) for currency, amount in release.money_by_currency.items()]
    back = f" and {words.listed(funds)} of funds" if funds else ""
    return f"{told}; {hours} booked hours of {people}{back} are free again."


def _course(project: Project, release: Release) -> dict[str, Any]:
    """What the figures said when it was decided, in the currency of the project."""
    batch = Batch(Project.objects.filter(pk=project.pk), release.on)
    course = course_of(batch)
    columns = {
        "benefit": course.benefit, "forecast": course.forecast, "spent": course.spent,
        "remaining": course.remaining, "stop_cost": course.stop_cost, "salvage": course.salvage,
    }  # fmt: skip
    values = {name: float(each[0]) for name, each in columns.items()}
    return {name: None if value != value else f"{value:.2f}" for name, value in values.items()}


@dataclass(frozen=True)
class Pause:
    """A pause as it was decided."""

    decision: Decision
    on: date
    months: int

    @property
    def goes_on(self) -> date:
        """The day on which work was to go on."""
        return moved(self.on, self.months)


def told_by(decision: Decision) -> dict[str, Any]:
    """What the record of a decision keeps of running work; of an adopted plan all it left together; else nothing."""
    further = further_of(decision)
    if "control" in further:
        return further
    parts = [one["freed"] for one in further.get("left", [])]
    return {"control": "Plan", "freed": _together(parts)} if parts else {}


def _together(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """What several projects set free."""
    sums = {name: sum(one[name] for one in parts) for name in ("people", "requests")}
    hours = {name: f"{sum(Decimal(one[name]) for one in parts):.2f}" for name in ("hours", "demand")}
    lists = {name: [row for one in parts for row in one[name]] for name in ("hours_by_month", "money")}
    return {"on": min(one["on"] for one in parts), "months": 0} | sums | hours | lists


def stopped_by(decision: Decision) -> list[str]:
    """The codes of the projects that a decision stopped."""
    told = further_of(decision)
    if told.get("control") == "Stop":
        return [told["project"]]
    return [one["project"] for one in told.get("left", []) if one["way"] == STOP]


def pause_of(project: Project) -> Pause | None:
    """The last pause of a project, by itself or with a plan; None where it was not paused by a decision."""
    kinds = (DecisionKind.OTHER, DecisionKind.PLAN)
    rows = Decision.objects.filter(kind__in=kinds, lines__project=project).select_related("record")
    for decision in rows.order_by("-pk"):
        for freed in _rests(project, further_of(decision)):
            return Pause(decision, date.fromisoformat(freed["on"]), int(freed["months"]))
    return None


def _rests(project: Project, told: dict[str, Any]) -> list[dict[str, Any]]:
    """What a record says was set free when the project was put to rest; nothing where it was not."""
    if told.get("control") == "Pause":
        return [told["freed"]]
    return [one["freed"] for one in told.get("left", []) if one["project"] == project.code and one["way"] == PAUSE]
