"""What the business wants more of, and how projects move it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mainstay.strategy.models import Driver, Impact, ImpactStatement, Level
from mainstay.strategy.models.impact import NO_RATING


def drivers_in_use(user: Any, portfolio: Any = None, as_of: datetime | None = None) -> list[Any]:
    """The drivers that count, for the whole organisation or for a portfolio (its own and those above it)."""
    rows = Driver.objects.as_of(as_of).visible_to(user).open().select_related("department", "portfolio")
    found = list(rows.order_by("position", "code"))
    if portfolio is None:
        return found
    return [row for row in found if row.portfolio_id is None or portfolio.path.startswith(row.portfolio.path)]


def statements_of(drivers: Iterable[Any], as_of: datetime | None = None) -> dict[int, dict[str, str]]:
    """What each level means, by driver and level; levels without a sentence are missing."""
    told: dict[int, dict[str, str]] = {driver.row_id: {} for driver in drivers}
    rows = ImpactStatement.objects.as_of(as_of).filter(driver_id__in=told)
    for driver_id, level, text in rows.values_list("driver_id", "level", "text"):
        told[driver_id][level] = text
    return told


def levels_of(
    projects: Iterable[Any], drivers: Sequence[Any], as_of: datetime | None = None
) -> dict[int, dict[int, Any]]:
    """The ratings of projects, by project and driver; where nobody rated there is nothing."""
    ids = [project.row_id for project in projects]
    found: dict[int, dict[int, Any]] = {pk: {} for pk in ids}
    rows = Impact.objects.as_of(as_of).filter(project_id__in=ids, driver_id__in=[row.row_id for row in drivers])
    for row in rows:
        found[row.project_id][row.driver_id] = row
    return found


def impact_points(
    projects: Iterable[Any], drivers: Sequence[Any], as_of: datetime | None = None
) -> dict[int, tuple[int | None, ...]]:
    """Points from 0 to 100 for each project, in the order of the drivers; None is no rating, 0 is None."""
    found = levels_of(projects, drivers, as_of)
    return {
        pk: tuple(Level(by[one.row_id].level).points if one.row_id in by else None for one in drivers)
        for pk, by in found.items()
    }


@dataclass(frozen=True)
class Rated:
    """A driver as a project moves it, with the sentence of the level."""

    driver: Any
    level: str = ""
    text: str = ""
    note: str = ""

    @property
    def label(self) -> str:
        """The level in words; nobody's rating is not None."""
        return Level(self.level).label if self.level else NO_RATING

    @property
    def points(self) -> int | None:
        """The level as points from 0 to 100."""
        return Level(self.level).points if self.level else None


def ratings_of(project: Any, drivers: Sequence[Any], as_of: datetime | None = None) -> list[Rated]:
    """How one project moves each driver."""
    known, told = levels_of([project], drivers, as_of)[project.row_id], statements_of(drivers, as_of)
    return [_rated(driver, known.get(driver.row_id), told[driver.row_id]) for driver in drivers]


def _rated(driver: Any, impact: Any, texts: dict[str, str]) -> Rated:
    if impact is None:
        return Rated(driver)
    return Rated(driver, impact.level, texts.get(impact.level, ""), impact.note)
