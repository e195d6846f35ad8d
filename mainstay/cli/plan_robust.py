"""`mainstay plan --robust N`: the plan sought anew in many samples, and who stays in whatever comes."""

import argparse
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mainstay.engine.selection import Answer, Problem

MOST_TOLD = 10


def robustness_of(problem: "Problem", answer: "Answer", options: argparse.Namespace) -> dict[str, object]:
    """The robustness of the answer's plan when every value may differ by the spread; seed and seconds as asked."""
    from mainstay.engine import robust
    from mainstay.engine.simulation import Pert

    factor = Pert(1 - options.spread, 1.0, 1 + options.spread)
    values = {each.id: max(each.options[0].values) for each in problem.candidates}
    uncertainty = robust.Uncertainty(
        tuple(robust.Estimate(name, "value", factor, value) for name, value in values.items())
    )
    base = tuple((each.candidate, each.option, each.start) for each in answer.chosen)
    samples = robust.solve_samples(
        problem,
        uncertainty,
        range(options.robust),
        seed=options.seed,
        seconds_each=options.seconds,
        gap=options.gap,
        first=base,
    )
    return robust.robustness(problem, uncertainty, samples, seed=options.seed, base=base).to_dict()


def describe(found: Mapping[str, Any]) -> Iterator[str]:
    """Who is always in, who sometimes, who never, and what is worth knowing."""
    yield f"In {found['samples']} samples"
    for place, words in (("core", "always in"), ("borderline", "sometimes in"), ("exterior", "never in")):
        named = [each for each in found["indexes"] if each["place"] == place]
        shown = [_written(each) for each in named]
        yield f"  {words}: {', '.join(shown) or 'none'}"
    for known in [each for each in found["information"] if each["worth"] > 0][:MOST_TOLD]:
        yield f"  to know the {known['name']} of {known['candidate']} would be worth {known['worth']:,.4g}"


def _written(index: Mapping[str, Any]) -> str:
    if index["place"] != "borderline":
        return str(index["candidate"])
    return f"{index['candidate']} ({index['share']:.0%}, from {index['low']:.0%} to {index['high']:.0%})"
