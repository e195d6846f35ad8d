"""Whether a choice holds: the plan sought anew in many samples, in pieces that any worker may take up."""

from collections.abc import Callable, Iterator
from typing import Any

from mainstay.authorisation.models import Solution
from mainstay.authorisation.problem import BUDGET
from mainstay.authorisation.result import Result
from mainstay.authorisation.studies.estimates import Estimate
from mainstay.authorisation.studies.terms import RobustnessTerms
from mainstay.authorisation.studies.weighting import drawn
from mainstay.authorisation.studies.yearly import NET_AIM
from mainstay.core.pieces import piece_work
from mainstay.engine import robust
from mainstay.engine import selection as engine
from mainstay.engine.simulation import Pert

PIECE = "robust_samples"
SAMPLES_A_PIECE = 25
SECONDS_A_SAMPLE = 10.0
GAP = 0.0005
MOST_TOLD = 15
COST, VALUE = "cost", "value"
MONEY, PEOPLE = (BUDGET, "fund"), "role:"


def tasks_of(
    solution: Solution, estimates: list[Estimate], terms: RobustnessTerms, weights: dict[str, Any] | None = None
) -> list[dict[str, Any]]:
    """The samples in pieces."""
    ranges = [[each.code, list(each.cost), list(each.value)] for each in estimates]
    known = {"solution": solution.pk, "ranges": ranges, "common": terms.common, "weights": weights}
    known["seed"] = terms.seed
    firsts = range(0, terms.samples, SAMPLES_A_PIECE)
    return [known | {"first": first, "end": min(first + SAMPLES_A_PIECE, terms.samples)} for first in firsts]


@piece_work(PIECE)
def some_samples(
    stop: Callable[[], bool],
    solution: int,
    ranges: list[Any],
    common: float,
    weights: dict[str, Any] | None,
    seed: int,
    first: int,
    end: int,
) -> dict[str, Any]:
    """The best plans of some samples."""
    row = Solution.objects.get(pk=solution)
    problem = engine.read_problem(row.problem)
    found = robust.solve_samples(
        problem,
        _uncertainty(problem, ranges, common, weights, row.aim["key"] == NET_AIM),
        range(first, end),
        seed=seed,
        seconds_each=SECONDS_A_SAMPLE,
        gap=GAP,
        first=_chosen(row),
        cancelled=stop,
    )
    return {"samples": [each.to_dict() for each in found]}


def told_samples(
    result: Result,
    estimates: list[Estimate],
    terms: RobustnessTerms,
    weights: dict[str, Any] | None,
    pieces: list[dict[str, Any]],
) -> dict[str, Any]:
    """All pieces together: core, borderline and exterior candidates, plans compared, what is worth knowing."""
    ranges = [[each.code, list(each.cost), list(each.value)] for each in estimates]
    uncertainty = _uncertainty(result.problem, ranges, terms.common, weights, result.aim.key == NET_AIM)
    samples = [robust.SolvedSample.from_dict(each) for piece in pieces for each in piece["samples"]]
    found = robust.robustness(
        result.problem, uncertainty, samples, seed=terms.seed, base=_chosen(result.solution)
    ).to_dict()
    found["information"] = found["information"][:MOST_TOLD]
    found["plans"] = [_plan(each) for each in found["plans"][:MOST_TOLD]]
    found["best"] = {how: _plan(each) for how, each in found["best"].items()}
    return found


def _plan(tried: dict[str, Any]) -> dict[str, Any]:
    return tried | {"chosen": sorted(each[0] for each in tried["chosen"])}


def _chosen(solution: Solution) -> robust.Chosen:
    return tuple((each["candidate"], each["option"], each["start"]) for each in solution.answer["chosen"])


def _uncertainty(
    problem: engine.Problem, ranges: list[Any], common: float, weights: dict[str, Any] | None, is_net: bool
) -> robust.Uncertainty:
    """Costs count against the budget and, where the aim is what is left of the benefit, against the value."""
    estimates: list[robust.Estimate] = []
    for code, cost, value in ranges:
        candidate = problem.candidate(code)
        option = candidate.options[0]
        spent, brought = sum(option.use.get(BUDGET, ())), option.values[0]
        gain = brought + spent if is_net else brought
        own = -spent if is_net else 0.0
        estimates.append(robust.Estimate(code, COST, _pert(cost), own, tuple(_growing(problem, candidate))))
        estimates.append(robust.Estimate(code, VALUE, _pert(value), gain))
    return robust.Uncertainty(tuple(estimates), drawn(weights), common / 100)


def _growing(problem: engine.Problem, candidate: engine.Candidate) -> Iterator[str]:
    """The limits of which a candidate uses more when it costs more: money, and people where it is still open.

    Settled work keeps its people: where they are booked to the last hour, no sample would have a plan otherwise.
    """
    for limit in problem.limits:
        is_money = limit.id.split(":")[0] in MONEY
        is_people = limit.id.startswith(PEOPLE) and candidate.forced is None
        if is_money or is_people:
            yield limit.id


def _pert(ends: list[float]) -> Pert:
    return Pert(min(ends[0], 1.0), 1.0, max(ends[1], 1.0))
