"""The tree as places that grants are given for: portfolios, programmes, and projects by name."""

from collections.abc import Iterable
from typing import Any

from mainstay.core.places import Place
from mainstay.portfolio.models import Portfolio, Programme


def tree_places(person: Any) -> Iterable[Place]:
    """Portfolios and programmes the person may see, in the order of the tree."""
    rows = [*Portfolio.objects.visible_to(person), *Programme.objects.visible_to(person)]
    for row in sorted(rows, key=lambda row: row.path):
        yield Place(row.path, row.name, row.path.count("/") - 2, row.seal)
