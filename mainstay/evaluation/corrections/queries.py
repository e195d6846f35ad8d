"""Reading corrections: those offered to a case, and those switched on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from mainstay.core.models import Person
from mainstay.core.surrounding import surrounding
from mainstay.evaluation.corrections.classes import class_kinds, classes_of
from mainstay.evaluation.models import AppliedCorrection, Correction
from mainstay.portfolio.models import Portfolio

Factors = Mapping[str, Any]


@dataclass(frozen=True)
class Offered:
    """A correction that fits a case, and whether it is switched on there."""

    correction: Any
    kind: str
    is_on: bool


def day_of(as_of: datetime | None) -> Any:
    """The day on which corrections must hold."""
    return timezone.localdate(as_of or surrounding().now())


def offers_for(case: Any, as_of: datetime | None = None) -> list[Offered]:
    """The corrections for the class of a case, its portfolio or one above, newest first; authors may know them."""
    project = case.project
    if project is None:
        return []
    on = _switched_on(as_of).get(case.row_id, set())
    rows = Correction.objects.as_of(as_of).in_force(day_of(as_of)).filter(portfolio__in=_above(project))
    kinds, classes = class_kinds(), {}
    for by in {row.class_by for row in rows} & set(kinds):
        classes[by] = classes_of([project], by).get(project.row_id)
    fitting = [row for row in rows if classes.get(row.class_by) == row.class_value]
    return [Offered(row, kinds[row.class_by], row.row_id in on) for row in fitting]


def factors_on(projects: Iterable[int], as_of: datetime | None = None) -> dict[int, dict[str, Any]]:
    """By project and by what is estimated, the correction that is switched on in its case; two queries."""
    wanted = set(projects)
    rows = AppliedCorrection.objects.as_of(as_of).filter(is_on=True, case__project__in=wanted)
    pairs = list(rows.values_list("case__project_id", "correction_id"))
    if not pairs:
        return {}
    held = Correction.objects.as_of(as_of).in_force(day_of(as_of))
    known = {row.row_id: row for row in held.identified_by({correction for _, correction in pairs})}
    found: dict[int, dict[str, Any]] = {}
    for project, correction in pairs:
        if row := known.get(correction):
            found.setdefault(project, {})[row.what] = row
    return found


def offered_to(projects: Iterable[Any]) -> dict[int, dict[str, Any]]:
    """By project and by what is estimated, the newest correction that fits, as if every author took it up."""
    rows, found = list(projects), {}
    fitting: dict[int, dict[str, Any]] = {}
    offers = list(Correction.objects.in_force(day_of(None)).select_related("portfolio").order_by("pk"))
    for by in {offer.class_by for offer in offers} & set(class_kinds()):
        found[by] = classes_of(rows, by)
    for offer in offers:
        for row in rows:
            is_below = row.path.startswith(offer.portfolio.path)
            if is_below and found.get(offer.class_by, {}).get(row.row_id) == offer.class_value:
                fitting.setdefault(row.row_id, {})[offer.what] = offer
    return fitting


def corrections_seen(user: Person, as_of: datetime | None = None) -> Any:
    """The corrections somebody may see, newest first."""
    return (
        Correction.objects.as_of(as_of).visible_to(user).select_related("portfolio").order_by("is_withdrawn", "-pk")
    )


def _switched_on(as_of: datetime | None) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = AppliedCorrection.objects.as_of(as_of).filter(is_on=True)
    for case, correction in rows.values_list("case_id", "correction_id"):
        found.setdefault(case, set()).add(correction)
    return found


def _above(project: Any) -> Any:
    """The portfolios a project lies in."""
    return Portfolio.objects.filter(key__in=project.path.strip("/").split("/")).values("pk")
