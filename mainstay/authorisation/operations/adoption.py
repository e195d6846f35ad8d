"""Adopting a selection: one decision, everything or nothing."""

from collections.abc import Iterator
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.urls import reverse

from mainstay.authorisation.adoption import CHANGED, Move, adoptable, is_current, moves_of
from mainstay.authorisation.authority import refuse_unauthorised_any
from mainstay.authorisation.deciding.operations.recording import record
from mainstay.authorisation.models import Decision, DecisionLine, Outcome, Selection, SelectionState
from mainstay.authorisation.result import Result
from mainstay.authorisation.sentences import statement
from mainstay.authorisation.why import why
from mainstay.core import history
from mainstay.core.errors import Impossible, Refusal
from mainstay.core.models import Notice, Person
from mainstay.core.operation import operation
from mainstay.core.surrounding import surrounding
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Member, Project
from mainstay.portfolio.operations.projects import authorise_project

TOLD = {
    Outcome.AUTHORISED: "{project} was authorised (decision “{title}”).",
    Outcome.REJECTED: "{project} was not chosen and is rejected (decision “{title}”).",
    Outcome.WITHDRAWN: "The authorisation of {project} was withdrawn (decision “{title}”).",
    Outcome.WAITING: "{project} was not chosen this time and stays a candidate (decision “{title}”).",
}


@operation(Verb.SELECTION_ADOPT)
def adopt_selection(
    selection: Selection,
    *,
    actor: Actor,
    expected_version: int | None = None,
    reject_others: bool = False,
    note: str = "",
) -> Decision:
    """Decide as the plan says: the chosen are authorised, the others wait; never in one's own cause."""
    result = adoptable(selection)
    _hold_still(result)
    if not is_current(selection, actor):
        raise Impossible(CHANGED)
    moves = moves_of(result, reject_others=reject_others)
    refuse_own_cause_in(moves, actor)
    decision = _record(selection, result, moves, actor, note.strip())
    carry_out(moves, decision, actor)
    history.create_many([_line(decision, result, move) for move in moves])
    history.create_many(list(notices(moves, decision, actor)))
    selection.state = SelectionState.ADOPTED
    history.save(selection)
    record(decision)
    return decision


def refuse_own_cause_in(moves: list[Move], actor: Actor) -> None:
    """Nobody authorises their own project with a selection, nor one beyond their limit."""
    chosen = [move.project for move in moves if move.outcome == Outcome.AUTHORISED]
    refuse_unauthorised_any(actor, chosen, Verb.SELECTION_ADOPT)


def _hold_still(result: Result) -> None:
    """Lock the candidates, so that nobody changes one between the check and the decision."""
    rows = Project.objects.filter(pk__in=[line.id for line in result.lines]).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk"))


def _record(selection: Selection, result: Result, moves: list[Move], actor: Actor, note: str) -> Decision:
    authorised = sum(move.outcome == Outcome.AUTHORISED for move in moves)
    return history.create(
        Decision(
            selection=selection,
            portfolio=selection.portfolio,
            solution=result.solution,
            title=selection.name,
            statement=statement(result, authorised),
            note=note,
            budget=selection.budget,
            currency=selection.currency,
            cost=exact(result.plan.cost),
            value=result.plan.value,
            known_at=result.solution.known_at,
            problem_sha256=result.solution.problem_sha256,
            decided_by=actor if isinstance(actor, Person) else None,
            decided_at=surrounding().now(),
        )
    )


def exact(amount: float) -> Decimal:
    return Decimal(str(round(amount, 2)))


def carry_out(moves: list[Move], decision: Decision, actor: Actor) -> None:
    """Take each project through its transition; any refusal undoes the whole decision and is told by name."""
    refused = []
    for move in moves:
        try:
            _carry_out_one(move, decision, actor)
        except (Refusal, ValidationError) as refusal:
            refused.append(f"{move.line.name} ({move.line.code}): {_message(refusal)}")
    if refused:
        raise Impossible(f"Nothing was authorised. {' '.join(refused)}")


def _carry_out_one(move: Move, decision: Decision, actor: Actor) -> None:
    if move.way is not None:
        # The reason stands in the history of the project, which people without figures may read.
        reason = f"{move.outcome.label} in the decision “{decision.title}” (no. {decision.pk})"
        authorise_project(move.project, actor=actor, target=move.way.target, reason=reason)
    elif move.obstacle:
        raise Impossible(move.obstacle)


def _message(refusal: Refusal | ValidationError) -> str:
    return refusal.message if isinstance(refusal, Refusal) else " ".join(refusal.messages)


def _line(decision: Decision, result: Result, move: Move) -> DecisionLine:
    return DecisionLine(
        decision=decision,
        project=move.project,
        outcome=move.outcome,
        cost=exact(move.line.cost),
        value=move.line.value,
        reason=why(result, move.line),
    )


def notices(moves: list[Move], decision: Decision, actor: Actor) -> Iterator[Notice]:
    """Tell the people of each project what was decided; whoever decided knows."""
    by_id = {move.project.pk: move for move in moves if move.outcome in TOLD}
    people = {pk: {move.project.owner_id, move.project.manager_id} for pk, move in by_id.items()}
    for project_id, person_id in Member.objects.filter(project__in=by_id).values_list("project_id", "person_id"):
        people[project_id].add(person_id)
    for pk, move in by_id.items():
        text = TOLD[move.outcome].format(project=move.line.name[:120], title=decision.title)
        for person_id in sorted(people[pk] - {None, actor.pk}):
            yield Notice(
                person_id=person_id, text=text, url=reverse("project", args=[move.line.code]), at=decision.decided_at
            )
