"""Creating, changing and moving portfolios and programmes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat, Substr

from mainstay.core import access, history
from mainstay.core.models import Event, Grant
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio, Programme, Project

PORTFOLIO_FIELDS = frozenset({"code", "name", "description", "owner", "currency", "is_confidential"})
PROGRAMME_FIELDS = frozenset({"code", "name", "description", "owner", "objective"})


def next_code(prefix: str, model: type[models.Model]) -> str:
    """The next free code of a kind: PRJ-0007 after PRJ-0006."""
    return next_codes(prefix, model, 1)[0]


def next_codes(prefix: str, model: type[models.Model], count: int) -> list[str]:
    """The next free codes of a kind, for many new rows at once."""
    start = len(prefix) + 2
    taken = model._default_manager.filter(code__startswith=f"{prefix}-").annotate(number=Substr("code", start))
    numbers = [int(number) for number in taken.values_list("number", flat=True) if number.isdecimal()]
    first = max(numbers, default=0) + 1
    return [f"{prefix}-{number:04d}" for number in range(first, first + count)]


def change(row: Any, allowed: frozenset[str], changes: dict[str, Any]) -> None:
    """Set the fields that may be changed; anything else is refused by name."""
    if unknown := changes.keys() - allowed:
        raise ValidationError({"__all__": f"These cannot be changed here: {', '.join(sorted(unknown))}."})
    for name, value in changes.items():
        setattr(row, name, value)


@operation(Verb.PORTFOLIO_CREATE)
def create_portfolio(
    parent: Portfolio | None, *, actor: Actor, name: str, code: str = "", **fields: Any
) -> Portfolio:
    """Open a portfolio at the top or under another one."""
    portfolio = Portfolio(parent=parent, name=name.strip(), code=code or next_code("PF", Portfolio))
    change(portfolio, PORTFOLIO_FIELDS, fields)
    portfolio.put_under(parent)
    return history.create(portfolio)


@operation(Verb.PORTFOLIO_EDIT)
def edit_portfolio(
    portfolio: Portfolio,
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
    **changes: Any,
) -> Portfolio:
    """Change a portfolio; making it confidential seals everything below."""
    was_confidential = portfolio.is_confidential
    change(portfolio, PORTFOLIO_FIELDS, changes)
    if portfolio.is_confidential != was_confidential:
        _replace(portfolio, portfolio.parent)
    return history.save(portfolio)


@operation(Verb.PORTFOLIO_MOVE)
def move_portfolio(
    portfolio: Portfolio, *, actor: Actor, parent: Portfolio | None, expected_version: int | None = None
) -> Portfolio:
    """Hang a portfolio with everything below it under another parent."""
    access.require(actor, Verb.PORTFOLIO_MOVE, parent)
    if parent is not None and parent.path.startswith(portfolio.path):
        raise ValidationError({"parent": "A portfolio cannot lie within itself."})
    portfolio.parent = parent
    _replace(portfolio, parent)
    return history.save(portfolio)


@operation(Verb.PROGRAMME_CREATE)
def create_programme(portfolio: Portfolio, *, actor: Actor, name: str, code: str = "", **fields: Any) -> Programme:
    """Open a programme in a portfolio."""
    programme = Programme(portfolio=portfolio, name=name.strip(), code=code or next_code("PG", Programme))
    change(programme, PROGRAMME_FIELDS, fields)
    programme.put_under(portfolio)
    return history.create(programme)


@operation(Verb.PROGRAMME_EDIT)
def edit_programme(
    programme: Programme,
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
    **changes: Any,
) -> Programme:
    """Change a programme."""
    change(programme, PROGRAMME_FIELDS, changes)
    return history.save(programme)


def _replace(row: Portfolio, parent: Portfolio | None) -> None:
    """Give a row its new place and take everything below, grants and events along."""
    old_path = row.path
    row.put_under(parent)
    if row.path != old_path:
        for model in (Portfolio, Programme, Project, Event, Grant):
            below = model.objects.filter(path__startswith=old_path)
            below.update(path=Concat(Value(row.path), Substr("path", len(old_path) + 1)))
    row.save(update_fields=["path", "seal"])
    for model in (Portfolio, Programme, Project, Event):
        _seal_again(model, row)


def _seal_again(model: Any, row: Portfolio) -> None:
    """Work out the confidential part anew for everything at and below a row, outermost first."""
    model.objects.filter(path__startswith=row.path).update(seal=row.seal)
    inner_ones = Portfolio.objects.filter(path__startswith=row.path, is_confidential=True).exclude(pk=row.pk)
    for inner in inner_ones.order_by("path"):
        model.objects.filter(path__startswith=inner.path).update(seal=inner.path)
