"""Several people's judgements made one, and how far they lie apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mainstay.engine.ahp.judgements import Judgements
from mainstay.engine.ahp.weights import Method, weigh

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class GroupJudgements:
    """The judgements of p people about n items as one.

    judgements: the geometric mean by pair, over those who judged it. count: (n, n) how many did.
    dispersion: (n, n) geometric standard deviation by pair, 1 where all agree, NaN where fewer than two judged.
    """

    judgements: Judgements
    count: Integers
    dispersion: Floats


@dataclass(frozen=True, slots=True, eq=False)
class GroupPriorities:
    """The weights of p people for n items as one.

    weights: (n,) adding up to 1. by_person: (p, n). dispersion: (n,) geometric standard deviation by item, NaN for
    one person. agreement: how alike the people's weights are, 1 when equal, 0 when nobody shares a weight:
    the mean over pairs of people of the sum of the smaller of both weights.
    """

    weights: Floats
    by_person: Floats
    dispersion: Floats
    agreement: float


def aggregate_judgements(people: Sequence[Judgements], influence: ArrayLike | None = None) -> GroupJudgements:
    """One matrix from many (AIJ): a_ij = the product of a_ij(p) ^ influence(p) over those who judged it.

    people: judgements about the same items. influence: (people,) positive, made to add up to 1 over those who judged
    a pair; all equal without it. Raises ValueError for nobody, different items, or influences that do not fit.
    Source: formulae 2.3.

    >>> one, other = Judgements(np.array([[1, 2], [0.5, 1]])), Judgements(np.array([[1, 8], [0.125, 1]]))
    >>> aggregate_judgements([one, other]).judgements.ratios[0].round(9).tolist()
    [1.0, 4.0]
    """
    _refuse_strangers(people)
    shares = _shares(len(people), influence)
    logs = np.log(np.array([each.ratios for each in people]))
    known = ~np.isnan(logs)
    weight = np.where(known, shares[:, None, None], 0)
    total = weight.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = (weight * np.nan_to_num(logs)).sum(axis=0) / total
    mean = (mean - mean.T) / 2
    return GroupJudgements(
        Judgements(np.exp(mean), people[0].names), known.sum(axis=0).astype(np.int64), _dispersion(logs)
    )


def aggregate_priorities(
    people: Sequence[Judgements], influence: ArrayLike | None = None, method: Method = "eigenvector"
) -> GroupPriorities:
    """One set of weights from many (AIP): the geometric mean of each person's weights, made to add up to 1.

    people, influence: as for `aggregate_judgements`; each person's judgements connect all items.
    Raises ValueError as `aggregate_judgements` and `weigh` do. Source: Forman and Peniwati (1998); formulae 2.3.

    >>> one, other = Judgements(np.array([[1, 2], [0.5, 1]])), Judgements(np.array([[1, 8], [0.125, 1]]))
    >>> aggregate_priorities([one, other]).weights.round(9).tolist()
    [0.8, 0.2]
    """
    _refuse_strangers(people)
    shares = _shares(len(people), influence)
    by_person = np.array([weigh(each, method).weights for each in people])
    together = np.exp(shares @ np.log(by_person))
    weights = together / together.sum()
    return GroupPriorities(weights, by_person, _dispersion(np.log(by_person)), _likeness(by_person))


def _refuse_strangers(people: Sequence[Judgements]) -> None:
    if not people:
        raise ValueError("A group has at least one person.")
    if any(each.names != people[0].names for each in people):
        raise ValueError("All people judge the same items.")


def _shares(people: int, influence: ArrayLike | None) -> Floats:
    given = np.ones(people) if influence is None else np.asarray(influence, dtype=np.float64)
    if given.shape != (people,) or not (np.isfinite(given) & (given > 0)).all():
        raise ValueError("An influence is positive, one for each person.")
    return np.asarray(given / given.sum())


def _dispersion(logs: Floats) -> Floats:
    """exp of the standard deviation over the people (first axis) who have a value; NaN for fewer than two."""
    known = ~np.isnan(logs)
    count = known.sum(axis=0)
    enough = count > 1
    mean = np.nan_to_num(logs).sum(axis=0) / np.maximum(count, 1)
    squares = np.where(known, (np.nan_to_num(logs) - mean) ** 2, 0).sum(axis=0)
    return np.where(enough, np.exp(np.sqrt(squares / np.maximum(count - 1, 1))), np.nan)


def _likeness(by_person: Floats) -> float:
    """The mean over pairs of people of the sum of the smaller weight; 1 for one person."""
    rows, columns = np.triu_indices(len(by_person), 1)
    if not len(rows):
        return 1.0
    return float(np.minimum(by_person[rows], by_person[columns]).sum(axis=1).mean())
