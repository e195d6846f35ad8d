"""Every plan of a tiny problem tried out, with the independent checker as the only arithmetic."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from benchmarks.check import excesses, objective, violations

Document = dict[str, Any]
CLOSE = 1e-7


@dataclass(frozen=True)
class Tried:
    """One plan: what is chosen, its objective, what it breaks, and by how much it exceeds each limit."""

    chosen: list[Document]
    names: frozenset[str]
    objective: float
    broken: frozenset[str]
    exceeded_by: dict[str, float]
    preference: tuple[Any, ...]


class BruteForce:
    """All plans of a problem."""

    def __init__(self, problem: Document) -> None:
        self.problem = problem
        self.plans = [self._tried(chosen) for chosen in _every_choice(problem)]

    def best(self, allowed: Callable[[Tried], bool] | None = None) -> Tried | None:
        """The preferred plan of those allowed; without a test, of those that break nothing."""
        plans = [each for each in self.plans if (allowed(each) if allowed else not each.broken)]
        if not plans:
            return None
        top = max(each.objective for each in plans)
        return min((each for each in plans if each.objective >= top - CLOSE), key=lambda each: each.preference)

    def turned(self, name: str, wanted: bool) -> Tried | None:
        """The best plan with a candidate in or out, whatever its forcing says."""
        own = {f"forcing {name}"}
        return self.best(lambda plan: plan.broken <= own and (name in plan.names) is wanted)

    def smallest_flip(self, name: str, limit: str) -> float | None:
        """The smallest increase of a limit with which no plan without the candidate is better than with it."""
        others = {f"limit {limit}"}
        open_plans = [plan for plan in self.plans if plan.broken <= others]
        for change in sorted({plan.exceeded_by[limit] for plan in open_plans if name in plan.names}):
            within = [plan for plan in open_plans if plan.exceeded_by[limit] <= change + CLOSE]
            with_it = max(plan.objective for plan in within if name in plan.names)
            without = [plan.objective for plan in within if name not in plan.names]
            if not without or with_it >= max(without) - CLOSE:
                return change
        return None

    def smallest_conflict_size(self) -> int:
        """The least number of limits, rules and forcings that every plan breaks one of."""
        members = sorted(set().union(*(plan.broken for plan in self.plans)))
        for size in range(len(members) + 1):
            if any(self.is_conflict(frozenset(some)) for some in combinations(members, size)):
                return size
        raise AssertionError("some plan breaks nothing")

    def is_conflict(self, members: frozenset[str]) -> bool:
        """Whether every plan breaks one of the members."""
        return all(plan.broken & members for plan in self.plans)

    def _tried(self, chosen: list[Document]) -> Tried:
        return Tried(
            chosen=chosen,
            names=frozenset(each["candidate"] for each in chosen),
            objective=objective(self.problem, chosen),
            broken=frozenset(each.split(":")[0] for each in violations(self.problem, chosen)),
            exceeded_by={each["id"]: self._exceeded_by(each, chosen) for each in self.problem["limits"]},
            preference=_preference(self.problem, chosen),
        )

    def _exceeded_by(self, limit: Document, chosen: list[Document]) -> float:
        return max(0.0, *(excess for excess, _ in excesses(self.problem, limit, chosen)))


def _every_choice(problem: Document) -> Iterator[list[Document]]:
    offered = [[None, *ways(candidate)] for candidate in problem["candidates"]]
    return ([each for each in chosen if each] for chosen in product(*offered))


def ways(candidate: Document) -> list[Document]:
    """Every choice a candidate offers."""
    return [
        {"candidate": candidate["id"], "option": option["id"], "start": start}
        for option in candidate["options"]
        for start in option["starts"]
    ]


def _preference(problem: Document, chosen: list[Document]) -> tuple[Any, ...]:
    """Smaller is preferred: the sum of starts, then by candidate id in before out, earlier start, earlier option."""
    by_name = {each["candidate"]: each for each in chosen}
    ranks = []
    for candidate in sorted(problem["candidates"], key=lambda each: each["id"]):
        choice = by_name.get(candidate["id"])
        options = [each["id"] for each in candidate["options"]]
        ranks.append((0, choice["start"], options.index(choice["option"])) if choice else (1, 0, 0))
    return (sum(each["start"] for each in chosen), *ranks)
