"""Weights of criteria that people might as well have set otherwise, where a selection makes the most of a score."""

from typing import Any

from mainstay.authorisation.aims import SCORE
from mainstay.authorisation.result import Result
from mainstay.engine import robust
from mainstay.evaluation.models import Score

LEAST_CRITERIA = 2


def is_weighed(result: Result) -> bool:
    """Whether what is to be most is a score, so that its weights may be drawn."""
    return result.aim.key.startswith(SCORE)


def weights_of(result: Result, spread: float) -> dict[str, Any] | None:
    """The group's weights, how sure they are, and what each candidate gets from each criterion; None for no weights.

    spread: the standard deviation of a weight of average size, in per cent of it.
    """
    if not is_weighed(result) or not spread:
        return None
    chosen = Score.objects.filter(
        model_id=int(result.aim.key.removeprefix(SCORE)), project__in=[line.id for line in result.lines]
    )
    code_of = {line.id: line.code for line in result.lines}
    kept = {code_of[pk]: parts for pk, parts in chosen.values_list("project_id", "parts")}
    weights = {part["label"]: float(part["weight"]) for parts in kept.values() for part in parts if part["weight"]}
    if len(weights) < LEAST_CRITERIA:
        return None
    total = sum(weights.values())
    return {
        "group": {label: weight / total for label, weight in weights.items()},
        "concentration": _concentration(len(weights), spread / 100),
        "parts": {code: _adds(parts, weights) for code, parts in kept.items()},
    }


def drawn(weights: dict[str, Any] | None) -> robust.Weights | None:
    """The weights as they are drawn."""
    return None if weights is None else robust.Weights(**weights)


def _concentration(criteria: int, spread: float) -> float:
    """At which a weight of average size, 1 / criteria, has this standard deviation, as a share of it."""
    return (criteria - 1) / spread**2 - 1


def _adds(parts: list[dict[str, Any]], weights: dict[str, float]) -> dict[str, float]:
    return {part["label"]: part["adds"] for part in parts if part["adds"] and part["label"] in weights}
