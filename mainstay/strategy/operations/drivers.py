"""Departments, drivers with their impact statements and weights, and the ratings of projects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio, Project
from mainstay.strategy.models import Department, Driver, Impact, ImpactStatement, Level
from mainstay.strategy.models.standing import reaches
from mainstay.strategy.operations.changing import change, last_position, next_code, weigh

DEPARTMENT_FIELDS = frozenset({"name", "head", "is_active"})
DRIVER_FIELDS = frozenset({"code", "name", "description", "department", "position", "is_active"})


@dataclass(frozen=True)
class Rating:
    """How much a project moves a driver; without a level there is no rating."""

    project_id: int
    driver_id: int
    level: str = ""
    note: str | None = None


@operation(Verb.DEPARTMENT_CREATE)
def create_department(portfolio: Portfolio | None, *, actor: Actor, name: str, **fields: Any) -> Department:
    """Name a part of the organisation that answers for drivers."""
    department = Department(portfolio=portfolio, name=name.strip())
    change(department, DEPARTMENT_FIELDS, fields)
    return history.create(department)


@operation(Verb.DEPARTMENT_EDIT)
def edit_department(
    department: Department, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> Department:
    """Change a department, or take it out of use."""
    change(department, DEPARTMENT_FIELDS, changes)
    return history.save(department)


@operation(Verb.DRIVER_CREATE)
def create_driver(
    portfolio: Portfolio | None,
    *,
    actor: Actor,
    name: str,
    statements: Mapping[str, str] | None = None,
    **fields: Any,
) -> Driver:
    """Write down a reason for the business to invest, with what each level of impact on it means."""
    driver = Driver(portfolio=portfolio, name=name.strip(), position=last_position(Driver.objects.all()))
    change(driver, DRIVER_FIELDS, fields)
    driver.code = driver.code or next_code("D", Driver)
    history.create(driver)
    _state(driver, statements or {})
    return driver


@operation(Verb.DRIVER_EDIT)
def edit_driver(
    driver: Driver,
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
    statements: Mapping[str, str] | None = None,
    **changes: Any,
) -> Driver:
    """Change a driver or its impact statements, or take it out of use; then it counts no more."""
    change(driver, DRIVER_FIELDS, changes)
    if not driver.is_active:
        driver.weight = Decimal(0)
    if statements is not None:
        _state(driver, statements)
    return history.save_whole(driver)


def _state(driver: Driver, statements: Mapping[str, str]) -> None:
    if unknown := statements.keys() - set(Level.values):
        raise ValidationError({"statements": f"There is no level {sorted(unknown)[0]}."})
    known = {row.level: row for row in driver.statements.all()}
    for level, text in ((level, text.strip()) for level, text in statements.items()):
        row = known.get(level)
        if row is None and text:
            history.create(ImpactStatement(driver=driver, level=level, text=text))
        elif row is not None and not text:
            history.remove(row)
        elif row is not None:
            row.text = text
            history.save(row)


@operation(Verb.DRIVERS_WEIGH)
def weigh_drivers(
    drivers: Sequence[Driver],
    *,
    actor: Actor,
    weights: Mapping[int, Decimal],
    versions: Mapping[int, int] | None = None,
    reason: str = "",
) -> int:
    """Say how much each driver in use counts; gives the number of drivers that changed."""
    if not drivers:
        raise ValidationError({"weights": "There is nothing to weigh."})
    return weigh(drivers, weights, versions, actor)


@operation(Verb.IMPACT_RATE)
def rate_impacts(projects: Sequence[Project], *, actor: Actor, ratings: Sequence[Rating], reason: str = "") -> int:
    """Rate how much projects move drivers, many at once; gives the number of ratings that changed."""
    by_id = {project.pk: project for project in projects}
    drivers = {row.pk: row for row in Driver.objects.visible_to(actor).open().select_related("portfolio")}
    stored = Impact.objects.filter(project__in=by_id, driver__in=drivers)
    known = {(row.project_id, row.driver_id): row for row in stored}
    for rating in ratings:
        _refuse_rating(rating, by_id, drivers)
    changed = [_rate(rating, known) for rating in ratings]
    return sum(changed)


def _refuse_rating(rating: Rating, projects: Mapping[int, Project], drivers: Mapping[int, Driver]) -> None:
    project, driver = projects.get(rating.project_id), drivers.get(rating.driver_id)
    if project is None or driver is None or not reaches(driver, project):
        raise ValidationError({"ratings": "A project is rated on the drivers in use in its portfolio."})
    if rating.level and rating.level not in Level.values:
        raise ValidationError({"ratings": f"There is no level {rating.level[:20]}."})


def _rate(rating: Rating, known: Mapping[tuple[int, int], Impact]) -> bool:
    row = known.get((rating.project_id, rating.driver_id))
    if not rating.level:
        if row is not None:
            history.remove(row)
        return row is not None
    if row is None:
        fields = {"project_id": rating.project_id, "driver_id": rating.driver_id}
        history.create(Impact(level=rating.level, note=(rating.note or "").strip(), **fields))
        return True
    version = row.version
    row.level, row.note = rating.level, row.note if rating.note is None else rating.note.strip()
    return history.save(row).version != version
