"""All checks of a score model, one after the other."""

from collections.abc import Iterator

import numpy as np

from mainstay.engine.modelcheck.balance import dominant_weight, not_additive, small_weights
from mainstay.engine.modelcheck.model import Finding, Floats, Model, Severity
from mainstay.engine.modelcheck.overlap import counted_twice, mixed_in
from mainstay.engine.modelcheck.spread import ENOUGH_PROJECTS, clustered, mostly_unrated, never_decides

ORDER: dict[Severity, int] = {"serious": 0, "moderate": 1, "note": 2}


def lint(model: Model, scores: Floats) -> list[Finding]:
    """Everything that is wrong with a model, serious findings first; nothing for a sound one.

    scores: (n, m), one row a project, one column a criterion, from 0 (worst) to 1 (best), NaN for "no rating".
    With fewer than ten rated projects only the model itself is checked, and a note says so.

    Raises ValueError when the columns do not match the criteria or a score lies outside 0 to 1.

    Source: Merkhofer, Choosing the wrong portfolio of projects, on errors of scoring models; Keeney and
    Raiffa, Decisions with multiple objectives (1976), on redundancy and additivity. Thresholds: model-check.md.

    >>> from mainstay.engine.modelcheck import Criterion
    >>> model = Model((Criterion("Reach", 2, "value"), Criterion("Price", 1, "cost")))
    >>> [finding.kind for finding in lint(model, np.empty((0, 2)))]
    ['cost_in_value', 'too_few_projects']
    """
    scores = np.asarray(scores, dtype=np.float64)
    if scores.ndim != 2 or scores.shape[1] != len(model.criteria):
        raise ValueError("There is one column of scores for each criterion.")
    known = scores[~np.isnan(scores)]
    if ((known < 0) | (known > 1)).any():
        raise ValueError("A score lies from 0 to 1, or is NaN where there is none.")
    found = [*_of_the_model(model, scores), *_of_the_scores(model, scores)]
    return sorted(found, key=lambda finding: ORDER[finding.severity])


def _of_the_model(model: Model, scores: Floats) -> Iterator[Finding]:
    yield from counted_twice(model, scores)
    yield from mixed_in(model)
    yield from dominant_weight(model)
    yield from small_weights(model)
    yield from not_additive(model, scores)


def _of_the_scores(model: Model, scores: Floats) -> Iterator[Finding]:
    """What only enough projects can tell."""
    rated = int((~np.isnan(scores)).any(axis=1).sum())
    if rated < ENOUGH_PROJECTS:
        are = "project is" if rated == 1 else "projects are"
        sentence = (
            f"{rated} {are} scored so far. Whether criteria overlap, scores cluster or a criterion decides nothing "
            f"is judged from {ENOUGH_PROJECTS} on."
        )
        yield Finding("too_few_projects", "note", (), sentence, {"projects": float(rated)})
        return
    yield from mostly_unrated(model, scores)
    yield from clustered(model, scores)
    yield from never_decides(model, scores)
