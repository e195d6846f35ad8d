"""A round and a session that tests begin with: a judged model, five executives, four evaluators."""

from decimal import Decimal
from typing import Any

from mainstay.core.models import Person
from mainstay.core.operations.grants import give_grant
from mainstay.core.operations.people import create_person
from mainstay.core.roles import Role
from mainstay.core.system import MAINSTAY
from mainstay.evaluation.models import PairwiseSession, RoundItem, ScoreModel, ScoringRound
from mainstay.evaluation.operations.criteria import Wanted, judged
from mainstay.evaluation.operations.judgements import Said, give_judgements
from mainstay.evaluation.operations.models import create_model
from mainstay.evaluation.operations.pairwise import compare_pair, open_session
from mainstay.evaluation.operations.rounds import open_round

LEVELS = ((0, "Not in the strategy"), (50, "Supports an objective"), (100, "Named in the strategy"))
FIT = judged("Fit", Decimal(60), LEVELS, question="How well does it fit the strategy?", kind="fit")
RISK = Wanted("Risk", "risk", Decimal(100), Decimal(0), Decimal(40), "Sure to fail", "Safe", kind="risk")
EVALUATORS = ("olive", "otto", "omar", "opal")


def person(world: Any, username: str, role: Role = Role.EVALUATOR, place: Any = None) -> Person:
    """Somebody new with a role in the networks."""
    made = create_person(None, actor=MAINSTAY, username=username, name=username.capitalize(), password="x" * 12)
    give_grant(made, actor=MAINSTAY, role=role, path=(place or world.networks).path)
    return Person.objects.get(pk=made.pk)


def judged_model(world: Any, name: str = "Fit and risk") -> ScoreModel:
    """Fit is judged by people and weighs 60 %, risk is measured."""
    return create_model(world.networks, actor=world.portfolio_manager, name=name, criteria=[FIT, RISK])


def opened(world: Any, model: ScoreModel, people: list[Person], **more: Any) -> ScoringRound:
    """A round over the pumps and the meters."""
    terms = {"name": "Round 2027", "projects": [world.pumps, world.meters], "evaluators": people, **more}
    return open_round(model, actor=world.portfolio_manager, **terms)


def says(held: ScoringRound, person: Person, code: str, level: int, why: str = "") -> int:
    """Somebody judges the fit of a project."""
    item = RoundItem.objects.get(round=held, project__code=code)
    return give_judgements(item, actor=Person.objects.get(pk=person.pk), judgements=[Said("Fit", level, why)])


def invited_session(world: Any, model: ScoreModel, people: list[Person], **more: Any) -> PairwiseSession:
    """A session on the criteria of a model."""
    terms = {"name": "Weights 2027", "participants": people, "model": model, **more}
    return open_session(world.networks, actor=world.portfolio_manager, **terms)


def answers(session: PairwiseSession, person: Person, **ratios: float | None) -> None:
    """Somebody compares pairs, named `left__right` with underscores for blanks."""
    participant = session.participants.get(person=person)
    for pair, ratio in ratios.items():
        left, right = (name.replace("_", " ") for name in pair.split("__"))
        compare_pair(participant, actor=Person.objects.get(pk=person.pk), left=left, right=right, ratio=ratio)
