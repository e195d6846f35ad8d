"""Are the weights and the scales fit for adding up?"""

from collections.abc import Iterator

import numpy as np

from mainstay.engine.modelcheck.model import Finding, Floats, Model
from mainstay.engine.scoring import Criterion as Weighted
from mainstay.engine.scoring import weighted_score

SMALL, DOMINANT = 0.03, 0.6
DOMINATED = 3
"""Criteria from which on one may dominate."""
LEVELS = 0.2


def small_weights(model: Model) -> Iterator[Finding]:
    """Criteria with less than three hundredths of the weight."""
    for criterion, share in zip(model.criteria, model.shares.tolist(), strict=True):
        if share < SMALL:
            sentence = (
                f"“{criterion.label}” has {share:.1%} of the weight: from worst to best it moves a total by "
                f"{100 * share:.1f} of 100 points. Take it out, or give it the weight it deserves."
            )
            yield Finding("small_weight", "note", (criterion.label,), sentence, {"weight_share": share})


def dominant_weight(model: Model) -> Iterator[Finding]:
    """A criterion with more than three fifths of the weight, among three or more."""
    place = int(np.argmax(model.shares))
    share = float(model.shares[place])
    if len(model.criteria) >= DOMINATED and share > DOMINANT:
        label = model.criteria[place].label
        others = len(model.criteria) - 1
        sentence = (
            f"“{label}” has {share:.0%} of the weight, so it nearly decides alone and the other {others} criteria "
            "correct it at most. Check the weights by pairs, or rank by it alone."
        )
        yield Finding("dominant_weight", "moderate", (label,), sentence, {"weight_share": share})


def not_additive(model: Model, scores: Floats) -> Iterator[Finding]:
    """Totals that are added up although much of their weight is judged in levels, which average instead of adding.

    Merkhofer's test: would two projects merged into one get the sum of their totals? Levels stay where they are
    when projects merge, amounts add up.
    """
    levels = np.array([criterion.scale == "level" for criterion in model.criteria])
    share = float(model.shares[levels].sum())
    if not model.is_summed or share < LEVELS:
        return
    names = tuple(criterion.label for criterion in model.criteria if criterion.scale == "level")
    together, merged = _merged(model, scores, levels)
    sentence = (
        f"Two average projects have {together:.0f} points together, merged into one {merged:.0f}: {share:.0%} of the "
        "weight is judged in levels, which average instead of adding up. Rank with these totals, but do not add "
        "them; to add up value, measure amounts."
    )
    figures = {"level_share": share, "together": together, "merged": merged}
    yield Finding("not_additive", "note", names, sentence, figures)


def _merged(model: Model, scores: Floats, levels: np.ndarray) -> tuple[float, float]:
    """Points of two average projects, and of one made of both."""
    weighted = [Weighted(criterion.label, criterion.weight, 0, 1) for criterion in model.criteria]
    parts = weighted_score(scores, weighted).parts
    rated = ~np.isnan(scores).all(axis=1)
    average = parts[rated].mean(axis=0) if rated.any() else np.zeros(len(levels))
    return float(2 * average.sum()), float(average[levels].sum() + 2 * average[~levels].sum())
