"""What a question offers that stands elsewhere: goals of the strategy and buckets of its classifications."""

from typing import Any

from django.db.models import Q

from mainstay.core.access import ROOT
from mainstay.identification.forms.definition import Kind
from mainstay.strategy.models import Bucket, Goal

REFERENCES = frozenset({Kind.GOAL, Kind.BUCKET})


def references(kind: Kind, portfolio: Any) -> list[tuple[str, str]]:
    """Value and name of each goal or bucket that speaks for a portfolio: what everybody who asks there may know."""
    if kind is Kind.GOAL:
        goals = Goal.objects.open().filter(_stands_for(portfolio, ""))
        return [(goal.code, goal.name) for goal in goals]
    rows = Bucket.objects.filter(_stands_for(portfolio, "classification__"), classification__is_active=True)
    return [(str(row.pk), f"{row.name} ({row.classification})") for row in rows.select_related("classification")]


def _stands_for(portfolio: Any, way: str) -> Q:
    """Rows of the whole organisation, and of the portfolio or one above it."""
    everywhere = Q(**{f"{way}portfolio__isnull": True})
    if portfolio is None:
        return everywhere
    keys = portfolio.path.strip("/").split("/")
    above = [ROOT + "/".join(keys[: depth + 1]) + "/" for depth in range(len(keys))]
    return everywhere | Q(**{f"{way}portfolio__path__in": above})
