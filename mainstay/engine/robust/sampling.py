"""Sampling a problem: every sample is made from seed and number alone, so that anyone can make any of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import sqrt

import numpy as np

from mainstay.engine.robust.uncertainty import Sampled, Uncertainty, Weights
from mainstay.engine.selection import Candidate, Option, Problem
from mainstay.engine.simulation import stream
from mainstay.engine.simulation.normal import Places

_ESTIMATES, _SHARED, _WEIGHTS = 1, 2, 3


def sample(uncertainty: Uncertainty, seed: int, number: int) -> Sampled:
    """One way in which everything may come out; the same for the same seed and number, whoever asks.

    >>> from mainstay.engine.simulation import Fixed
    >>> from mainstay.engine.robust.uncertainty import Estimate
    >>> dict(sample(Uncertainty((Estimate("A", "benefit", Fixed(1.5), value=10),)), 0, 7).added)
    {'A': 5.0}
    """
    factors = _factors(uncertainty, seed, number)
    added: dict[str, float] = {}
    for each, factor in zip(uncertainty.estimates, factors, strict=True):
        _add(added, each.candidate, each.value * (factor - 1))
    if uncertainty.weights is not None:
        _reweigh(uncertainty.weights, added, stream(seed, number, _WEIGHTS))
    return Sampled(number, factors, added)


def sampled_problem(problem: Problem, uncertainty: Uncertainty, sampled: Sampled) -> Problem:
    """The problem as it would be stated if everything had come out like this."""
    scales: dict[str, dict[str, float]] = {}
    for each, factor in zip(uncertainty.estimates, sampled.factors, strict=True):
        scale = scales.setdefault(each.candidate, {})
        scale |= {limit: scale.get(limit, 1.0) * factor for limit in each.uses}
    candidates = (
        _come_out(each, sampled.added.get(each.id, 0.0), scales.get(each.id, {})) for each in problem.candidates
    )
    return replace(problem, candidates=tuple(candidates))


def _factors(uncertainty: Uncertainty, seed: int, number: int) -> tuple[float, ...]:
    count = len(uncertainty.estimates)
    own = stream(seed, number, _ESTIMATES).standard_normal(count)
    names = list(dict.fromkeys(each.name for each in uncertainty.estimates))
    shared = dict(zip(names, stream(seed, number, _SHARED).standard_normal(len(names)), strict=True))
    common = np.array([shared[each.name] for each in uncertainty.estimates])
    scores = sqrt(uncertainty.common) * common + sqrt(1 - uncertainty.common) * own
    places = Places.at_scores(scores)
    single = (Places(places.chances[[nth]], places.scores[[nth]]) for nth in range(count))
    pairs = zip(uncertainty.estimates, single, strict=True)
    return tuple(float(each.factor.at(place)[0]) for each, place in pairs)


def _reweigh(weights: Weights, added: dict[str, float], random: np.random.Generator) -> None:
    group = np.array(list(weights.group.values()))
    ratios = dict(zip(weights.group, random.dirichlet(weights.concentration * group) / group, strict=True))
    for candidate, parts in weights.parts.items():
        _add(added, candidate, sum(part * (float(ratios[name]) - 1) for name, part in parts.items()))


def _add(added: dict[str, float], candidate: str, more: float) -> None:
    if more:
        added[candidate] = added.get(candidate, 0.0) + more


def _come_out(candidate: Candidate, added: float, scales: Mapping[str, float]) -> Candidate:
    if not added and not scales:
        return candidate
    options = tuple(_option(each, added, scales) for each in candidate.options)
    return replace(candidate, options=options)


def _option(option: Option, added: float, scales: Mapping[str, float]) -> Option:
    use = {limit: tuple(amount * scales.get(limit, 1.0) for amount in use) for limit, use in option.use.items()}
    return replace(option, values=tuple(value + added for value in option.values), use=use)
