"""Rank correlation by reordering: marginals stay exactly as they were drawn (Iman and Conover)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from mainstay.engine.simulation.normal import Floats, scores_of


def iman_conover(samples: ArrayLike, correlation: ArrayLike, seed: int = 0) -> Floats:
    """The samples (draws, inputs), each column reordered so that the columns have the wanted rank correlation.

    correlation: (inputs, inputs), symmetric with ones on the diagonal and positive definite. Every column keeps its
    own values, so no distribution changes. `seed` shuffles the scores that carry the order.

    Raises ValueError for another matrix and for fewer draws than twice the inputs.
    Source: Iman and Conover, A distribution-free approach to inducing rank correlation, 1982.

    >>> drawn = np.random.default_rng(1).random((1000, 2))
    >>> moved = iman_conover(drawn, [[1, 0.8], [0.8, 1]])
    >>> bool((np.sort(moved, axis=0) == np.sort(drawn, axis=0)).all()), round(float(rank_correlation(moved)[0, 1]), 1)
    (True, 0.8)
    """
    given = np.asarray(samples, dtype=np.float64)
    lower = correlation_root(correlation)
    if given.ndim != 2 or given.shape[1] != len(lower):
        raise ValueError("There is one column of samples for each row of the correlation.")
    scores = _scores(len(given), len(lower), seed)
    wanted = scores @ (lower @ np.linalg.inv(_root_of_chance(scores))).T
    order = np.argsort(np.argsort(wanted, axis=0), axis=0)
    return np.take_along_axis(np.sort(given, axis=0), order, axis=0)


def correlation_root(correlation: ArrayLike) -> Floats:
    """The lower triangular root L with L L' = correlation, (n, n); ValueError for what is no correlation."""
    matrix = np.asarray(correlation, dtype=np.float64)
    is_square = matrix.ndim == 2 and matrix.shape[0] == matrix.shape[1]
    if not is_square or not np.allclose(matrix, matrix.T) or not np.allclose(np.diag(matrix), 1):
        raise ValueError("A correlation is a symmetric matrix with ones on its diagonal.")
    try:
        return np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        raise ValueError("These correlations cannot hold together: the matrix is not positive definite.") from None


def rank_correlation(samples: ArrayLike) -> Floats:
    """Spearman's rank correlation of the columns (inputs, inputs) of samples (draws, inputs) without ties."""
    ranks = np.argsort(np.argsort(np.asarray(samples), axis=0), axis=0)
    return np.atleast_2d(np.corrcoef(ranks, rowvar=False))


def _scores(draws: int, inputs: int, seed: int) -> Floats:
    """Van der Waerden scores (draws, inputs), each column in an order of its own."""
    if draws < 2 * inputs or draws < 2:
        raise ValueError(f"{draws} draws are too few to correlate {inputs} inputs; there are at least twice as many.")
    column = scores_of(np.arange(1, draws + 1) / (draws + 1))
    generator = np.random.Generator(np.random.Philox(seed))
    return np.column_stack([generator.permutation(column) for _ in range(inputs)])


def _root_of_chance(scores: Floats) -> Floats:
    """The root of the correlation that the shuffled scores have by chance, which is taken out again."""
    return np.linalg.cholesky(np.atleast_2d(np.corrcoef(scores, rowvar=False)))
