"""What stands for the whole organisation or for one portfolio and everything below it."""

from decimal import Decimal
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from mainstay.core import access
from mainstay.core.models import Row, RowQuerySet
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio

WHOLE = Decimal(100)
PERCENT: dict[str, Any] = {
    "max_digits": 5,
    "decimal_places": 2,
    "validators": [MinValueValidator(Decimal(0)), MaxValueValidator(WHOLE)],
}


def seen_standing(user: Any, verb: Verb) -> Q | None:
    """Which standing rows somebody may see or change, as a filter; None lets none pass.

    A strategy is made to be followed: whoever may see anything below a portfolio also reads what stands above it.
    Changing it needs the verb at its own place, and the whole instance where it has none.
    """
    within = access.condition(user, verb, "portfolio__")
    if within is access.NOTHING:
        return None
    if within is None:
        return Q()
    if not verb.reads:
        everywhere = access.condition(user, verb, None) is None
        return within | Q(portfolio__isnull=True) if everywhere else within & Q(portfolio__isnull=False)
    above = {path for grant in access.held_by(user) if verb in grant.role.verbs for path in _way_to(grant.path)}
    return within | Q(portfolio__isnull=True) | Q(portfolio__path__in=sorted(above))


def _way_to(path: str) -> list[str]:
    """The paths of everything above a place: /a/b/c/ gives /a/ and /a/b/."""
    parts = path.strip("/").split("/")
    return ["/" + "/".join(parts[:depth]) + "/" for depth in range(1, len(parts))]


class StandingQuerySet(RowQuerySet):
    """Rows of the whole organisation or of a portfolio."""

    place = "portfolio__"

    def visible_to(self, user: Any, verb: Verb = Verb.SEE_REGISTER) -> Self:
        """What the person may see, or may do this to."""
        seen = seen_standing(user, verb)
        return self.none() if seen is None else self.filter(seen)

    def open(self) -> Self:
        """Those in use."""
        return self.filter(is_active=True)


class Standing(Row):
    """A row of the whole organisation (no portfolio), or of one portfolio and everything below it."""

    portfolio = models.ForeignKey(Portfolio, models.PROTECT, null=True, blank=True, related_name="+")

    objects = StandingQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def scope(self) -> Any:
        return self.portfolio


def reaches(row: Any, project: Any) -> bool:
    """Whether a standing row speaks for a project: it is of the whole organisation, or of a portfolio above it."""
    return row.portfolio_id is None or project.path.startswith(row.portfolio.path)
