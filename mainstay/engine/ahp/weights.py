"""Weights from pairwise judgements, complete or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mainstay.engine.ahp.consistency import consistency_limit, like_project_online, random_index
from mainstay.engine.ahp.judgements import Judgements

Floats = NDArray[np.float64]
Method = Literal["eigenvector", "geometric_mean"]

NOISE = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """What judgements say about n items.

    weights: (n,) adding up to 1. consistency_index: (lambda_max - n) / (n - 1). consistency_ratio: the index over the
    mean index of random judgements, lower is better; NaN above 15 items. missing: pairs that were not judged.
    """

    weights: Floats
    method: Method
    lambda_max: float
    consistency_index: float
    consistency_ratio: float
    missing: int

    def is_consistent(self, *, stricter: bool = False) -> bool:
        """Whether the consistency ratio is within the limit that is used for so many items."""
        return self.consistency_ratio <= consistency_limit(len(self.weights), stricter)

    @property
    def like_project_online(self) -> float:
        """The ratio turned round, higher is better; see `like_project_online` for what it is and is not."""
        return like_project_online(self.consistency_ratio)


def weigh(judged: Judgements, method: Method = "eigenvector") -> Weights:
    """The weights of n items and how consistent the judgements are.

    method: "eigenvector" takes the principal eigenvector of the matrix, "geometric_mean" the geometric means of its
    rows. Missing judgements: the eigenvector is Harker's (each missing a_ij stands for w_i / w_j), the geometric mean
    becomes the logarithmic least squares. Consistency is always that of the eigenvector.

    Raises ValueError when the judgements leave items unconnected; it names a pair to judge.
    Source: Saaty (1980); Harker (1987); formulae 2.3.

    >>> weigh(Judgements(np.array([[1.0, 4.0], [0.25, 1.0]]))).weights.round(9).tolist()
    [0.8, 0.2]
    """
    refuse_unconnected(judged)
    size = len(judged)
    lambda_max, vector = _principal(judged)
    index = (lambda_max - size) / (size - 1) if size > 1 else 0.0
    index = 0.0 if abs(index) < NOISE else index
    usual = random_index(size, judged.missing)
    ratio = 0.0 if index == 0 or usual == 0 else index / usual
    weights = vector if method == "eigenvector" else _least_squares(judged)
    return Weights(weights, method, lambda_max, index, ratio, judged.missing)


def refuse_unconnected(judged: Judgements) -> None:
    """Raise ValueError, naming a pair to judge, when no chain of judgements leads from the first item to another."""
    reached = judged.known[0]
    for _ in range(len(judged)):
        reached = judged.known[reached].any(axis=0)
    if not reached.all():
        near, far = judged.names[0], judged.names[int(np.argmin(reached))]
        raise ValueError(f"No chain of judgements connects {near} and {far}: compare these two, or others between.")


def _principal(judged: Judgements) -> tuple[float, Floats]:
    """The greatest eigenvalue and its vector, adding up to 1; missing pairs count on the diagonal (Harker)."""
    matrix = np.where(judged.known, judged.ratios, 0) + np.diag((~judged.known).sum(axis=1))
    values, vectors = np.linalg.eig(matrix)
    place = int(np.argmax(values.real))
    vector = np.abs(vectors[:, place].real)
    return float(values[place].real), np.asarray(vector / vector.sum())


def _least_squares(judged: Judgements) -> Floats:
    """Weights whose ratios come nearest to the judgements in logarithms; with no gap, the geometric row means."""
    logs = np.where(judged.known, np.log(judged.ratios), 0).sum(axis=1)
    balance = np.diag(judged.known.sum(axis=1).astype(np.float64)) - judged.known
    solution = np.linalg.solve(balance + 1 / len(judged), logs)
    weights = np.exp(solution - solution.max())
    return np.asarray(weights / weights.sum())
