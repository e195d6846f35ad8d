"""One light from five parts, which never hides a red one, and how it differs from what people declare."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.health.parts import BANDS, Bands, Light, Part, Parts, lights

Floats = NDArray[np.float64]
Booleans = NDArray[np.bool_]
Codes = NDArray[np.int8]

WEIGHTS = (0.25, 0.25, 0.20, 0.15, 0.15)
"""Of schedule, budget, risk, resource and benefits."""


@dataclass(frozen=True, slots=True, eq=False)
class Health:
    """The health of projects, (projects,) each.

    parts: what it is made of. score: their weighted mean, 0 to 1, over the parts that are known; NaN without any.
    light: codes of `Light` by the score, but never better than amber where a part is red. by_mean: codes by the score
    alone. known: the weight of the parts that are known, 0 to 1. red: (projects, 5) which parts are red.
    """

    parts: Parts
    score: Floats
    light: Codes
    by_mean: Codes
    known: Floats
    red: Booleans

    @property
    def is_lowered(self) -> Booleans:
        """(projects,) where a red part took away the green that the mean alone would show."""
        return np.asarray(self.light != self.by_mean)


@dataclass(frozen=True, slots=True, eq=False)
class Divergence:
    """Declared against computed lights, (projects,) each.

    steps: declared - computed, above 0 where people declare better than figures say; 0 where either is unknown.
    rosier, gloomier: whether it is so. because: (projects, 5) the parts that are worse than declared.
    """

    steps: Codes
    rosier: Booleans
    gloomier: Booleans
    because: Booleans


def health(parts: Parts, weights: ArrayLike = WEIGHTS, bands: Bands = BANDS) -> Health:
    """Score and light of projects from their parts.

    weights: (5,) not below zero, in the order of `Part`; what is not known is left out and the rest counts for all.
    Raises ValueError for other weights. Source: formulae 2.9 (handbook, adapted).

    >>> from mainstay.engine.health.parts import parts
    >>> found = health(parts([1.0], [1.0], [3.0], [0.825], [1.0]))
    >>> found.score.round(9).tolist(), found.light.tolist() == [Light.RED]
    ([0.8], True)
    """
    given = np.asarray(weights, dtype=np.float64)
    if given.shape != (len(Part),) or not (given >= 0).all() or not given.sum() > 0:
        raise ValueError("There are five weights, none below zero and not all zero.")
    shares = given / given.sum()
    is_known = ~np.isnan(parts.score)
    known = (is_known * shares).sum(axis=1)
    total = (np.where(is_known, parts.score, 0) * shares).sum(axis=1)
    score = np.divide(total, known, out=np.full(len(known), np.nan), where=known > 0)
    red = parts.light == Light.RED
    light = lights(np.round(score, 12), bands)
    lowered = np.where(red.any(axis=1) & (light == Light.GREEN), Light.AMBER, light)
    return Health(parts, score, lowered.astype(np.int8), light, known, red)


def divergence(declared: ArrayLike, computed: Health) -> Divergence:
    """Where what people declare is not what the figures say.

    declared: (projects,) codes of `Light`, UNKNOWN where nobody declared. Raises ValueError for other codes.

    >>> from mainstay.engine.health.parts import parts
    >>> found = divergence([Light.GREEN], health(parts([0.8], [1.0], [0.0], [0.825], [1.0])))
    >>> found.rosier.tolist(), found.because.tolist()
    ([True], [[True, False, False, False, False]])
    """
    said = np.asarray(declared, dtype=np.int8)
    if said.shape != computed.light.shape or not np.isin(said, list(Light)).all():
        raise ValueError("There is a declared light, or unknown, for each project.")
    both = (said != Light.UNKNOWN) & (computed.light != Light.UNKNOWN)
    steps = np.where(both, said - computed.light, 0).astype(np.int8)
    shown = computed.parts.light
    worse = (shown < said[:, None]) & (shown != Light.UNKNOWN)
    return Divergence(steps, steps > 0, steps < 0, worse & both[:, None])
