"""Finding business cases for a person: to read, today or as known on a date, and to change."""

from typing import Any

from django.http import HttpRequest

from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.identification.case_parts import require_writer
from mainstay.identification.models import BusinessCase, Option
from mainstay.portfolio.models import Project

GONE = "There is no such business case, or it is not open to you."


def case_for(request: HttpRequest, case_id: int) -> Any:
    """A case the person may read, as known at the moment asked for."""
    rows = BusinessCase.objects.as_of(request.as_of).visible_to(request.user).identified_by([case_id])
    found = rows.select_related("project", "request__portfolio").first()
    if found is None:
        raise Missing(GONE)
    return found


def writable(request: HttpRequest, case_id: int) -> BusinessCase:
    """A case to change, as it is today: one that may not be read is missing, one that may not be changed refused."""
    rows = BusinessCase.objects.visible_to(request.user).filter(pk=case_id)
    found = rows.select_related("project", "request__portfolio").first()
    if found is None:
        raise Missing(GONE)
    require_writer(request.user, found)
    return found


def part_of(case: Any, parts: str, part_id: int) -> Any:
    """A part of a case by the name of its kind."""
    found = getattr(case, parts).filter(pk=part_id).first()
    if found is None:
        raise Missing("This is not there any more.")
    found.case = case
    return found


def option_for(request: HttpRequest, case: Any, option_id: int) -> Any:
    """An option of a case, as known at the moment asked for."""
    rows = Option.objects.as_of(request.as_of).filter(case_id=case.row_id)
    found = rows.identified_by([option_id]).first()
    if found is None:
        raise Missing("This option is not there.")
    return found


def project_with_figures(user: Any, code: str) -> Project:
    """A project whose figures the person may see."""
    found = Project.objects.visible_to(user, Verb.SEE_FIGURES).filter(code=code).first()
    if found is None or not access.may(user, Verb.SEE_REGISTER, found):
        raise Missing("There is no such project, or its business case is not open to you.")
    return found
