"""Conditions that block: a project goes no further until they are met."""

from mainstay.authorisation.models import Condition
from mainstay.charts import words
from mainstay.portfolio.guards import guard
from mainstay.portfolio.models import Project


def unmet(project: Project) -> list[Condition]:
    """The conditions that hold a project up."""
    return list(Condition.objects.in_force().filter(project=project, blocks=True, met_at=None))


@guard("conditions_met", "Conditions that block are met")
def conditions_met(project: Project) -> str:
    found = unmet(project)
    names = words.listed([f"“{one.text}”" for one in found[:3]])
    return f"{words.counted(len(found), 'condition')} not met yet: {names}." if found else ""
