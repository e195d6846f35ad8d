"""Making a study from the answer of a selection or a scenario, and handing it to the operation that keeps it."""

from collections.abc import Callable, Sequence
from typing import Any

from mainstay.authorisation.models import Scenario, Selection, Study
from mainstay.authorisation.operations.studies import check_selection, simulate_selection, vary_selection
from mainstay.authorisation.result import Result, result_of
from mainstay.authorisation.studies import sentences, simulating, testing, varying, weighting
from mainstay.authorisation.studies.estimates import Estimate, estimates_of
from mainstay.authorisation.studies.terms import FrontierTerms, Ranges, RobustnessTerms, UncertaintyTerms
from mainstay.core import access
from mainstay.core.errors import Impossible
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb

QUICK_CELLS = 10_000_000
"""So many draws times projects are simulated at once, in about a second."""

Doing = Callable[[str, Sequence[dict[str, Any]]], list[dict[str, Any]]]
"""Has tasks of a kind done, and gives their results in order."""


def solved(selection: Selection | Scenario, actor: Actor, verb: Verb) -> Result:
    """The answer that is to be studied, where the person may and there is a plan."""
    access.require(actor, verb, selection.scope)
    result = result_of(selection)
    if result is None or not result.solution.has_plan or not result.ins:
        raise Impossible("There is no plan to study; find the best one first.")
    return result


def simulate(
    selection: Selection | Scenario,
    terms: UncertaintyTerms,
    actor: Actor,
    progress: Callable[[float], None] | None = None,
) -> Study:
    """How sure the plan is."""
    result = solved(selection, actor, Verb.SELECTION_SIMULATE)
    estimates = _estimates(result, terms, actor)
    found = simulating.simulated(result, estimates, terms, progress)
    kept = _found(terms, found, sentences.how_sure(result, found), estimates)
    return simulate_selection(selection, actor=actor, solution_id=result.solution.pk, found=kept)


def vary(selection: Selection | Scenario, terms: FrontierTerms, actor: Actor, do: Doing) -> Study:
    """What other amounts of a limit would give."""
    result = solved(selection, actor, Verb.SELECTION_VARY)
    if all(each.id != terms.limit for each in result.problem.limits):
        raise Impossible("There is no such limit.")
    if not result.problem.limit(terms.limit).total:
        raise Impossible("A limit of zero cannot be varied; give it an amount first.")
    tasks = varying.tasks_of(result.solution, terms, varying.amounts_of(result, terms))
    found = varying.told_points(result, terms.limit, do(varying.PIECE, tasks))
    kept = _found(terms, found, sentences.worth_of_more(result, found))
    return vary_selection(selection, actor=actor, solution_id=result.solution.pk, found=kept)


def check(selection: Selection | Scenario, terms: RobustnessTerms, actor: Actor, do: Doing) -> Study:
    """Whether the choice holds."""
    result = solved(selection, actor, Verb.SELECTION_TEST)
    estimates = _estimates(result, terms, actor)
    weights = weighting.weights_of(result, terms.weights)
    pieces = do(testing.PIECE, testing.tasks_of(result.solution, estimates, terms, weights))
    try:
        found = testing.told_samples(result, estimates, terms, weights, pieces)
    except ValueError as error:
        raise Impossible("No plan holds in any sample; give more budget or narrower ranges.") from error
    kept = _found(terms, found, sentences.how_firm(result, found), estimates)
    kept["inputs"] |= {"weights": weights}
    return check_selection(selection, actor=actor, solution_id=result.solution.pk, found=kept)


def done_here(kind: str, tasks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """All tasks one after the other by whoever asks."""
    works = {varying.PIECE: varying.some_points, testing.PIECE: testing.some_samples}
    return [works[kind](lambda: False, **task) for task in tasks]


def is_quick(result: Result, terms: UncertaintyTerms) -> bool:
    """Whether a simulation takes about a second."""
    return len(result.lines) * terms.draws <= QUICK_CELLS


def _estimates(result: Result, terms: Ranges, actor: Actor) -> list[Estimate]:
    return estimates_of({line.code: line.id for line in result.lines}, terms, actor)


def _found(terms: Any, found: dict[str, Any], finding: str, estimates: Sequence[Estimate] = ()) -> dict[str, Any]:
    inputs = {"estimates": [each.kept() for each in estimates]} if estimates else {}
    return {"terms": terms.kept(), "inputs": inputs, "result": found, "finding": finding}
