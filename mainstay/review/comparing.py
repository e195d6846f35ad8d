"""Planned against actual of a finished project: cost, end, benefit, score."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from mainstay.authorisation.models import Baseline
from mainstay.engine.basics.periods import month_number
from mainstay.evaluation.models import Score
from mainstay.portfolio.models import Project
from mainstay.review.models import Closure, PostReview
from mainstay.value.realised import benefits_of, to_date

DEFINITIONS = {
    "cost": "Planned is the cost of the first baseline, as it was authorised; actual the final cost of the closure.",
    "end": "Planned is the end of the first baseline; actual the day on which the closure says it was finished.",
    "benefit": "What was planned up to the end of the last month by the register of benefits, and what came of it; "
    "where nothing was read, the whole-life benefit of the first baseline and what those who review say: they are "
    "of different periods, so no difference is made of them.",
    "score": "Planned is the score on the day it was authorised, actual what those who reviewed say it would earn.",
}


def compared(project: Project, review: PostReview | None) -> dict[str, dict[str, Any]]:
    """What was planned, what happened and the difference, by measure; None where it is not known.

    A signed review tells what it was signed with. Money is text in the currency of the project, days are ISO dates.
    """
    if review and review.facts:
        return dict(review.facts)
    first = Baseline.objects.filter(project=project).order_by("number").first()
    closure = Closure.objects.filter(project=project).first()
    told = first.figures if first else {}
    planned_benefit = told.get("benefit") or (closure and closure.planned_benefit) or project.benefit
    believed = _money(planned_benefit, review and review.benefit_realised) | {"difference": None}
    return {
        "cost": _money(told.get("cost", project.cost), closure and closure.final_cost),
        "end": _days(first.end_date if first else project.end_date, closure and closure.final_end),
        "benefit": _came(project) or believed,
        "score": _numbers(_score_then(project, first), review and review.score_realised),
    }


def _came(project: Project) -> dict[str, Any] | None:
    """Money planned to date and read to date by the register of benefits; None where nothing was read."""
    found = benefits_of([project.pk], {project.pk: project.currency}, {project.currency: 1.0})
    now = to_date(found, month_number(timezone.localdate()) - 1)
    if not (found.is_money & now.is_read).any():
        return None
    return _money(*(f"{each[found.is_money].sum():.2f}" for each in (now.planned, now.came)))


def shown(facts: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The same for a page: money as amounts, days as days."""
    read = {"cost": Decimal, "benefit": Decimal, "end": date.fromisoformat}
    return {measure: _read(told, read.get(measure)) for measure, told in facts.items()}


def _read(told: dict[str, Any], read: Any) -> dict[str, Any]:
    return {name: read(value) if read and isinstance(value, str) else value for name, value in told.items()}


def _money(planned: Any, actual: Any) -> dict[str, Any]:
    both = [None if one is None else Decimal(str(one)) for one in (planned, actual)]
    gap = None if None in both else both[1] - both[0]
    return dict(zip(("planned", "actual", "difference"), (_text(one) for one in (*both, gap)), strict=True))


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _days(planned: Any, actual: Any) -> dict[str, Any]:
    gap = (actual - planned).days if planned and actual else None
    return {
        "planned": planned.isoformat() if planned else None,
        "actual": actual.isoformat() if actual else None,
        "difference": gap,
    }


def _numbers(planned: float | None, actual: float | None) -> dict[str, Any]:
    gap = None if planned is None or actual is None else round(actual - planned, 1)
    return {"planned": planned, "actual": actual, "difference": gap}


def _score_then(project: Project, first: Baseline | None) -> float | None:
    """The score on the day of the first baseline; where there are several models, that scored last."""
    rows = Score.objects.as_of(first.frozen_at if first else None).filter(project_id=project.pk)
    total = rows.exclude(total=None).order_by("-project_version", "-total").values_list("total", flat=True).first()
    return None if total is None else round(total, 1)
