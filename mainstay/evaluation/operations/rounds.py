"""Opening scoring rounds, closing them, and judging again where people lie too far apart."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import access, history
from mainstay.core.errors import Impossible
from mainstay.core.models import Person
from mainstay.core.operation import operation
from mainstay.core.operations.grants import give_grant
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY, Actor
from mainstay.core.verbs import Verb
from mainstay.evaluation.models import Combined, Evaluator, RoundItem, RoundState, ScoreModel, ScoringRound, Way
from mainstay.evaluation.operations.scores import score_projects
from mainstay.evaluation.outcome import Outcome
from mainstay.governance.models import Cycle
from mainstay.portfolio.models import Member, Project
from mainstay.portfolio.operations.parts import add_member
from mainstay.portfolio.operations.tree import change

FIELDS = frozenset({"name", "note", "due_date", "tolerance", "combined"})
MOST_ITEMS, MOST_EVALUATORS = 500, 50


@operation(Verb.ROUND_OPEN)
def open_round(
    model: ScoreModel,
    *,
    actor: Actor,
    name: str,
    projects: Sequence[Project],
    evaluators: Sequence[Person],
    due_date: date | None = None,
    tolerance: Decimal = Decimal(30),
    combined: str = Combined.MEAN,
    note: str = "",
    cycle: Cycle | None = None,
) -> ScoringRound:
    """Invite people to judge projects; where one may not judge a project yet, it is opened to them as evaluator."""
    criteria = _asked(model)
    _refuse_items(model, projects)
    held = ScoringRound(portfolio=model.portfolio, model=model, edition=model.edition, criteria=criteria)
    held.name, held.note, held.due_date, held.tolerance = name.strip(), note.strip(), due_date, tolerance
    held.combined, held.cycle = combined, cycle or model.cycle
    held.moderator = actor if isinstance(actor, Person) else None
    history.about(history.create(held))
    for project in projects:
        history.create(RoundItem(round=held, project=project))
    _invite(held, evaluators, list(projects), actor)
    return held


def _asked(model: ScoreModel) -> list[dict[str, Any]]:
    """The judged criteria as they are asked now; later editions of the model leave the round alone."""
    rows = model.criteria.filter(way=Way.JUDGED).order_by("position")
    if not rows:
        raise ValidationError({"model": f"{model.name} has no criterion that people judge; add one first."})
    return [
        {
            "label": row.label,
            "question": row.question,
            "kind": row.kind,
            "levels": row.levels,
            "weight": str(row.weight),
        }
        for row in rows
    ]


def _refuse_items(model: ScoreModel, projects: Sequence[Project]) -> None:
    place = model.portfolio
    if not 1 <= len(projects) <= MOST_ITEMS:
        raise ValidationError({"projects": f"Choose 1 to {MOST_ITEMS} projects to judge."})
    if strays := [one.name for one in projects if not one.path.startswith(place.path) or one.seal != place.seal]:
        raise ValidationError({"projects": f"{strays[0]} does not belong to {place.name}."})


def _invite(held: ScoringRound, people: Sequence[Person], projects: list[Project], actor: Actor) -> None:
    if not 1 <= len(people) <= MOST_EVALUATORS:
        raise ValidationError({"evaluators": f"Invite 1 to {MOST_EVALUATORS} people."})
    for person in Person.objects.active().filter(pk__in=[one.pk for one in people]).order_by("pk"):
        closed = [one for one in projects if not access.may(person, Verb.JUDGEMENT_GIVE, one)]
        for project in closed:
            _let_in(person, project, actor)
        history.create(Evaluator(round=held, person=person, gained=[project.code for project in closed]))


def _let_in(person: Person, project: Project, actor: Actor) -> None:
    if Member.objects.filter(project=project, person=person, role=Role.EVALUATOR).exists():
        reason = f"Evaluator of {project.code}"
        give_grant(person, actor=MAINSTAY, role=Role.EVALUATOR, path=project.path, reason=reason)
    else:
        add_member(project, actor=actor, person=person, role=Role.EVALUATOR)


@operation(Verb.ROUND_EDIT)
def edit_round(
    held: ScoringRound,
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
    evaluators: Sequence[Person] | None = None,
    **changes: Any,
) -> ScoringRound:
    """Change the name, the day, the tolerance or the people of a round that is not finished."""
    _refuse_finished(held)
    change(held, FIELDS, changes)
    if evaluators is not None:
        _change_people(held, evaluators, actor)
    return history.save_whole(held)


def _change_people(held: ScoringRound, wanted: Sequence[Person], actor: Actor) -> None:
    known = {row.person_id: row for row in held.evaluators.select_related("person")}
    gone = [row for pk, row in known.items() if pk not in {person.pk for person in wanted}]
    for row in gone:
        if row.judgements.exists() or row.recusals.exists():
            raise ValidationError({"evaluators": f"{row.person} has judged already and stays on record."})
        history.remove(row)
    if fresh := [person for person in wanted if person.pk not in known]:
        projects = [item.project for item in held.items.select_related("project")]
        _invite(held, fresh, projects, actor)


@operation(Verb.ROUND_CLOSE)
def close_round(
    held: ScoringRound, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> ScoringRound:
    """End the blind part: from now on nobody judges, and what was said may be told."""
    if not held.is_open:
        raise Impossible(f"{held.name} is {held.get_state_display().lower()} already.")
    held.state = RoundState.CLOSED
    return history.save(held)


@operation(Verb.ROUND_REPEAT)
def repeat_round(
    held: ScoringRound,
    *,
    actor: Actor,
    due_date: date | None = None,
    expected_version: int | None = None,
    reason: str = "",
) -> ScoringRound:
    """Judge again, blind, only those projects on which people lie further apart than the tolerance."""
    _refuse_unless_closed(held)
    apart = Outcome(held).items_apart()
    if not apart:
        raise Impossible("Nobody lies further apart than the tolerance; finish the round.")
    held.turn, held.state = held.turn + 1, RoundState.OPEN
    held.due_date = due_date or held.due_date
    for item in apart:
        item.turn = held.turn
        history.save(item)
    return history.about(history.save(held))


@operation(Verb.ROUND_FINISH)
def finish_round(
    held: ScoringRound, *, actor: Actor, expected_version: int | None = None, reason: str = ""
) -> ScoringRound:
    """Keep what the judgements came to, and let it count in the scores of the model."""
    _refuse_unless_closed(held)
    outcome = Outcome(held)
    if outcome.is_empty:
        raise Impossible("Nobody judged anything, so there is nothing to finish.")
    results = outcome.results()
    for item in outcome.items:
        item.result = results[item.pk]
    history.save_many(outcome.items)
    held.state = RoundState.FINISHED
    history.about(history.save(held))
    if not held.model.is_changed_since_published and access.may(actor, Verb.PROJECTS_SCORE, held.portfolio):
        score_projects(held.model, actor=actor)
    return held


def _refuse_finished(held: ScoringRound) -> None:
    if held.state == RoundState.FINISHED:
        raise Impossible(f"{held.name} is finished; it stays as it is.")


def _refuse_unless_closed(held: ScoringRound) -> None:
    _refuse_finished(held)
    if held.is_open:
        raise Impossible(f"{held.name} is still open; close it first.")


def people_of(held: ScoringRound) -> Iterable[Person]:
    """Everybody invited to a round."""
    return [row.person for row in held.evaluators.select_related("person")]
