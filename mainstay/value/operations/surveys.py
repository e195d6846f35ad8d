"""Recording what customers answered."""

from typing import Any

from mainstay.core import history
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Project
from mainstay.portfolio.operations.tree import change
from mainstay.value.models import Survey

FIELDS = frozenset({"question", "when", "starts_on", "ends_on", "counts", "source", "external_key"})


@operation(Verb.SURVEY_RECORD)
def record_survey(project: Project, *, actor: Actor, reason: str = "", **fields: Any) -> Survey:
    """Write down what customers of a project answered to one question in a time."""
    survey = Survey(project=project)
    change(survey, FIELDS, fields)
    return history.create(survey)


@operation(Verb.SURVEY_CORRECT)
def correct_survey(
    survey: Survey, *, actor: Actor, expected_version: int | None = None, reason: str = "", **changes: Any
) -> Survey:
    """Correct a survey."""
    change(survey, FIELDS, changes)
    return history.save(survey)


@operation(Verb.SURVEY_REMOVE)
def remove_survey(survey: Survey, *, actor: Actor, expected_version: int | None = None, reason: str = "") -> None:
    """Take a survey away that was recorded by mistake."""
    history.remove(survey)
