"""Preparing, changing and solving a selection."""

from typing import Any

from django.core.exceptions import ValidationError

from mainstay.authorisation.answering import keep_answer
from mainstay.authorisation.candidates import Pool
from mainstay.authorisation.models import Selection, SelectionState
from mainstay.authorisation.terms import clean_terms
from mainstay.core import access, history
from mainstay.core.errors import Impossible
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.engine import selection as engine
from mainstay.portfolio.models import Portfolio

TERMS = frozenset({"name", "maximise", "budget", "currency", "stages", "committed", "present", "limits", "rules"})


@operation(Verb.SELECTION_PREPARE)
def prepare_selection(portfolio: Portfolio, *, actor: Actor, name: str, **terms: Any) -> Selection:
    """State a choice to be made in a portfolio."""
    access.require(actor, Verb.SEE_FIGURES, portfolio)
    selection = Selection(portfolio=portfolio, currency=portfolio.currency)
    _set(selection, {"name": name, **terms})
    return history.create(selection)


@operation(Verb.SELECTION_EDIT)
def edit_selection(
    selection: Selection, *, actor: Actor, expected_version: int | None = None, reason: str = "", **terms: Any
) -> Selection:
    """Change what is asked; the answer to the former question is put aside."""
    _refuse_adopted(selection)
    before = {name: getattr(selection, name) for name in TERMS - {"name"}}
    _set(selection, terms)
    if before != {name: getattr(selection, name) for name in TERMS - {"name"}}:
        selection.state, selection.solution = SelectionState.DRAFT, None
    return history.save(selection)


@operation(Verb.SELECTION_SOLVE)
def solve_selection(
    selection: Selection,
    *,
    actor: Actor,
    problem: engine.Problem,
    answer: engine.Answer,
    pool: Pool,
    expected_version: int | None = None,
) -> Selection:
    """Keep the solver's answer with the problem it was asked; the solver worked before this began."""
    _refuse_adopted(selection)
    selection.solution = keep_answer(selection, actor, problem, answer, pool)
    selection.state = SelectionState.SOLVED
    return history.save(selection)


def _set(selection: Selection, terms: dict[str, Any]) -> None:
    if unknown := terms.keys() - TERMS:
        raise ValidationError({"__all__": f"These cannot be changed here: {', '.join(sorted(unknown))}."})
    for name, value in terms.items():
        setattr(selection, name, value.strip() if isinstance(value, str) else value)
    clean_terms(selection)


def _refuse_adopted(selection: Selection) -> None:
    if selection.is_adopted:
        raise Impossible("This selection was adopted; prepare a new one to choose again.")
