"""The terms of a study: what people may say about uncertainty, points and samples, with the least and the most."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from django.core.exceptions import ValidationError

LARGEST_SEED = 2**31 - 1


@dataclass(frozen=True)
class Bounds:
    """What a term may be, and what it is called."""

    label: str
    least: float
    most: float
    help: str = ""


LIMITS: dict[str, Bounds] = {
    "cost_low": Bounds("Costs may come out lower by, %", 0, 90, "The optimistic end of a cost without a range."),
    "cost_high": Bounds("Costs may come out higher by, %", 0, 500, "The pessimistic end of a cost without a range."),
    "value_low": Bounds("What projects bring may come out lower by, %", 0, 100, "The pessimistic end."),
    "value_high": Bounds("What projects bring may come out higher by, %", 0, 500, "The optimistic end."),
    "late": Bounds("Chance that a project comes a year late, %", 0, 100, "It moves money to later years."),
    "common": Bounds("How much projects share their luck, %", 0, 90, "0: each on its own; 90: all nearly alike."),
    "draws": Bounds("Draws", 1000, 100_000, "More draws, smaller sampling error."),
    "points": Bounds("Points", 2, 50, "So many amounts, evenly spaced; each is a full answer."),
    "lowest": Bounds("From, % of the present amount", 0, 100),
    "highest": Bounds("To, % of the present amount", 100, 1000),
    "samples": Bounds(
        "Samples", 20, 1000, "In each one everything comes out another way and the plan is sought anew."
    ),
    "weights": Bounds(
        "Weights of the criteria may differ by, %",
        0,
        90,
        "As a standard deviation of a weight of average size; 0: they stay as the group set them.",
    ),
    "seed": Bounds("Seed", 0, LARGEST_SEED, "The same seed gives the same result."),
}


@dataclass(frozen=True)
class _Terms:
    """Terms that know their bounds."""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """The terms from what was sent; ValidationError, field by field, for what makes no sense."""
        errors, known = {}, {}
        for field in fields(cls):
            try:
                known[field.name] = _checked(field.name, field.type, given.get(field.name, field.default))
            except (TypeError, ValueError):
                bounds = LIMITS.get(field.name)
                errors[field.name] = (
                    f"Give a number from {bounds.least:g} to {bounds.most:g}." if bounds else "Wrong."
                )
        if errors:
            raise ValidationError(errors)
        return cls(**known)

    def kept(self) -> dict[str, Any]:
        """The terms as they are kept with the study."""
        return asdict(self)


def _checked(name: str, kind: Any, value: Any) -> Any:
    if kind is str:
        return str(value)[:60]
    number = kind(value)
    if not LIMITS[name].least <= number <= LIMITS[name].most:
        raise ValueError
    return number


@dataclass(frozen=True)
class Ranges(_Terms):
    """How uncertain costs and values are where no business case says it; three-point estimates around the plan."""

    cost_low: float = 10.0
    cost_high: float = 30.0
    value_low: float = 30.0
    value_high: float = 10.0
    common: float = 20.0


@dataclass(frozen=True)
class UncertaintyTerms(Ranges):
    """What a simulation is made with."""

    late: float = 20.0
    draws: int = 10_000
    seed: int = 0


@dataclass(frozen=True)
class RobustnessTerms(Ranges):
    """What a test of the choice is made with."""

    samples: int = 200
    weights: float = 0.0
    seed: int = 0


@dataclass(frozen=True)
class FrontierTerms(_Terms):
    """Which limit is varied, between which shares of its present amount, at how many points."""

    limit: str = "budget"
    points: int = 21
    lowest: float = 50.0
    highest: float = 150.0
