"""Finding what a request names: rows in its address must be there, rows in its body give an error by field."""

from typing import Any

from django.http import HttpRequest

from mainstay.core.api.finding import found
from mainstay.core.api.problems import Invalid
from mainstay.core.models import Person
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio, Programme, Project, Stage


def project_at(request: HttpRequest, code: str) -> Project:
    """The project with this code, if the asker may see it."""
    return found(Project.objects.visible_to(request.user).filter(code=code))


def portfolio_at(request: HttpRequest, code: str) -> Portfolio:
    """The portfolio with this code, if the asker may see it."""
    return found(Portfolio.objects.visible_to(request.user).filter(code=code))


def programme_at(request: HttpRequest, code: str) -> Programme:
    """The programme with this code, if the asker may see it."""
    return found(Programme.objects.visible_to(request.user).filter(code=code))


def _named(rows: Any, name: str, noun: str, **by: str) -> Any:
    row = rows.filter(**by).first()
    if row is None:
        word = next(iter(by.values()))
        raise Invalid(f"There is no {noun} {word}.", **{name: f"There is no {noun} {word}."})
    return row


def named_person(request: HttpRequest, name: str, username: str) -> Person:
    """The person a field names."""
    return _named(Person.objects.visible_to(request.user), name, "person", username=username)


def named_project(request: HttpRequest, name: str, code: str) -> Project:
    """The project a field names."""
    return _named(Project.objects.visible_to(request.user), name, "project", code=code)


def named_programme(request: HttpRequest, name: str, code: str) -> Programme:
    """The programme a field names."""
    return _named(Programme.objects.visible_to(request.user), name, "programme", code=code)


def named_stage(name: str, key: str) -> Stage:
    """The stage a field names."""
    return _named(Stage.objects.all(), name, "stage", key=key)


def named_portfolio(request: HttpRequest, name: str, code: str, verb: Verb = Verb.SEE_REGISTER) -> Portfolio:
    """The portfolio a field names, among those the asker may see or may do this in."""
    both = Portfolio.objects.visible_to(request.user) | Portfolio.objects.visible_to(request.user, verb)
    return _named(both, name, "portfolio", code=code)


def with_rows(request: HttpRequest, sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent with people and programmes in place of their names."""
    finders = {"owner": named_person, "manager": named_person, "programme": named_programme}
    return {
        name: finders[name](request, name, value) if name in finders and value is not None else value
        for name, value in sent.items()
    }
