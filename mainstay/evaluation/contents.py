"""What evaluation keeps for a planning cycle."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from mainstay.evaluation.models import ScoreModel
from mainstay.evaluation.rounds import rounds_for
from mainstay.evaluation.sessions import sessions_for
from mainstay.governance.contents import Kept


def models_in(cycle: Any, user: Any, as_of: datetime | None) -> Iterator[Kept]:
    """The score models of a cycle."""
    for model in ScoreModel.objects.as_of(as_of).visible_to(user).filter(cycle_id=cycle.row_id).order_by("name"):
        state = f"Edition {model.edition}, {model.state_words.lower()}"
        yield Kept(model.name, reverse("score_model", args=[model.row_id]), state)


def rounds_in(cycle: Any, user: Any, as_of: datetime | None) -> Iterator[Kept]:
    """The scoring rounds of a cycle."""
    for held in rounds_for(user, as_of).filter(cycle_id=cycle.row_id):
        yield Kept(held.name, reverse("scoring_round", args=[held.row_id]), held.get_state_display())


def sessions_in(cycle: Any, user: Any, as_of: datetime | None) -> Iterator[Kept]:
    """The pairwise sessions of a cycle."""
    for session in sessions_for(user, as_of).filter(cycle_id=cycle.row_id):
        yield Kept(session.name, reverse("pairwise_session", args=[session.row_id]), session.get_state_display())
