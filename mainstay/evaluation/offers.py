"""Criteria offered to authors of a score model: drivers of the strategy with their impact statements as levels."""

from typing import Any

from mainstay.evaluation.models import CriterionKind, Way
from mainstay.portfolio.models import Portfolio
from mainstay.strategy.models import Level
from mainstay.strategy.queries.drivers import drivers_in_use, statements_of


def offered_criteria(user: Any, portfolio: Portfolio) -> dict[str, dict[str, Any]]:
    """The drivers in use for a portfolio as judged criteria, by the driver's code."""
    drivers = drivers_in_use(user, portfolio)
    statements = statements_of(drivers)
    return {driver.code: _offer(driver, statements.get(driver.pk, {})) for driver in drivers}


def _offer(driver: Any, statements: dict[str, str]) -> dict[str, Any]:
    """What the row of the form begins with."""
    levels = [
        {"points": level.points, "words": statements.get(level) or f"Impact: {level.label.lower()}"}
        for level in Level
    ]
    asked = f"How strongly does the project move “{driver.name}”?"
    told = {"label": driver.name, "kind": CriterionKind.FIT, "way": Way.JUDGED, "question": asked[:300]}
    return told | {"levels": levels, "weight": 0}
