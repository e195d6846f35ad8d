"""What the endpoints of this room share."""

from typing import Annotated, Any

from django.db.models import Case, CharField, F, Q, Value, When
from django.http import HttpRequest
from pydantic import Field as Rule

from mainstay.core import access
from mainstay.core.api.fields import Field, Kind, number
from mainstay.core.api.problems import Invalid
from mainstay.core.api.types import Id, Number, code_like
from mainstay.core.verbs import Verb
from mainstay.portfolio.api.finding import named_person, named_portfolio
from mainstay.portfolio.api.reading import asked_as
from mainstay.strategy.models import Classification, Driver, Goal, KeyResult

NUMBER = number("id", "The row's number.", lookup="pk", example=1)
PORTFOLIO = Field(
    "portfolio",
    Kind.TEXT,
    "The code of the portfolio it stands for; null for the whole organisation, or where that is not open to you.",
    "portfolio_seen",
    may_be_missing=True,
    sorts=False,
    matches=asked_as("portfolio"),
    example="NET",
)
Share = Annotated[Number, Rule(ge=0, le=100)]
GoalCode = code_like("G-001")
DriverCode = code_like("D-001")
KindCode = code_like("C-001")


def with_place(request: HttpRequest, rows: Any) -> Any:
    """Rows with the code of the portfolio they stand for, where the asker may see that."""
    condition = access.condition(request.user, Verb.SEE_REGISTER, "portfolio__")
    if condition is None:
        return rows.annotate(portfolio_seen=F("portfolio__code"))
    if not isinstance(condition, Q):
        return rows.annotate(portfolio_seen=Value(None, output_field=CharField()))
    seen = Case(When(condition, then=F("portfolio__code")), default=None, output_field=CharField())
    return rows.annotate(portfolio_seen=seen)


def placed(request: HttpRequest, sent: dict[str, Any], verb: Verb) -> Any:
    """The portfolio a body names; none where it stands for the whole organisation."""
    code = sent.pop("portfolio", None)
    return None if code is None else named_portfolio(request, "portfolio", code, verb)


def with_people(request: HttpRequest, sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent with people in place of their sign-in names."""
    return {
        name: named_person(request, name, value) if name in {"owner", "head"} and value is not None else value
        for name, value in sent.items()
    }


def _named(rows: Any, name: str, noun: str, key: Any, **by: Any) -> Any:
    row = rows.filter(**by).first()
    if row is None:
        raise Invalid(f"There is no {noun} {key}.", **{name: f"There is no {noun} {key}."})
    return row


def named_goal(request: HttpRequest, name: str, code: str) -> Goal:
    """The goal a field names."""
    return _named(Goal.objects.visible_to(request.user), name, "goal", code, code=code)


def named_result(request: HttpRequest, name: str, pk: Id) -> KeyResult:
    """The key result a field names."""
    return _named(KeyResult.objects.visible_to(request.user), name, "key result", pk, pk=pk)


def named_driver(request: HttpRequest, name: str, code: str) -> Driver:
    """The driver a field names."""
    return _named(Driver.objects.visible_to(request.user), name, "driver", code, code=code)


def named_kind(request: HttpRequest, name: str, code: str) -> Classification:
    """The classification a field names."""
    return _named(Classification.objects.visible_to(request.user), name, "classification", code, code=code)
