"""Classes of finished work: how far their estimates were off, and whether correcting by that would have helped."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from mainstay.charts import Figure, words
from mainstay.charts.calibration_ratios import FinishedRatio, calibration_ratios
from mainstay.engine.calibration import (
    LEAST,
    Calibration,
    Coverage,
    LeftOut,
    calibrate,
    interval_coverage,
    leave_one_out,
)
from mainstay.evaluation.corrections.classes import classes_of
from mainstay.evaluation.models.correction import Estimate
from mainstay.portfolio.queries.reading import Reading
from mainstay.review.calibration.finished import Finished, Outcome, finished

LEVEL, Z80, Z90 = 0.80, 0.8416, 1.2816
UNSORTED = "Without a class"


@dataclass(frozen=True)
class ClassOfWork:
    """A class of finished projects: factor and P80, and how correcting fared where each was left out."""

    name: str
    outcomes: list[Outcome]
    factor: float
    p80: float | None
    error_before: float | None
    error_after: float | None
    held: float | None

    @property
    def cases(self) -> int:
        """How many finished projects there are."""
        return len(self.outcomes)

    @property
    def is_enough(self) -> bool:
        """Whether they are enough to correct by."""
        return self.cases >= LEAST

    @property
    def helps(self) -> bool:
        """Whether the median error falls where each project is corrected by the others."""
        return self.error_before is not None and self.error_after is not None and self.error_after < self.error_before

    @property
    def can_be_offered(self) -> bool:
        """Whether new estimates may be offered its factor."""
        return self.is_enough and self.name != UNSORTED

    @property
    def source(self) -> str:
        """What a correction by it rests on, in words."""
        fared = ""
        if self.error_before is not None and self.error_after is not None:
            fared = f", median error {self.error_before:.0%} as estimated, {self.error_after:.0%} corrected"
        return f"{words.counted(self.cases, 'finished project')}{fared}"


class Calibrated:
    """Finished projects of a portfolio sorted into classes, for one kind of estimate."""

    def __init__(self, reading: Reading, what: str, by: str, place: Any = None) -> None:
        self.what, self.by, self.place = what, by, place
        self.found: Finished = finished(reading, what, place)
        names = classes_of([each.project for each in self.found.outcomes], by)
        self.groups: dict[str, list[int]] = {}
        for number, each in enumerate(self.found.outcomes):
            self.groups.setdefault(names.get(each.project.row_id, UNSORTED), []).append(number)

    @property
    def noun(self) -> str:
        """What was estimated, in a sentence."""
        return Estimate(self.what).label.lower()

    @cached_property
    def _arrays(self) -> tuple[Any, Any, Any]:
        outcomes = self.found.outcomes
        group = np.zeros(len(outcomes), dtype=np.int64)
        for number, members in enumerate(self.groups.values()):
            group[members] = number
        return np.array([one.actual for one in outcomes]), np.array([one.estimate for one in outcomes]), group

    @cached_property
    def calibration(self) -> Calibration | None:
        """Factors of the classes, drawn towards all."""
        return calibrate(*self._arrays, len(self.groups)) if self.found.outcomes else None

    @cached_property
    def tried(self) -> LeftOut | None:
        """Each project corrected by all others; needs three."""
        return leave_one_out(*self._arrays, len(self.groups)) if len(self.found.outcomes) >= 3 else None

    @cached_property
    def coverage(self) -> Coverage | None:
        """The share of actuals from P10 to P90 of what the others say of them; 80 % is right."""
        if self.tried is None:
            return None
        deviation = np.log(self.tried.p80 / self.tried.corrected) / Z80
        low, high = (self.tried.corrected * np.exp(side * Z90 * deviation) for side in (-1, 1))
        return interval_coverage(self._arrays[0], low, high)

    @cached_property
    def classes(self) -> list[ClassOfWork]:
        """The classes, those with most cases first."""
        found = [self._class(number, *each) for number, each in enumerate(self.groups.items())]
        return sorted(found, key=lambda one: (-one.cases, one.name))

    def class_named(self, name: str) -> ClassOfWork | None:
        """The class with this name."""
        return next((one for one in self.classes if one.name == name), None)

    def _class(self, number: int, name: str, members: list[int]) -> ClassOfWork:
        outcomes = [self.found.outcomes[member] for member in members]
        factor, level = self.calibration.factor[number], self.calibration.factor_at(LEVEL)[number]  # type: ignore[union-attr]
        fared = self._fared(members)
        return ClassOfWork(name, outcomes, float(factor), None if np.isnan(level) else float(level), *fared)

    def _fared(self, members: Sequence[int]) -> tuple[float | None, float | None, float | None]:
        """The median error as estimated and corrected, and the share not above P80."""
        if self.tried is None:
            return None, None, None
        actual, estimate, _ = (array[members] for array in self._arrays)
        before, after = (abs(each - actual) / actual for each in (estimate, self.tried.corrected[members]))
        return float(np.median(before)), float(np.median(after)), float((actual <= self.tried.p80[members]).mean())

    @property
    def finding(self) -> str:
        """What the classes say, in a sentence."""
        outcomes = self.found.outcomes
        if not outcomes:
            return f"No finished project tells yet what its {self.noun} came to."
        enough = [one for one in self.classes if one.is_enough]
        classes = words.counted(len(self.classes), "class", "classes")
        head = f"{words.counted(len(outcomes), 'finished project')} in {classes}"
        if not enough:
            return f"{head}; none has the {LEAST} it takes to correct by."
        worst = max(enough, key=lambda one: abs(np.log(one.factor)))
        times = f"{worst.factor:.2f} times the estimated {self.noun}"
        return f"{head}; {worst.name} comes to {times} ({worst.cases} projects)."

    def picture(self, address: Any) -> Figure:
        """Ratios by class; `address` names the page of a project."""
        rows = [
            FinishedRatio(
                one.name, each.project.name, each.ratio, one.factor, one.is_enough, address(each.project.code)
            )
            for one in self.classes
            for each in one.outcomes
        ]
        return calibration_ratios(rows, self.noun)
