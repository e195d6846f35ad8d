"""What settling by hand cost: the problem of a decision solved once more with everything set free.

Values are in what the decision made the most of. What is in because it is committed already is not settled by hand.
An option or start that was chosen by hand together with a candidate stays as it was chosen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.cache import cache

from mainstay.authorisation.deciding.content import canonical, sha256
from mainstay.authorisation.models import Decision, Outcome
from mainstay.authorisation.rulewords import NOT_BY_HAND
from mainstay.engine import selection as engine

SECONDS = 5.0
SINGLE_SECONDS = 1.0
MOST = 8
"""So many candidates settled by hand are set free one by one, too."""
DAY = 86_400
IN = (Outcome.AUTHORISED, Outcome.KEPT)


@dataclass(frozen=True)
class Settled:
    """A candidate settled by hand; `price` is what the best plan gains with it alone set free (None: not asked)."""

    code: str
    name: str
    way: str
    reason: str
    price: float | None


@dataclass(frozen=True)
class ByHand:
    """What was decided against the best that could have been: the price of choosing by hand.

    decided: what the choice was worth, at the best starts it allows; None where it breaks a limit or a rule.
    best: the best plan with everything free. enters, leaves: the codes that would come in and go out then.
    changed: the codes that were decided otherwise than the answer said.
    """

    decided: float | None
    best: float
    is_proven: bool
    settled: tuple[Settled, ...]
    changed: tuple[str, ...]
    enters: tuple[str, ...]
    leaves: tuple[str, ...]

    @property
    def price(self) -> float | None:
        """What choosing by hand cost; None where what was decided breaks a limit or a rule."""
        return None if self.decided is None else max(0.0, self.best - self.decided)


def by_hand(decision: Decision) -> ByHand | None:
    """The price of choosing by hand, worked out once for the same question and decision; None without an answer."""
    solution = decision.solution
    if solution is None or not solution.has_plan:
        return None
    decided = _decided(decision, solution)
    key = "by-hand:" + sha256(canonical([solution.problem_sha256, sorted(decided)]))
    found: ByHand | None = cache.get(key)
    if found is None:
        found = compared(engine.read_problem(solution.problem), solution.answer, decided)
        cache.set(key, found, DAY)
    return found


def _decided(decision: Decision, solution: Any) -> set[str]:
    """The codes that were decided to be in."""
    code_of = {pk: code for code, pk in solution.projects.items()}
    lines = dict(decision.lines.filter(project__in=code_of).values_list("project_id", "outcome"))
    undecided = {code for pk, code in code_of.items() if pk not in lines}
    return {code_of[pk] for pk, outcome in lines.items() if outcome in IN} | (undecided & set(solution.chosen))


def compared(problem: engine.Problem, answer: Mapping[str, Any], decided: Iterable[str]) -> ByHand:
    """What was decided on a problem with an answer against the best plan with everything set free."""
    chosen, decided = {each["candidate"] for each in answer["chosen"]}, set(decided)
    hands = [each for each in problem.candidates if each.forced and each.reason not in NOT_BY_HAND]
    changed = tuple(sorted(chosen ^ decided))
    worth = answer["objective"] if not changed else _worth(problem, decided)
    if not hands and not changed:
        return ByHand(worth, worth, answer["status"] == "optimal", (), (), (), ())
    free = _freed(problem, {each.id for each in hands})
    best = engine.solve(free, seconds=SECONDS)
    codes = {choice.candidate for choice in best.chosen}
    return ByHand(
        worth,
        max(best.objective or 0.0, answer["objective"]),
        best.status == "optimal",
        tuple(_settled(problem, each, answer["objective"], place) for place, each in enumerate(hands)),
        changed,
        tuple(sorted(codes - decided)),
        tuple(sorted(decided - codes)),
    )


def _worth(problem: engine.Problem, decided: set[str]) -> float | None:
    """What a choice is worth at its best starts; None where it breaks a limit or a rule."""
    fixed = tuple(
        replace(each, forced="in" if each.id in decided else "out", reason=each.reason or "So decided.")
        for each in problem.candidates
    )
    return engine.solve(replace(problem, candidates=fixed), seconds=SECONDS).objective


def _freed(problem: engine.Problem, codes: set[str]) -> engine.Problem:
    free = tuple(replace(each, forced=None, reason="") if each.id in codes else each for each in problem.candidates)
    return replace(problem, candidates=free)


def _settled(problem: engine.Problem, one: engine.Candidate, objective: float, place: int) -> Settled:
    price = None
    if place < MOST:
        alone = engine.solve(_freed(problem, {one.id}), seconds=SINGLE_SECONDS)
        price = max(0.0, (alone.objective or 0.0) - objective)
    return Settled(one.id, one.name or one.id, str(one.forced), one.reason, price)
