"""Which projects the uncertainty of a total comes from."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import NormalDist

import numpy as np

from mainstay.engine.simulation.adding import Adder, Moments
from mainstay.engine.simulation.model import Model
from mainstay.engine.simulation.normal import Floats
from mainstay.engine.simulation.outcome import Contribution

_TENTH = NormalDist().inv_cdf(0.9)


class Shares:
    """Gathers the moments of all chunks and splits the variance of totals by project.

    The share of a project is its covariance with the total by the variance of the total. Source: the covariance
    decomposition of a sum; Tasche, Risk contributions and performance measurement, 1999.
    """

    def __init__(self, model: Model, adder: Adder) -> None:
        strands, projects, totals = len(adder.strands), len(model.projects), len(adder.centre)
        self.model = model
        self.adder = adder
        self.factors = np.zeros((strands, projects))
        self.squares = np.zeros((strands, strands, projects))
        self.beside = np.zeros((strands, projects, totals))

    def take(self, moments: Moments) -> None:
        """Add the moments of one chunk."""
        self.factors += moments.factors
        self.squares += moments.squares
        self.beside += moments.beside

    def contributions(self, parts: Mapping[str, float], scenario: int, mean: float) -> tuple[Contribution, ...]:
        """What each project adds to the uncertainty of a weighted sum of flows, the largest share first."""
        sizes, totals = self._sizes(parts, scenario), self._weights(parts, scenario)
        covariance = self._covariance(sizes, totals)
        own = np.sqrt(np.maximum(self._own_variance(sizes), 0.0))
        whole = float(covariance.sum())
        shares = covariance / whole if whole > 0 else np.zeros(len(covariance))
        moves = np.divide(covariance, own, out=np.zeros(len(own)), where=own > 1e-12 * (1 + np.abs(mean))) * _TENTH
        order = np.argsort(-shares, kind="stable").tolist()
        return tuple(
            Contribution(
                self.model.projects[row], float(shares[row]), mean - float(moves[row]), mean + float(moves[row])
            )
            for row in order
        )

    def _sizes(self, parts: Mapping[str, float], scenario: int) -> Floats:
        """By how much the sum grows with the factor of each strand and project (strands, projects)."""
        chosen = self.adder.scenarios[scenario].chosen
        sizes = np.zeros(self.factors.shape)
        for nth, strand in enumerate(self.adder.strands):
            for name in strand.flows:
                sizes[nth] += parts.get(name, 0.0) * self.model.flow(name).amounts.sum(axis=1) * chosen
        return sizes

    def _weights(self, parts: Mapping[str, float], scenario: int) -> Floats:
        """The weight of every total kept (totals,) in the sum."""
        weights = []
        for strand in self.adder.strands:
            for nth in range(len(self.adder.scenarios)):
                weights += [parts.get(name, 0.0) if nth == scenario else 0.0 for name in strand.flows]
        return np.array(weights)

    def _covariance(self, sizes: Floats, weights: Floats) -> Floats:
        """The covariance of every project's own sum with the whole (projects,)."""
        draws = self.adder.draws
        aside = np.concatenate([self.adder.totals(nth) for nth in range(len(self.adder.strands))]) - self.adder.centre
        mean = weights @ aside.mean(axis=1)
        return np.asarray((sizes * (self.beside @ weights / draws - self.factors / draws * mean)).sum(axis=0))

    def _own_variance(self, sizes: Floats) -> Floats:
        """The variance of every project's own sum (projects,)."""
        means = self.factors / self.adder.draws
        spread = self.squares / self.adder.draws - means[:, None] * means[None]
        return np.asarray(np.einsum("ap,bp,abp->p", sizes, sizes, spread))
