"""Does something count twice, or does cost or risk count as value?"""

import re
from collections.abc import Iterator
from itertools import combinations

import numpy as np

from mainstay.engine.modelcheck.model import Criterion, Finding, Floats, Model, Nature

ENOUGH_PROJECTS = 10
SAME = 0.9
"""Two criteria with a correlation above this measure the same thing."""
STILL = 1e-9
"""Scores that differ by less do not vary."""
COST_WORDS = frozenset({"cost", "costs", "budget", "capex", "opex", "effort", "spend", "price"})
RISK_WORDS = frozenset({"risk", "risks", "exposure", "probability", "uncertainty"})
COSTLY: frozenset[Nature] = frozenset({"cost", "effort"})


def counted_twice(model: Model, scores: Floats) -> Iterator[Finding]:
    """Pairs of criteria with one source, or whose scores correlate above 0.9 over at least ten projects."""
    for one, other in combinations(range(len(model.criteria)), 2):
        pair = model.criteria[one], model.criteria[other]
        if pair[0].source and pair[0].source == pair[1].source:
            yield _same_source(pair, float(model.shares[[one, other]].sum()))
            continue
        correlation, count = correlated(scores[:, one], scores[:, other])
        if count >= ENOUGH_PROJECTS and correlation > SAME:
            yield _same_scores(pair, correlation, count, float(model.shares[[one, other]].sum()))


def correlated(one: Floats, other: Floats) -> tuple[float, int]:
    """Pearson's correlation over the projects rated on both, and their number; 0 where one does not vary."""
    both = ~(np.isnan(one) | np.isnan(other))
    count = int(both.sum())
    if count < 2 or min(np.ptp(one[both]), np.ptp(other[both])) < STILL:
        return 0.0, count
    return float(np.corrcoef(one[both], other[both])[0, 1]), count


def _same_source(pair: tuple[Criterion, Criterion], share: float) -> Finding:
    names = tuple(criterion.label for criterion in pair)
    sentence = (
        f"“{names[0]}” and “{names[1]}” are both computed from {pair[0].source}, so it counts twice, with "
        f"{share:.0%} of the weight. Keep one of them."
    )
    return Finding("same_source", "serious", names, sentence, {"weight_share": share})


def _same_scores(pair: tuple[Criterion, Criterion], correlation: float, count: int, share: float) -> Finding:
    names = tuple(criterion.label for criterion in pair)
    sentence = (
        f"“{names[0]}” and “{names[1]}” say nearly the same (correlation {correlation:.2f} over {count} projects), "
        f"so what they share counts twice, with {share:.0%} of the weight. Drop one, or divide one weight between "
        "them."
    )
    figures = {"correlation": correlation, "projects": float(count), "weight_share": share}
    return Finding("double_counting", "serious", names, sentence, figures)


def mixed_in(model: Model) -> Iterator[Finding]:
    """Cost and risk inside a model that also judges something else."""
    costly = [criterion for criterion in model.criteria if _is(criterion, COSTLY, COST_WORDS)]
    risky = [criterion for criterion in model.criteria if _is(criterion, frozenset({"risk"}), RISK_WORDS)]
    if costly and len(costly) < len(model.criteria):
        share, names = _share(model, costly)
        sentence = (
            f"{_listed(names)} {_verb(names)} cost, and cost is no value: with {share:.0%} of the weight cheap "
            "projects win because they are small. Keep cost out of the score and set it against the score, as value "
            "for money."
        )
        yield Finding("cost_in_value", "serious", names, sentence, {"weight_share": share})
    if risky and len(risky) < len(model.criteria):
        share, names = _share(model, risky)
        sentence = (
            f"{_listed(names)} {_verb(names)} risk, and risk is no value: with {share:.0%} of the weight a safe "
            "trifle equals a bold success. Let risk reduce the expected value, or show it as an axis of its own."
        )
        yield Finding("risk_in_value", "serious", names, sentence, {"weight_share": share})


def _is(criterion: Criterion, natures: frozenset[Nature], words: frozenset[str]) -> bool:
    return criterion.nature in natures or not words.isdisjoint(re.split(r"[^a-z]+", criterion.source.lower()))


def _share(model: Model, chosen: list[Criterion]) -> tuple[float, tuple[str, ...]]:
    weight = sum(criterion.weight for criterion in model.criteria)
    share = sum(criterion.weight for criterion in chosen) / weight
    return share, tuple(criterion.label for criterion in chosen)


def _listed(names: tuple[str, ...]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _verb(names: tuple[str, ...]) -> str:
    return "judges" if len(names) == 1 else "judge"
