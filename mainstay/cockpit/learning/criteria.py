"""Which criteria of a score foretell returns, and the weights that fit what happened."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from django.urls import reverse
from numpy.typing import NDArray

from mainstay.charts import words
from mainstay.engine.learning import Basis, Correlation, Prediction, Suggestion, by_criterion, suggest_weights
from mainstay.portfolio.dashboard import Cell, Table, figure

Floats = NDArray[np.float64]
HEADS = (
    "Criterion", "Projects", "Rank correlation with return", "Between", "Weight when scored", "Weight that fits",
    "Between",
)  # fmt: skip
CAPTION = (
    "By criterion, each alone, with the interval of 90 %, and weights by least squares on the order of returns, none "
    "below zero"
)


def criteria_of(scores: Sequence[Any], returns: Floats, seed: int) -> tuple[str, tuple[Table, ...]]:
    """What is to be said of the weights, and a table of the criteria of the model most of the work was scored by.

    scores: the score of each case when it was chosen; returns: (cases,) what each returns, NaN where not known.
    """
    chosen = Counter(one.model_id for one in scores).most_common(1)
    if not chosen:
        return "", ()
    model = chosen[0][0]
    places = [place for place, one in enumerate(scores) if one.model_id == model]
    kept = [scores[place].parts or [] for place in places]
    weights = {part["label"]: part["weight"] for parts in kept for part in parts if part["weight"] > 0}
    if not weights:
        return "", ()
    points = np.array([_points(parts, weights) for parts in kept])
    told = by_criterion(points, returns[places], seed)
    ranks = returns[places].argsort().argsort().astype(np.float64)
    fit = suggest_weights(points / 100, ranks, list(weights.values()), seed)
    rows = tuple(_row(label, weights[label], told[at], fit, at, model) for at, label in enumerate(weights))
    return _sentence(fit), (Table(HEADS, rows, CAPTION, is_folded=True),)


def _points(parts: Sequence[Any], weights: dict[str, float]) -> list[float]:
    known = {part["label"]: part["points"] for part in parts}
    return [float("nan") if known.get(label) is None else float(known[label]) for label in weights]


def _row(label: str, weight: float, told: Prediction, fit: Suggestion, at: int, model: int) -> tuple[Cell, ...]:
    return (
        Cell(label, reverse("score_model", args=[model])),
        figure(words.number(told.cases)),
        figure(_two(told.spearman.value)),
        figure(_between(told.spearman) if told.enough else words.MISSING),
        figure(words.percent(weight)),
        figure(_share(fit.weight[at])),
        figure(f"{_share(fit.low[at])} to {_share(fit.high[at])}" if fit.basis == Basis.ENOUGH else words.MISSING),
    )


def _between(one: Correlation) -> str:
    return words.MISSING if np.isnan(one.low) else f"{one.low:.2f} to {one.high:.2f}"


def _two(value: float) -> str:
    return words.MISSING if np.isnan(value) else f"{value:.2f}"


def _share(value: float) -> str:
    return words.MISSING if np.isnan(value) else words.percent(float(value))


def _sentence(fit: Suggestion) -> str:
    """Whether other weights would have put the work in a better order; a person decides."""
    if fit.basis == Basis.NOTHING:
        return "No criterion goes with what came, so that no weights are suggested."
    if fit.basis == Basis.TOO_FEW:
        return f"{words.counted(fit.cases, 'project')} with every criterion are too few to suggest weights."
    if not fit.suggested > fit.current:
        return "Other weights would not have put work that was left out of the fit in a better order; keep them."
    return (
        f"Weights fitted to the other projects put work in the order of its returns with {_two(fit.suggested)} "
        f"instead of {_two(fit.current)}; whoever agrees changes them in the score model."
    )
