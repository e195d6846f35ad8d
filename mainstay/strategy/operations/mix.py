"""Classifications with their buckets, and which project lies in which."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from mainstay.core import history
from mainstay.core.errors import Impossible
from mainstay.core.operation import operation
from mainstay.core.system import Actor
from mainstay.core.verbs import Verb
from mainstay.portfolio.models import Portfolio, Project
from mainstay.strategy.models import Bucket, Classification, Placement
from mainstay.strategy.models.classification import TOLERANCE
from mainstay.strategy.models.standing import reaches
from mainstay.strategy.operations.changing import change, last_position, next_code, refuse_unless_whole

FIELDS = frozenset({"code", "name", "description", "position", "is_active"})
MOST_BUCKETS = 20


@dataclass(frozen=True)
class WantedBucket:
    """A bucket as somebody wants it; `pk` names one that is there."""

    name: str
    target_share: Decimal
    tolerance: Decimal = TOLERANCE
    pk: int | None = None


@operation(Verb.CLASSIFICATION_CREATE)
def create_classification(
    portfolio: Portfolio | None, *, actor: Actor, name: str, buckets: Sequence[WantedBucket], **fields: Any
) -> Classification:
    """Write down a way to sort work, with its buckets and the share each should have."""
    row = Classification(portfolio=portfolio, name=name.strip())
    row.position = last_position(Classification.objects.all())
    change(row, FIELDS, fields)
    row.code = row.code or next_code("C", Classification)
    history.create(row)
    _fill(row, buckets)
    return row


@operation(Verb.CLASSIFICATION_EDIT)
def edit_classification(
    classification: Classification,
    *,
    actor: Actor,
    expected_version: int | None = None,
    reason: str = "",
    buckets: Sequence[WantedBucket] | None = None,
    **changes: Any,
) -> Classification:
    """Change a classification, its buckets or their target shares."""
    change(classification, FIELDS, changes)
    if buckets is not None:
        _fill(classification, buckets)
    return history.save_whole(classification)


def _fill(classification: Classification, buckets: Sequence[WantedBucket]) -> None:
    """Make the buckets as wanted; one in which projects lie stays."""
    _refuse_nonsense(buckets)
    known = {row.pk: row for row in classification.buckets.all()}
    wanted = {bucket.pk for bucket in buckets if bucket.pk}
    if wanted - known.keys():
        raise ValidationError({"buckets": "One of these buckets is not there any more."})
    for gone in (row for pk, row in known.items() if pk not in wanted):
        if gone.placements.exists():
            raise Impossible(f"Projects lie in {gone}. Place them elsewhere first.")
        history.remove(gone)
    for position, one in enumerate(buckets):
        row = known[one.pk] if one.pk else Bucket(classification=classification)
        row.name, row.position = one.name.strip(), position
        row.target_share, row.tolerance = one.target_share, one.tolerance
        history.save(row) if one.pk else history.create(row)


def _refuse_nonsense(buckets: Sequence[WantedBucket]) -> None:
    names = [bucket.name.strip() for bucket in buckets]
    if not 2 <= len(buckets) <= MOST_BUCKETS:
        raise ValidationError({"buckets": f"A classification has 2 to {MOST_BUCKETS} buckets."})
    if len({name.casefold() for name in names}) < len(names):
        raise ValidationError({"buckets": "Two buckets have the same name."})
    refuse_unless_whole((bucket.target_share for bucket in buckets), "buckets", "targets")


@operation(Verb.PROJECTS_CLASSIFY)
def classify_projects(
    projects: Sequence[Project],
    *,
    actor: Actor,
    classification: Classification,
    bucket: Bucket | None,
    reason: str = "",
) -> int:
    """Place projects in a bucket of a classification, or in none; gives the number that changed."""
    _refuse_misplaced(projects, actor, classification, bucket)
    stored = Placement.objects.filter(classification=classification, project__in=projects)
    known = {row.project_id: row for row in stored}
    if bucket is None:
        for row in known.values():
            history.remove(row)
        return len(known)
    for row in known.values():
        row.bucket = bucket
    new = [
        Placement(project=project, classification=classification, bucket=bucket)
        for project in projects
        if project.pk not in known
    ]
    history.create_many(new)
    return len(new) + history.save_many(list(known.values()))


def _refuse_misplaced(
    projects: Sequence[Project], actor: Actor, classification: Classification, bucket: Bucket | None
) -> None:
    if not projects:
        raise ValidationError({"projects": "Choose at least one project."})
    seen = Classification.objects.visible_to(actor).open().filter(pk=classification.pk).select_related("portfolio")
    if (known := seen.first()) is None or any(not reaches(known, project) for project in projects):
        raise ValidationError({"classification": "Projects are sorted by the classifications of their portfolio."})
    if bucket is not None and bucket.classification_id != classification.pk:
        raise ValidationError({"bucket": f"This is no bucket of {classification}."})
