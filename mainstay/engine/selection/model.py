"""The planning problem as a mixed-integer program.

Time-indexed formulation after Ghasemzadeh and Archer (2000): x = 1 for the one (option, start) a candidate
is chosen with. Precedence is written per starting period (the sum of late ends and early starts is at most
one), which is tighter than comparing start dates.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mainstay.engine.selection.answer import Member
from mainstay.engine.selection.columns import Columns
from mainstay.engine.selection.feasibility import members
from mainstay.engine.selection.limit import Limit
from mainstay.engine.selection.plan import Plan, limit_uses
from mainstay.engine.selection.problem import Problem
from mainstay.engine.selection.program import STRUCTURE, Floats, Integers, Program, ProgramBuilder
from mainstay.engine.selection.rule import (
    AllOrNone,
    Bonus,
    FinishToStart,
    MeasureBounds,
    Requires,
    Saving,
    Share,
)
from mainstay.engine.selection.tighten import follow_finished, joined_exclusions, plain_exclusions


class Model:
    """Variables, constraints and objective of a problem; `program` is what a solver is given.

    A `tight` model says the same with fewer and stronger rows, which no longer belong to one member each: a
    prerequisite that must be finished before is one statement, and exclusions that overlap are joined.
    With `growing` naming a limit, one more column says by how much that limit is increased (in its unit,
    the same in every period); it is `growth_column`.

    >>> from mainstay.engine.selection.limit import Limit
    >>> from mainstay.engine.selection.candidate import Candidate, Option
    >>> once = Option("full", 1, (0,), (30.0,), {"money": (100.0,)})
    >>> Model(Problem(1, (Limit("money", total=320),), (Candidate("A", (once,)),))).program.row_upper
    array([1., 3.])
    """

    def __init__(self, problem: Problem, growing: str | None = None, *, tight: bool = True) -> None:
        self.problem = problem
        self._following = follow_finished(problem) if tight else {}
        self._exclusions = joined_exclusions(problem) if tight else plain_exclusions(problem)
        self.columns = Columns(problem)
        self.members: tuple[Member, ...] = members(problem)
        self._owners = {member: nth for nth, member in enumerate(self.members)}
        self._growing = growing
        self._builder = ProgramBuilder()
        self._savings: dict[str, list[Saving]] = {}
        for rule in problem.rules:
            if isinstance(rule, Saving):
                self._savings.setdefault(rule.limit, []).append(rule)
        self._combined: dict[str, int] = {}
        self._overloads: dict[str, Integers] = {}
        self.gain = self._add_variables()
        self._choose_one_version_at_most()
        self._respect_forcings()
        self._stay_within_limits()
        self._meet_prerequisites()
        self._finish_before_followers_start()
        self._exclude_one_another()
        self._take_all_or_none()
        self._keep_shares()
        self._keep_measures()
        self._combine_only_what_is_chosen()
        self.program: Program = self._builder.build(self.columns.candidate)

    @property
    def growth_column(self) -> int:
        """The column of the increase; only for a model with a growing limit."""
        return len(self.gain) - 1

    def numbers(self, plan: Plan) -> Floats:
        """Every column as the plan sets it, with the least overload and no growth."""
        numbers = np.zeros(len(self.gain))
        numbers[: self.columns.count] = self.columns.numbers(plan)
        ids = plan.ids(self.problem)
        for rule in self._combinations():
            numbers[self._combined[rule.id]] = ids.issuperset(rule.candidates)
        for use in limit_uses(self.problem, plan):
            if use.id in self._overloads:
                numbers[self._overloads[use.id]] = use.overload_by_period or (use.overload,)
        return numbers

    # variables and objective

    def _add_variables(self) -> Floats:
        gains = [self.columns.value]
        self._builder.add_columns(self.columns.value)
        for rule in self._combinations():
            gain = np.array([rule.value if isinstance(rule, Bonus) else 0.0])
            self._combined[rule.id] = int(self._builder.add_columns(gain)[0])
            gains.append(gain)
        gains.extend(self._add_overload(limit) for limit in self.problem.limits if limit.overload_share > 0)
        if self._growing is not None:
            gains.append(np.zeros(1))
            self._builder.add_columns(np.zeros(1), upper=np.inf, whole=False)
        return np.concatenate(gains)

    def _add_overload(self, limit: Limit) -> Floats:
        amounts = np.array(limit.amounts(), dtype=np.float64)
        gain = np.full(len(amounts), -limit.overload_price)
        upper = np.inf if limit.id == self._growing else limit.overload_share * amounts
        self._overloads[limit.id] = self._builder.add_columns(gain, upper=upper, whole=False)
        return gain

    # constraints

    def _choose_one_version_at_most(self) -> None:
        for candidate in self.problem.candidates:
            own = self.columns.of(candidate.id)
            self._builder.add_row(own, np.ones(len(own)), upper=1)

    def _respect_forcings(self) -> None:
        for candidate in self.problem.candidates:
            own = self.columns.of(candidate.id)
            owner = self._owners.get(Member("forcing", candidate.id), STRUCTURE)
            if candidate.forced == "in":
                self._builder.add_row(own, np.ones(len(own)), lower=1, owner=owner)
            if candidate.forced == "out":
                self._builder.add_row(own, np.ones(len(own)), upper=0, owner=owner)

    def _stay_within_limits(self) -> None:
        for limit in self.problem.limits:
            use = self.columns.use(limit)
            order = np.argsort(use.periods, kind="stable")
            amounts = limit.amounts()
            cuts = np.searchsorted(use.periods[order], np.arange(1, len(amounts)))
            for period, entries in enumerate(np.split(order, cuts)):
                if len(entries):
                    self._limit_one_period(limit, period, use.columns[entries], use.amounts[entries])

    def _limit_one_period(self, limit: Limit, period: int, users: Integers, amounts: Floats) -> None:
        owner = self._owners[Member("limit", limit.id)]
        capacity = limit.amounts()[period]
        columns, entries = [users], [amounts]
        for rule in self._savings.get(limit.id, ()):
            columns.append(np.array([self._combined[rule.id]]))
            entries.append(np.array([-rule.amount]))
        if limit.id in self._overloads:
            columns.append(self._overloads[limit.id][period : period + 1])
            entries.append(-np.ones(1))
        if limit.id == self._growing:
            columns.append(np.array([self.growth_column]))
            entries.append(-np.ones(1))
            self._bound_growing_overload(limit, period, owner)
        self._builder.add_row(np.concatenate(columns), np.concatenate(entries), upper=capacity, owner=owner)

    def _bound_growing_overload(self, limit: Limit, period: int, owner: int) -> None:
        """The overload allowed grows with the limit it is a share of."""
        if limit.id in self._overloads:
            columns = np.array([self._overloads[limit.id][period], self.growth_column])
            entries = np.array([1.0, -limit.overload_share])
            allowed = limit.overload_share * limit.amounts()[period]
            self._builder.add_row(columns, entries, upper=allowed, owner=owner)

    def _meet_prerequisites(self) -> None:
        for rule in self.problem.rules:
            if isinstance(rule, Requires) and (rule.needs, rule.candidate) not in self._following:
                self._choose_no_more(rule.id, rule.candidate, rule.needs)

    def _take_all_or_none(self) -> None:
        for rule in self.problem.rules:
            if isinstance(rule, AllOrNone):
                self._choose_in_a_ring(rule)

    def _choose_in_a_ring(self, rule: AllOrNone) -> None:
        """Each candidate needs the next one, and the last the first."""
        following = rule.candidates[1:] + rule.candidates[:1]
        for candidate, needs in zip(rule.candidates, following, strict=True):
            if candidate != needs:
                self._choose_no_more(rule.id, candidate, needs)

    def _choose_no_more(self, rule: str, candidate: str, needs: str) -> None:
        """The candidate is chosen only if the one it needs is."""
        own, needed = self.columns.of(candidate), self.columns.of(needs)
        entries = np.concatenate([np.ones(len(own)), -np.ones(len(needed))])
        owner = self._owners[Member("rule", rule)]
        self._builder.add_row(np.concatenate([own, needed]), entries, upper=0, owner=owner)

    def _finish_before_followers_start(self) -> None:
        for rule in self.problem.rules:
            if isinstance(rule, FinishToStart) and self._following.get((rule.before, rule.after)) != rule.lag:
                self._finish_before(rule)
        for (before, after), lag in self._following.items():
            self._start_after_finished(before, after, lag)

    def _finish_before(self, rule: FinishToStart) -> None:
        """Where both are chosen: not one that ends late and one that starts early."""
        before, after = self.columns.of(rule.before), self.columns.of(rule.after)
        free_from = self.columns.end[before] + rule.lag
        for period in np.unique(self.columns.start[after]):
            late = before[free_from > period]
            early = after[self.columns.start[after] <= period]
            both = np.concatenate([late, early])
            owner = self._owners[Member("rule", rule.id)]
            self._builder.add_row(both, np.ones(len(both)), upper=1, owner=owner)

    def _start_after_finished(self, before: str, after: str, lag: int) -> None:
        """What needs the other and follows it: started by a period only as far as the other is over by then."""
        first, second = self.columns.of(before), self.columns.of(after)
        free_from = self.columns.end[first] + lag
        for period in np.unique(self.columns.start[second]):
            started = second[self.columns.start[second] <= period]
            over = first[free_from <= period]
            entries = np.concatenate([np.ones(len(started)), -np.ones(len(over))])
            self._builder.add_row(np.concatenate([started, over]), entries, upper=0)

    def _exclude_one_another(self) -> None:
        for candidates, rule in self._exclusions:
            every = self.columns.of_all(candidates)
            owner = STRUCTURE if rule is None else self._owners[Member("rule", rule)]
            self._builder.add_row(every, np.ones(len(every)), upper=1, owner=owner)

    def _keep_shares(self) -> None:
        for rule in self.problem.rules:
            if isinstance(rule, Share):
                self._keep_share(rule)

    def _keep_share(self, rule: Share) -> None:
        use = self.columns.use(self.problem.limit(rule.of))
        matching = self.columns.matching(rule.where)[use.columns]
        owner = self._owners[Member("rule", rule.id)]
        for part, bound in ((rule.low, _at_least_zero), (rule.high, _at_most_zero)):
            if part is not None:
                bound(self._builder, use.columns, (matching - part) * use.amounts, owner)

    def _keep_measures(self) -> None:
        for rule in self.problem.rules:
            if isinstance(rule, MeasureBounds):
                amounts = self.columns.measure(rule.measure)
                places = np.flatnonzero(amounts)
                low = -np.inf if rule.low is None else rule.low
                high = np.inf if rule.high is None else rule.high
                owner = self._owners[Member("rule", rule.id)]
                self._builder.add_row(places, amounts[places], low, high, owner)

    def _combine_only_what_is_chosen(self) -> None:
        for rule in self._combinations():
            together = np.array([self._combined[rule.id]])
            if isinstance(rule, Bonus) and rule.value < 0:
                self._force_combination(rule, together)
                continue
            for candidate in rule.candidates:
                own = self.columns.of(candidate)
                entries = np.concatenate([np.ones(1), -np.ones(len(own))])
                self._builder.add_row(np.concatenate([together, own]), entries, upper=0)

    def _force_combination(self, rule: Bonus, together: Integers) -> None:
        """A negative bonus counts as soon as all are chosen, though nobody wants it."""
        every = self.columns.of_all(rule.candidates)
        entries = np.concatenate([np.ones(len(every)), -np.ones(1)])
        self._builder.add_row(np.concatenate([every, together]), entries, upper=len(rule.candidates) - 1)

    def _combinations(self) -> list[Bonus | Saving]:
        return [rule for rule in self.problem.rules if isinstance(rule, Bonus | Saving)]


_Bound = Callable[[ProgramBuilder, Integers, Floats, int], None]


def _at_least_zero(builder: ProgramBuilder, columns: Integers, entries: Floats, owner: int) -> None:
    builder.add_row(columns, entries, lower=0, owner=owner)


def _at_most_zero(builder: ProgramBuilder, columns: Integers, entries: Floats, owner: int) -> None:
    builder.add_row(columns, entries, upper=0, owner=owner)
