"""Do scores tell projects apart, and does each criterion decide anything?"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.modelcheck.model import Finding, Floats, Model
from mainstay.engine.scoring import Criterion as Weighted
from mainstay.engine.scoring import weighted_score

ENOUGH_PROJECTS = 10
ENOUGH_TO_DECIDE = 20
"""With a dozen projects one sound model in eight has a criterion that decides nothing by chance."""
BAND, CROWD = 0.2, 0.8
"""Scores cluster when a band of this width, of a scale from 0 to 1, holds this share of them."""
BINS, LEAST_ENTROPY = 5, 0.3
RATED = 0.5


def mostly_unrated(model: Model, scores: Floats) -> Iterator[Finding]:
    """Criteria on which fewer than half of the projects have a score."""
    for criterion, column in zip(model.criteria, scores.T, strict=True):
        rated = int((~np.isnan(column)).sum())
        share = rated / len(column)
        if share < RATED:
            sentence = (
                f"“{criterion.label}” is rated for {rated} of {len(column)} projects only; for the others its weight "
                "goes to the rest of the criteria. Rate it, or take it out until it can be rated."
            )
            yield Finding("mostly_unrated", "moderate", (criterion.label,), sentence, {"rated_share": share})


def clustered(model: Model, scores: Floats) -> Iterator[Finding]:
    """Criteria whose scores crowd into a narrow band, or have little entropy over five bins."""
    for criterion, column in zip(model.criteria, scores.T, strict=True):
        rated = column[~np.isnan(column)]
        if len(rated) < ENOUGH_PROJECTS:
            continue
        start, share = crowded_band(rated)
        spread = entropy(rated)
        if share < CROWD and spread >= LEAST_ENTROPY:
            continue
        end = min(1.0, start + BAND)
        sentence = (
            f"{share:.0%} of the scores on “{criterion.label}” lie between {100 * start:.0f} and {100 * end:.0f} of "
            "100, so it hardly tells projects apart. Describe its levels by what must be true for each, or choose "
            "anchors that lie nearer together."
        )
        figures = {"band_start": start, "band_share": share, "entropy": spread}
        yield Finding("clustered", "moderate", (criterion.label,), sentence, figures)


def crowded_band(rated: Floats) -> tuple[float, float]:
    """Where the band of width 0.2 starts that holds most of the scores (k,), and the share it holds."""
    ordered = np.sort(rated)
    held = np.searchsorted(ordered, ordered + BAND + 1e-9, side="right") - np.arange(len(ordered))
    best = int(held.argmax())
    return float(ordered[best]), float(held[best] / len(ordered))


def entropy(rated: Floats) -> float:
    """Shannon's entropy of the scores (k,) over five equal bins, from 0 (all in one) to 1 (evenly spread)."""
    counts, _ = np.histogram(rated, bins=BINS, range=(0, 1))
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log(shares)).sum() / np.log(BINS)) + 0.0


def never_decides(model: Model, scores: Floats) -> Iterator[Finding]:
    """Criteria without which every project has the rank it has with them."""
    rated = ~np.isnan(scores).all(axis=1)
    if rated.sum() < ENOUGH_TO_DECIDE or len(model.criteria) < 2:
        return
    weighted = [Weighted(criterion.label, criterion.weight, 0, 1) for criterion in model.criteria]
    ranks = _ranks(weighted_score(scores[rated], weighted).total)
    for place, criterion in enumerate(model.criteria):
        others = weighted[:place] + weighted[place + 1 :]
        without = weighted_score(np.delete(scores[rated], place, axis=1), others).total
        if np.isnan(without).any() or not np.array_equal(ranks, _ranks(without)):
            continue
        sentence = (
            f"Without “{criterion.label}” all {len(ranks)} projects have the same rank, so judging it decides "
            "nothing. Take it out, or judge it so that projects differ."
        )
        share = float(model.shares[place])
        yield Finding("never_decides", "moderate", (criterion.label,), sentence, {"weight_share": share})


def _ranks(totals: Floats) -> NDArray[np.int64]:
    """(k,) the place of each total, from 0 for the lowest; totals equal to nine digits share one."""
    places: NDArray[np.int64] = np.unique(np.round(totals, 9), return_inverse=True)[1]
    return places
