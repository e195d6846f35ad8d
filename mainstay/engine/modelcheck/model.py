"""What is checked, and what a finding says."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Nature = Literal["value", "fit", "cost", "effort", "risk", "other"]
Scale = Literal["level", "amount"]
Severity = Literal["serious", "moderate", "note"]
Kind = Literal[
    "double_counting",
    "same_source",
    "cost_in_value",
    "risk_in_value",
    "clustered",
    "never_decides",
    "small_weight",
    "dominant_weight",
    "mostly_unrated",
    "not_additive",
    "too_few_projects",
]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of the model.

    weight: any positive number; shares are taken of the sum. nature: what it judges. source: the field its values
    are computed from, empty where people judge. scale: "level" where it is judged in levels, which average when two
    projects become one; "amount" where it measures something that adds up.

    Raises ValueError for a weight that is not positive and finite.
    """

    label: str
    weight: float
    nature: Nature = "value"
    source: str = ""
    scale: Scale = "level"

    def __post_init__(self) -> None:
        if not (math.isfinite(self.weight) and self.weight > 0):
            raise ValueError(f"{self.label}: a weight is positive.")


@dataclass(frozen=True, slots=True)
class Model:
    """A weighted score model; `is_summed` says that totals of projects are added up to the value of a portfolio.

    Raises ValueError without criteria or when two have the same label.
    """

    criteria: tuple[Criterion, ...]
    is_summed: bool = False

    def __post_init__(self) -> None:
        if not self.criteria:
            raise ValueError("A model has at least one criterion.")
        if len({criterion.label for criterion in self.criteria}) < len(self.criteria):
            raise ValueError("Two criteria have the same label.")

    @property
    def shares(self) -> Floats:
        """(m,) the weights as shares of their sum."""
        weights = np.array([criterion.weight for criterion in self.criteria], dtype=np.float64)
        return weights / weights.sum()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a model.

    kind, severity: what it is and how much it matters. criteria: the labels concerned. figures: what it rests on, by
    name (shares from 0 to 1). sentence: what is found, and what to do about it.
    """

    kind: Kind
    severity: Severity
    criteria: tuple[str, ...]
    sentence: str
    figures: Mapping[str, float] = field(default_factory=dict)
