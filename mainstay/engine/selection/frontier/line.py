"""The points of a frontier while they are worked out: the best plan and the lowest bound of each."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf, isfinite
from threading import Lock

from mainstay.engine.selection.feasibility import broken
from mainstay.engine.selection.frontier.axis import Axis
from mainstay.engine.selection.frontier.point import FrontierPoint
from mainstay.engine.selection.model import Model
from mainstay.engine.selection.optimum import Optimum
from mainstay.engine.selection.plan import Plan
from mainstay.engine.selection.program import Floats, Program
from mainstay.engine.selection.reuse.known import Circumstances, answer_with, answer_without, is_close, plan_of
from mainstay.engine.selection.reuse.moves import Moves
from mainstay.engine.selection.reuse.warm import Relaxed


class Place:
    """One amount: its problem and program, what the relaxation says, the best numbers (n,) and the bound."""

    def __init__(self, axis: Axis, amount: float) -> None:
        self.amount = amount
        self.problem = axis.at(amount)
        self.model = Model(self.problem)
        self.relaxed: Relaxed | None = None
        self.numbers: Floats | None = None
        self.worth = -inf
        self.bound = inf
        self.is_impossible = False

    @property
    def program(self) -> Program:
        """The program with this amount."""
        return self.model.program

    def is_settled(self, gap: float) -> bool:
        """Whether nothing is left to do within the relative gap."""
        return self.is_impossible or is_close(self.worth, self.bound, gap)

    @property
    def gap(self) -> float:
        """How far plan and bound are apart, relatively; infinite without a plan."""
        if self.is_impossible:
            return 0.0
        return (self.bound - self.worth) / abs(self.worth) if self.worth not in (0.0, -inf) else inf


class Line:
    """All places by rising amount. A plan that is offered at one is offered at those it also holds for."""

    def __init__(self, axis: Axis, amounts: tuple[float, ...]) -> None:
        self.places = [Place(axis, amount) for amount in amounts]
        first = self.places[0]
        self.moves = Moves(first.program)
        self._same_worth = not any(each.overload_share > 0 for each in first.problem.limits)
        self._lock = Lock()

    def offer(self, nth: int, numbers: Floats) -> bool:
        """Hear of numbers (n,) that hold at a place; whether they are better there."""
        with self._lock:
            better = self._take(nth, numbers)
            for others in (range(nth + 1, len(self.places)), range(nth - 1, -1, -1)):
                self._take_while_better(others, numbers)
        return better

    def _take_while_better(self, others: range, numbers: Floats) -> None:
        for other in others:
            if not self._take(other, numbers):
                return

    def verify(self) -> None:
        """Forget plans that only hold within the tolerance of a solver."""
        for place in self.places:
            if place.numbers is not None and broken(place.problem, place.model.columns.plan(place.numbers)):
                place.numbers, place.worth = None, -inf

    def bound(self, nth: int, worth: float) -> None:
        """No plan at this place, nor with less, is worth more."""
        with self._lock:
            for place in self.places[nth::-1]:
                if worth >= place.bound:
                    break
                place.bound = worth

    def rule_out(self, nth: int) -> None:
        """There is no plan at this place, nor with less."""
        with self._lock:
            for place in self.places[nth::-1]:
                place.is_impossible, place.bound = True, -inf

    def learn(self, known: Iterable[FrontierPoint]) -> None:
        """Take over what is known from points worked out before, also with other amounts."""
        for point in known:
            below = [nth for nth, place in enumerate(self.places) if place.amount <= point.amount]
            if point.answer.objective is not None:
                self._offer_widely(plan_of(self.places[0].problem, point.answer.chosen))
            if below and point.answer.bound is not None:
                self.bound(below[-1], point.answer.bound)
            if below and point.answer.status == "infeasible":
                self.rule_out(below[-1])

    def settle(self, nth: int, optimum: Optimum) -> None:
        """Take over the answer of a solver for one place."""
        if optimum.plan is not None:
            self.offer(nth, self.places[nth].model.numbers(optimum.plan))
        if optimum.status == "infeasible":
            self.rule_out(nth)
        elif optimum.bound is not None:
            self.bound(nth, optimum.bound)

    def points(self, told: Circumstances) -> tuple[FrontierPoint, ...]:
        """Every place as a point."""
        return tuple(_point(place, told) for place in self.places)

    def _offer_widely(self, plan: Plan) -> None:
        """Offer a plan at the smallest amount it holds for."""
        for nth, place in enumerate(self.places):
            if not broken(place.problem, plan):
                self.offer(nth, place.model.numbers(plan))
                return

    def _take(self, nth: int, numbers: Floats) -> bool:
        """Take over numbers where they hold and are better."""
        place = self.places[nth]
        if not self._same_worth:  # overload depends on the amount
            numbers = place.model.numbers(place.model.columns.plan(numbers))
        worth = float(place.program.gain @ numbers) * place.program.unit
        if worth <= place.worth or not self.moves.holds(place.program, numbers):
            return False
        place.worth, place.numbers = worth, numbers
        return True


def _point(place: Place, told: Circumstances) -> FrontierPoint:
    bound = place.bound if isfinite(place.bound) else None
    if place.numbers is None:
        without = answer_without(place.problem, bound, told, is_impossible=place.is_impossible)
        return FrontierPoint(place.amount, without)
    plan = place.model.columns.plan(place.numbers)
    return FrontierPoint(place.amount, answer_with(place.problem, plan, bound, told))
