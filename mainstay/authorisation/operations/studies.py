"""Keeping studies of an answer: how sure it is, what another budget would give, whether the choice holds."""

from typing import Any

from mainstay.authorisation.models import Scenario, Selection, Study, StudyKind
from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb


@operation(Verb.SELECTION_SIMULATE)
def simulate_selection(
    selection: Selection | Scenario, *, actor: Actor, solution_id: int, found: dict[str, Any]
) -> Study:
    """Keep how sure the plan of a selection or scenario is; the simulation was done before this began."""
    return _keep(selection, StudyKind.UNCERTAINTY, actor, solution_id, found)


@operation(Verb.SELECTION_VARY)
def vary_selection(
    selection: Selection | Scenario, *, actor: Actor, solution_id: int, found: dict[str, Any]
) -> Study:
    """Keep what other amounts of a limit of a selection or scenario would give; the solver worked before this."""
    return _keep(selection, StudyKind.FRONTIER, actor, solution_id, found)


@operation(Verb.SELECTION_TEST)
def check_selection(
    selection: Selection | Scenario, *, actor: Actor, solution_id: int, found: dict[str, Any]
) -> Study:
    """Keep whether the choice holds when everything comes out otherwise; the samples were solved before."""
    return _keep(selection, StudyKind.ROBUSTNESS, actor, solution_id, found)


def _keep(
    subject: Selection | Scenario, kind: StudyKind, actor: Actor, solution_id: int, found: dict[str, Any]
) -> Study:
    """One study of the answer there is; refused when it was solved again meanwhile."""
    if subject.solution is None or subject.solution_id != solution_id:
        raise Impossible(f"{subject.name} was changed or solved again meanwhile; ask once more.")
    return history.create(
        Study(
            solution=subject.solution,
            kind=kind,
            problem_sha256=subject.solution.problem_sha256,
            known_at=surrounding().now(),
            person=actor if isinstance(actor, Person) else None,
            **found,
        )
    )
