"""What the pages about gates read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mainstay.authorisation.gates.operations import gate_of
from mainstay.authorisation.models import Condition, GateReview
from mainstay.core import access
from mainstay.core.errors import Missing
from mainstay.core.verbs import Verb
from mainstay.governance.gates.applying import gate_named
from mainstay.governance.gates.asking import Asked, asked, missing
from mainstay.portfolio.models import Project

MOST_SHOWN = 500
PARTS = {
    "criteria": "Criteria",
    "rules": "Rules",
    "evidence": "Evidence",
    "checklist": "Checklist",
    "fields": "Fields filled",
}


@dataclass(frozen=True)
class Paper:
    """A review as somebody may read it: its lines by part; what only figures would tell is counted, not told."""

    review: Any
    name: str
    groups: list[tuple[str, str, list[Asked]]]
    missing: int
    hidden: int


def reviews_for(user: Any, as_of: datetime | None = None) -> Any:
    """The gate reviews of projects the person may see."""
    rows = GateReview.objects.as_of(as_of).visible_to(user)
    return rows.select_related("project__stage", "project__portfolio", "edition__model", "target", "decided_by")


def review_for(user: Any, review_id: int, as_of: datetime | None = None) -> Any:
    """One review the person may see."""
    review = reviews_for(user, as_of).identified_by([review_id]).select_related("asked_by").first()
    if review is None:
        raise Missing("There is no such gate review, or it is not open to you.")
    return review


def queue(user: Any, as_of: datetime | None = None) -> list[tuple[Any, str]]:
    """The reviews that wait for a decision, the oldest first, with the names of their gates."""
    rows = reviews_for(user, as_of).filter(verdict="").order_by("opened_at")[:MOST_SHOWN]
    return [(row, name_of(row)) for row in rows]


def name_of(review: Any) -> str:
    """What the gate of a review is called."""
    gate = gate_named(review.edition, review.gate)
    return gate["name"] if gate else review.gate


def paper(review: Any, user: Any) -> Paper:
    """Everything the gate asks and what the project has to show."""
    lines = asked(review.project, gate_of(review), review.answers)
    sees = access.may(user, Verb.SEE_FIGURES, review.project)
    told = [line for line in lines if sees or not line.is_figure]
    groups = [(part, label, [line for line in told if line.part == part]) for part, label in PARTS.items()]
    return Paper(
        review,
        name_of(review),
        [group for group in groups if group[2]],
        len(missing(told)),
        len(lines) - len(told),
    )


def project_for(user: Any, code: str, as_of: datetime | None = None) -> Any:
    """A project the person may see, as known at a moment."""
    rows = Project.objects.as_of(as_of).visible_to(user).filter(code=code)
    project = rows.select_related("stage", "portfolio").first()
    if project is None:
        raise Missing("There is no such project, or it is not open to you.")
    return project


def conditions_of(review: Any, user: Any, as_of: datetime | None = None) -> Any:
    """What was asked with the verdict, as far as the person may see it."""
    rows = Condition.objects.as_of(as_of).visible_to(user).filter(gate_review=review.row_id)
    return rows.select_related("owner").order_by("due_date")
