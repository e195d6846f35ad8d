"""How much each project of the sample moves each driver, invented from its facts."""

from collections.abc import Callable
from typing import Any

from mainstay.config.sample.facts import Facts
from mainstay.config.sample.staff import Staff
from mainstay.portfolio.models import Project
from mainstay.strategy.models import Driver, Level
from mainstay.strategy.operations.drivers import Rating, rate_impacts

LEVELS = list(Level)
STEPS: dict[str, tuple[float, ...]] = {
    "carbon": (1, 500, 1500, 4000),
    "customers": (1, 5_000, 40_000, 150_000),
    "benefit": (0.5, 1.0, 1.3, 2.0),
}
UNJUDGED = frozenset({"proposed"})


def rate_in_bulk(drivers: list[dict[str, Any]], projects: list[Facts], staff: Staff) -> None:
    """Rate the open projects as the portfolio manager would; what was just proposed has no rating yet."""
    known = {one.code: one.pk for one in Driver.objects.all()}
    judged = [one for one in projects if one.stage not in UNJUDGED and one.portfolio != "HERON"]
    rows = {row.code: row for row in Project.objects.filter(code__in=[one.code for one in judged])}
    ratings = [
        Rating(rows[one.code].pk, known[driver["code"]], LEVELS[_place(driver["by"], one)].value)
        for one in judged
        for driver in drivers
        if not _is_open(one, driver)
    ]
    rate_impacts(list(rows.values()), actor=staff["amara"], ratings=ratings)


def _is_open(one: Facts, driver: dict[str, Any]) -> bool:
    """A few ratings nobody gave, as happens."""
    return (one.number + len(driver["code"])) % 11 == 0


def _place(by: str, one: Facts) -> int:
    kind, _, word = by.partition(":")
    if word:
        return _likeness(getattr(one, kind) == word, one)
    return _VALUES[kind](one)


def _likeness(is_meant: bool, one: Facts) -> int:
    """Strong or extreme where the project is about it, else little or nothing."""
    return 3 + (one.fit or 0) // 9 if is_meant else one.number % 3 // 2


def _step(name: str, value: float) -> int:
    return sum(value >= step for step in STEPS[name])


_VALUES: dict[str, Callable[[Facts], int]] = {
    "carbon": lambda one: _step("carbon", one.carbon),
    "customers": lambda one: _step("customers", one.customers),
    "benefit": lambda one: _step("benefit", one.benefit / one.cost if one.benefit and one.cost else 0),
}
