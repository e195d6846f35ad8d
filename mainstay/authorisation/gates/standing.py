"""How a project stands before its gates: which apply, which are passed, what is missing at the next one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from mainstay.authorisation.models import GateReview, Verdict
from mainstay.governance.gates.applying import current_editions, edition_for, gate_between
from mainstay.governance.gates.asking import asked, open_words
from mainstay.governance.gates.terms import Gate
from mainstay.governance.models import GateEdition
from mainstay.portfolio.models import Project, Stage, Transition

PASSING = frozenset({Verdict.GO.value, Verdict.CONDITIONAL.value})


@dataclass(frozen=True)
class Standing:
    """A gate before a project, with its review: the open one, else the last that was decided."""

    edition: Any
    gate: Gate
    target: Stage
    review: Any
    is_passed: bool
    is_next: bool

    @property
    def is_open(self) -> bool:
        """Whether a review is under way."""
        return self.review is not None and self.review.is_open


def standings(project: Any, as_of: datetime | None = None) -> list[Standing]:
    """Every gate of a project in the order of the stages they lead to, as known at a moment."""
    edition = edition_for(project, current_editions(as_of))
    if edition is None:
        return []
    stages = {stage.key: stage for stage in Stage.objects.all()}
    reviews: dict[str, Any] = {}
    rows = GateReview.objects.as_of(as_of).filter(project=project.row_id)
    for review in rows.select_related("decided_by", "edition").order_by("row_id" if as_of else "pk"):
        reviews[review.gate] = review
    gates = [gate for gate in edition.gates if gate["target"] in stages]
    found = [_standing(project, edition, gate, stages[gate["target"]], reviews.get(gate["key"])) for gate in gates]
    return sorted(found, key=lambda one: one.target.position)


def _standing(project: Any, edition: Any, gate: Gate, target: Stage, review: Any) -> Standing:
    passed = review is not None and review.verdict in PASSING
    ahead = gate["origin"] == project.stage.key or (not gate["origin"] and target.position > project.stage.position)
    return Standing(edition, gate, target, review, passed, ahead)


def passing_review(project: Project, target: Stage) -> GateReview | None:
    """The review that lets a project into a stage: decided since it entered the stage it is in."""
    rows = project.gate_reviews.filter(target=target, verdict__in=PASSING).order_by("-pk")
    review = rows.first()
    return review if review is not None and _is_fresh(review.decided_at, project) else None


def _is_fresh(decided_at: datetime | None, project: Project) -> bool:
    return project.stage_since is None or (
        decided_at is not None and timezone.localdate(decided_at) >= project.stage_since
    )


def gate_before(project: Project, target: Stage) -> tuple[GateEdition | None, Gate | None]:
    """The gate between the stage a project is in and another, with the edition in force."""
    edition = edition_for(project)
    return edition, gate_between(edition, project.stage.key, target.key)


def obstacle(project: Project, way: Transition) -> str:
    """What a gate has against a project going a way; nothing where none applies or it is passed."""
    if way.target_id is None:
        return ""
    _, gate = gate_before(project, way.target)
    if gate is None or passing_review(project, way.target) is not None:
        return ""
    review = project.gate_reviews.filter(target=way.target).order_by("-pk").first()
    if review is not None and review.verdict and review.verdict not in PASSING:
        word = review.get_verdict_display().lower()
        return f"The gate “{gate['name']}” said {word}; open it again once that is settled."
    answers = review.answers if review is not None and review.is_open else {}
    words = open_words(asked(project, gate, answers))
    rest = f"still missing: {words}." if words else "everything it asks for is there; it waits for the decision."
    return f"The gate “{gate['name']}” must be passed first; {rest}"
