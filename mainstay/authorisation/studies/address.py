"""Where the studies of an answer are read: with its selection or with its scenario."""

from typing import Any

from django.urls import reverse

from mainstay.authorisation.models import Solution, StudyKind


def address_of(solution: Solution, page: str, *further: Any) -> str:
    """The address of a page about an answer."""
    if solution.selection_id is not None:
        return reverse(page, args=[solution.selection_id, *further])
    return reverse(f"scenario_{page}", args=[solution.scenario_id, *further])


def addresses_of(solution: Solution) -> dict[str, str]:
    """The addresses of all studies of an answer, by kind."""
    return {str(kind): address_of(solution, str(kind)) for kind in StudyKind}
