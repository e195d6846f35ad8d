"""Planning with corrected figures: cost and benefit of projects whose cases have a correction switched on."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from mainstay.evaluation.corrections.queries import factors_on, offered_to
from mainstay.evaluation.models.correction import Estimate
from mainstay.portfolio.models import Phase

CENT = Decimal("0.01")
COLUMNS = {Estimate.COST: "cost_seen", Estimate.BENEFIT: "benefit_seen"}


class Taking(StrEnum):
    """Which corrections a plan takes: none, those switched on in the cases, or all that are offered."""

    NONE = "none"
    ON = "on"
    ALL = "all"


_taking: ContextVar[Taking] = ContextVar("taking", default=Taking.ON)


def taking() -> Taking:
    """Which corrections plans take at this moment."""
    return _taking.get()


@contextmanager
def planning_with(which: Taking) -> Iterator[None]:
    """Plan with these corrections instead of those that are switched on, to compare what comes out."""
    token = _taking.set(which)
    try:
        yield
    finally:
        _taking.reset(token)


@dataclass(frozen=True)
class Taken:
    """A project that is planned with a corrected figure: what was estimated and what counts."""

    what: str
    estimated: Decimal
    counted: Decimal
    factor: Decimal


def take_corrections(projects: Sequence[Any]) -> dict[int, list[Taken]]:
    """Put corrected figures in place of estimates in rows read by `readable_by`; what was taken, by project.

    Only proposals are corrected: what was authorised is planned with what was promised.
    """
    proposals = [project for project in projects if project.stage.phase == Phase.PIPELINE]
    if taking() == Taking.NONE or not proposals:
        return {}
    known = offered_to(proposals) if taking() == Taking.ALL else factors_on(project.row_id for project in proposals)
    found = {
        project.row_id: _taken(project, known[project.row_id]) for project in proposals if project.row_id in known
    }
    return {pk: taken for pk, taken in found.items() if taken}


def _taken(project: Any, corrections: Mapping[str, Any]) -> list[Taken]:
    found = []
    for what, column in COLUMNS.items():
        estimated, correction = getattr(project, column), corrections.get(what)
        if correction is None or estimated is None:
            continue
        counted = (estimated * correction.factor).quantize(CENT)
        setattr(project, column, counted)
        found.append(Taken(what, estimated, counted, correction.factor))
    return found
