"""Ready frameworks beside the score: WSJF, RICE, value for effort and MoSCoW, with fields mapped to their parts."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mainstay.engine import scoring as engine
from mainstay.evaluation.ranking.measures import SCORE, Measure, Measures, choice_fields

Floats = Any


@dataclass(frozen=True)
class Part:
    """One input of a framework, and words by which a field for it is recognised."""

    key: str
    label: str
    words: tuple[str, ...]
    usual: str = ""


@dataclass(frozen=True)
class Framework:
    """A way to rank: its parts, what it computes from them, and what that is called."""

    key: str
    label: str
    meaning: str
    parts: tuple[Part, ...]
    compute: Callable[..., Floats]
    divisor: str = ""
    """The part that has to be positive."""


def _value_for_effort(value: Floats, effort: Floats) -> Floats:
    return value / effort


FRAMEWORKS = (
    Framework(
        "wsjf",
        "WSJF",
        "Weighted shortest job first: business value, time criticality and risk reduction together, divided by job "
        "size.",
        (
            Part("value", "Business value", ("business value", "value", "benefit")),
            Part("urgency", "Time criticality", ("time crit", "urgen", "criticality")),
            Part("reduction", "Risk reduction", ("risk reduction", "opportunity")),
            Part("size", "Job size", ("job size", "size", "effort", "demand"), "case.demand"),
        ),
        engine.wsjf,
        "size",
    ),
    Framework(
        "rice",
        "RICE",
        "Reach times impact times confidence (a share from 0 to 1, or a percentage), divided by effort.",
        (
            Part("reach", "Reach", ("reach", "customers")),
            Part("impact", "Impact", ("impact",)),
            Part("confidence", "Confidence", ("confidence",)),
            Part("effort", "Effort", ("effort", "demand"), "case.demand"),
        ),
        lambda reach, impact, confidence, effort: engine.rice(reach, impact, _share(confidence), effort),
        "effort",
    ),
    Framework(
        "value_effort",
        "Value for effort",
        "A value divided by an effort; more value for less effort stands first.",
        (
            Part("value", "Value", (), SCORE),
            Part("effort", "Effort", ("effort", "demand"), "case.demand"),
        ),
        _value_for_effort,
        "effort",
    ),
)
BY_KEY = {framework.key: framework for framework in FRAMEWORKS}
MOSCOW = "moscow"
MILLION = 1_000_000.0
MOSCOW_MEANING = "Must, should, could, won't, from a field in which people choose; the score orders each class."
CLASSES = {
    "must": engine.Moscow.MUST,
    "should": engine.Moscow.SHOULD,
    "could": engine.Moscow.COULD,
    "won't": engine.Moscow.WONT,
    "wont": engine.Moscow.WONT,
    "will not": engine.Moscow.WONT,
}


def _share(confidence: Floats) -> Floats:
    """Confidences as shares: one above 1 was given in percent."""
    given = np.asarray(confidence, dtype=np.float64)
    return np.where(given > 1, given / 100, given)


def guessed(part: Part, measures: Measures) -> Measure | None:
    """The field whose name says that it is this part."""
    for word in part.words:
        for measure in measures.known.values():
            if word in measure.label.lower() and measure.key != SCORE:
                return measure
    return measures.known.get(part.usual)


def mapped(framework: Framework, asked: Mapping[str, str], measures: Measures) -> dict[str, Measure | None]:
    """The measure of each part: the one asked for, else one that is called like it, else none."""
    return {
        part.key: measures.known.get(asked.get(part.key, "")) or guessed(part, measures) for part in framework.parts
    }


def unmapped(framework: Framework, chosen: Mapping[str, Measure | None]) -> list[str]:
    """The parts without a field."""
    return [part.label for part in framework.parts if chosen[part.key] is None]


def computed(
    framework: Framework, chosen: Mapping[str, Measure | None], measures: Measures, projects: Sequence[Any]
) -> dict[int, float | None]:
    """What the framework says of each project; None where a part is missing or the divisor is not positive.

    Points divided by money are points for each million.
    """
    columns = {}
    for part in framework.parts:
        values = measures.read(chosen[part.key], projects)
        columns[part.key] = _floats(values[project.row_id] for project in projects)
    known = np.all([~np.isnan(column) for column in columns.values()], axis=0)
    known &= columns[framework.divisor] > 0
    found = np.full(len(projects), np.nan)
    if known.any():
        found[known] = framework.compute(*(column[known] for column in columns.values())) * scale(framework, chosen)
    return {
        project.row_id: None if math.isnan(value) else round(float(value), 6)
        for project, value in zip(projects, found, strict=True)
    }


def scale(framework: Framework, chosen: Mapping[str, Measure | None]) -> float:
    """By how much the outcome is multiplied: points for money are told for each million."""
    money = {key for key, measure in chosen.items() if measure is not None and measure.is_money}
    return MILLION if money == {framework.divisor} else 1.0


def moscow_classes(projects: Sequence[Any], field: str) -> dict[int, engine.Moscow | None]:
    """The class of each project after the choice in a custom field."""
    return {project.row_id: _class(project.custom.get(field)) for project in projects}


def moscow_order(
    projects: Sequence[Any], classes: Mapping[int, engine.Moscow | None], totals: Mapping[int, Any]
) -> list[int]:
    """The ids of projects in order of MoSCoW, each class by its total."""
    points = _floats(totals.get(project.row_id) for project in projects)
    order = engine.moscow_order([classes[project.row_id] for project in projects], points)
    return [projects[int(place)].row_id for place in order]


def moscow_field(asked: str) -> str:
    """The field asked for, else one that is called like MoSCoW or priority; an empty text where there is none."""
    fields = choice_fields()
    if asked in fields:
        return asked
    return next((key for key, label in fields.items() if "moscow" in label.lower() or "priorit" in label.lower()), "")


def _class(value: Any) -> engine.Moscow | None:
    text = str(value or "").strip().lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return next((found for word, found in CLASSES.items() if text.startswith(word)), None)


def _floats(values: Any) -> Any:
    return np.array([math.nan if value is None else float(value) for value in values], dtype=np.float64)
