"""The answer to a planning problem: the plan, how good it provably is, and why it looks as it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
MemberKind = Literal["limit", "rule", "forcing"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate that is in the plan, with its option and the period it starts in."""

    candidate: str
    option: str
    start: int


@dataclass(frozen=True, slots=True)
class LimitUse:
    """What the plan uses of one limit, in the limit's unit.

    `used` and `overload` are sums, `slack` is the least that is left in any period (the whole rest for a
    total); the tuples hold the same for each period and are empty for a total. Savings count as not used.
    """

    id: str
    used: float
    slack: float
    overload: float
    overload_cost: float
    binding: bool
    used_by_period: tuple[float, ...] = ()
    slack_by_period: tuple[float, ...] = ()
    overload_by_period: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """Something a plan can break: a limit, a rule, or the forcing of a candidate (then `id` is its id)."""

    kind: MemberKind
    id: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Limits, rules and forcings that cannot hold together; without any one of them the others can.

    `smallest` says that it is proven that no conflict has fewer members.
    """

    members: tuple[Member, ...]
    smallest: bool


@dataclass(frozen=True, slots=True)
class Flip:
    """The smallest increase of one limit that brings a candidate in, and what the plan becomes.

    `change` is in the limit's unit, the same in every period of a limit that goes by period. Enters and
    leaves compare with the plan of the answer; `objective` is that of the plan with the increase. Where it is
    not `proven`, no increase below `at_least` suffices, and `change` is enough for the best plan known with it.
    """

    limit: str
    change: float
    then_enters: tuple[str, ...]
    then_leaves: tuple[str, ...]
    objective: float
    proven: bool
    at_least: float = 0.0


Reason = Literal["forced_in", "forced_out", "cannot_be_in", "cannot_be_out", "out_of_time"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one candidate is in or out, by solving again with it the other way round.

    For a candidate that is out, `price_of_inclusion` is what the objective loses with it in, and so the
    smallest increase of its own value that brings it in; for one that is in, `value_of_having` is what the
    objective loses without it. `displaces` leave and `enters` come in when it is turned round. Both figures
    are negative when a forcing costs that much. `blocked_by` is what keeps a candidate from ever being
    turned. `proven` says that every figure is exact and no flip is missing for want of time. Where it is not, the
    price or value of the plan at hand lies from `at_least` (None when nothing is known) up to the figure given.
    """

    candidate: str
    chosen: bool
    price_of_inclusion: float | None = None
    value_of_having: float | None = None
    at_least: float | None = None
    objective: float | None = None
    displaces: tuple[str, ...] = ()
    enters: tuple[str, ...] = ()
    flip: tuple[Flip, ...] = ()
    reason: Reason | None = None
    blocked_by: tuple[Member, ...] = ()
    proven: bool = True


@dataclass(frozen=True, slots=True)
class MarginalWorth:
    """What the objective gains when the limits named are increased together by `step` of their unit each."""

    limits: tuple[str, ...]
    step: float
    worth: float
    proven: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A plan with its objective, the proven bound, and everything needed to replay and explain it.

    `gap` is (bound - objective) / |objective|, None when there is no plan, no bound or an objective of zero
    below its bound. `seconds` is the time to the plan, `explanation_seconds` the time spent explaining it.
    """

    status: Status
    objective: float | None
    bound: float | None
    gap: float | None
    seconds: float
    seed: int
    solver: str
    problem_sha256: str
    chosen: tuple[Choice, ...] = ()
    limits: tuple[LimitUse, ...] = ()
    conflict: Conflict | None = None
    explanations: tuple[Explanation, ...] = ()
    explanation_seconds: float = 0.0

    def chosen_ids(self) -> tuple[str, ...]:
        """The ids of the candidates in the plan, in the order of the problem."""
        return tuple(each.candidate for each in self.chosen)
